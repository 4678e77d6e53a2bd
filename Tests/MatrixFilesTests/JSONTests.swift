import Testing

@testable import MatrixFiles

@Suite("JSON")
struct JSONTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONValue.parse(Array(text.utf8), source: "test") }

  private func refusal(_ bytes: [UInt8]) -> String? {
    do {
      _ = try JSONValue.parse(bytes, source: "test", sizeLimit: 1 << 20)
      return nil
    } catch { return "\(error)" }
  }

  @Test("every kind of value is read, keys in their order")
  func values() throws {
    let value = try parse(
      #" { "z": [1, -2, 0, 2.5, 1e3, -0.125E-1], "a": {"t": true, "f": false, "n": null}, "s": "x", "e": [], "o": {} } "#
    )
    #expect(value.object?.keys == ["z", "a", "s", "e", "o"])
    #expect(value["z"]?.array?.map(\.double) == [1, -2, 0, 2.5, 1000, -0.0125])
    #expect(value["z"]?.array?.map(\.int) == [1, -2, 0, nil, 1000, nil])
    #expect(value["a"]?["t"]?.bool == true && value["a"]?["f"]?.bool == false && value["a"]?["n"] == .null)
    #expect(value["s"]?.string == "x" && value["e"]?.array == [] && value["o"]?.object?.keys == [])
    #expect(value["missing"] == nil && value["s"]?["x"] == nil && value["s"]?.int == nil)
  }

  @Test("numbers keep their 64 bits, and what Python writes for infinities is read")
  func numbers() throws {
    #expect(try parse("9223372036854775807") == .integer(.max))
    #expect(try parse("-9223372036854775808").int == .min)
    #expect(try parse("9223372036854775808") == .real(0x1p63))
    #expect(try parse("[0.0, Infinity, -Infinity]").array?.map(\.double) == [0, .infinity, -.infinity])
    #expect(try parse("NaN").double?.isNaN == true)
  }

  @Test("escapes are resolved, surrogate pairs among them")
  func escapes() throws {
    #expect(try parse(#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00ü""#).string == "a\"\\/\u{8}\u{C}\n\r\té😀ü")
  }

  @Test(
    "what is no JSON is refused at its byte",
    arguments: [
      ("", "ends where a value should stand, at byte 0"), ("{", "at byte 1"), ("[1,]", "no value stands"),
      ("[1 2]", "“]” is missing, at byte 3"), (#"{"a" 1}"#, "“:” is missing"), (#"{"a":1,}"#, "“\"” is missing"),
      (#"{"a":1,"a":2}"#, "the key “a” stands twice"), ("01", "no value stands"), ("1.", "ends in its point"),
      ("1e", "has no exponent"), ("-", "no value stands"), ("+1", "no value stands"), ("tru", "no value stands"),
      ("1 1", "text stands after its end, at byte 2"), (#""a"#, "has no end"), (#""\x""#, "unknown escape"),
      (#""\ud800""#, "surrogate"), (#""\ud800\u0041""#, "surrogate"), (#""\udc00""#, "surrogate"),
      (#""\u00g0""#, "hexadecimal"), (#""\u00"#, "has no end"), (#""\"#, "has no end"), ("\"a\u{1}\"", "control"),
      ("\"\\n\u{1}\"", "control"), ("'a'", "no value stands"), ("{1:2}", "“\"” is missing"),
      (#"{"\u0061":1,"a":2}"#, "stands twice"), ("nulll", "text stands after its end"),
    ])
  func refused(text: String, words: String) throws {
    let sentence = try #require(refusal(Array(text.utf8)))
    #expect(sentence.hasPrefix("test: it is not valid JSON: ") && sentence.contains(words), "\(sentence)")
  }

  @Test("bytes that are not UTF-8 are refused, with and without escapes")
  func notUTF8() {
    for inside: [UInt8] in [[0xC3], [0xFF], [0xED, 0xA0, 0x80], [0x5C, 0x6E, 0xC0, 0x80]] {
      #expect(refusal([0x22] + inside + [0x22])?.contains("not UTF-8") == true)
    }
  }

  @Test("64 levels are read, 65 and a million are refused")
  func depth() throws {
    func nested(_ depth: Int) -> [UInt8] { Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth) }
    #expect(refusal(nested(64)) == nil)
    #expect(refusal(nested(65))?.contains("deeper than 64 levels, at byte 64") == true)
    #expect(refusal(Array(repeating: 0x5B, count: 1_000_000))?.contains("deeper than 64") == true)
  }

  @Test("more bytes than asked for are refused unread")
  func size() {
    #expect(refusal([UInt8](repeating: 0x20, count: 1 << 20 + 1))?.contains("more than the 1048576") == true)
  }

  @Test("cut anywhere, a text is refused and never crashes")
  func cut() {
    let text = Array(#"{"a":[1.5e-3,true,"\u00e9\n",{"b":null}],"c":-12}"#.utf8)
    for count in 0..<text.count { #expect(refusal(Array(text.prefix(count))) != nil) }
    #expect(refusal(text) == nil)
  }
}
