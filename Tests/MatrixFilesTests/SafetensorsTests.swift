import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Safetensors")
struct SafetensorsTests {
  private typealias Tensor = SafetensorsBytes.Tensor

  private func refusal(_ header: String, _ data: [UInt8] = []) -> String {
    Fixture.refusal(SafetensorsBytes.file(header: header, data)) ?? "read"
  }

  @Test("tensors are listed with their types, axes and metadata, and read with their values")
  func reads() throws {
    let file = try SafetensorsBytes.open(
      SafetensorsBytes.file(
        [
          Tensor("a", [2, 3], floats: [1, 2, 3, 4, 5, 6.5]),
          Tensor("b.weight", "BF16", [2, 2], [0x80, 0x3F, 0x00, 0xC0, 0x49, 0x40, 0, 0]),
          Tensor("c", "I16", [3], [1, 0, 0xFF, 0xFF, 0, 0x80]), Tensor("d", "BOOL", [1, 2], [0, 1]),
          Tensor("e", "F64", [1, 1], HostileBytes.little(Int(bitPattern: UInt(Double.pi.bitPattern)), 8)),
          Tensor("conv", [2, 1, 3], floats: [1, 2, 3, 4, 5, 6]), Tensor("empty", "F32", [0, 8], []),
        ], metadata: #"{"format":"pt","note":"a\nb"}"#))
    #expect(file.format == "safetensors" && file.metadata == ["format": "pt", "note": "a\nb"])
    #expect(
      file.tensors.map { "\($0.name ?? "") \($0.type) \($0.axes)" } == [
        "a f32 [2, 3]", "b.weight bf16 [2, 2]", "c i16 [3]", "d bool [1, 2]", "e f64 [1, 1]", "conv f32 [2, 1, 3]",
        "empty f32 [0, 8]",
      ])
    func rows(_ name: String) throws -> [[Double]] {
      Fixture.rows(try file.read(file.tensor(named: name), control: WorkControl()))
    }
    #expect(try rows("a") == [[1, 2, 3], [4, 5, 6.5]])
    #expect(try rows("b.weight") == [[1, -2], [3.140625, 0]])
    #expect(try rows("c") == [[1], [-1], [-32768]])
    #expect(try rows("d") == [[0, 1]])
    #expect(try rows("e") == [[.pi]])
    #expect(try rows("conv") == [[1, 2, 3], [4, 5, 6]])
    #expect(try rows("empty") == [])
  }

  @Test("what is no matrix of numbers costs only itself")
  func unreadable() throws {
    let file = try SafetensorsBytes.open(
      SafetensorsBytes.file([
        Tensor("scale", "F32", [], [0, 0, 0x80, 0x3F]), Tensor("nibbles", "F4", [2, 3], [1, 2, 3]),
        Tensor("six", "F6_E2M3", [4], [1, 2, 3]), Tensor(zeros: "complex", "C64", [2], size: 8),
        Tensor("future", "Q\\u001b7", [2, 2], [1, 2, 3, 4, 5]), Tensor("last", [1, 1], floats: [7]),
      ]))
    #expect(file.tensors.map(\.name) == ["last"])
    #expect(Fixture.rows(try file.read(file.tensors[0], control: WorkControl())) == [[7]])
    #expect(file.unreadable.map(\.name) == ["scale", "nibbles", "six", "complex", "future"])
    #expect(file.unreadable.map(\.type) == ["F32", "F4", "F6_E2M3", "C64", "Q\u{1b}7"])
    #expect(file.unreadable.map(\.axes) == [[], [2, 3], [4], [2], [2, 2]])
    #expect(file.unreadable.map(\.bytes) == [4, 3, 3, 16, 5])
    let reasons = file.unreadable.map(\.reason)
    #expect(reasons[0] == "“scale” is a single number, not a matrix")
    #expect(reasons[1].contains("4 bits (F4)") && reasons[3].contains("complex"))
    #expect(reasons[4] == "“future” has the unknown element type “Q\\u{1b}7”; save it as F32")
  }

  @Test("a file that holds nothing readable says why, and an empty one is legal")
  func nothing() throws {
    let scalars = try SafetensorsBytes.open(SafetensorsBytes.file([Tensor("s", "F32", [], [0, 0, 0, 0])]))
    #expect(throws: FileError.invalid("test", reason: "“s” is a single number, not a matrix")) {
      try scalars.tensor(named: nil)
    }
    #expect(try SafetensorsBytes.open(SafetensorsBytes.file(header: "{ }   ")).tensors.isEmpty)
  }

  @Test(
    "floats of eight bits have the values of their definitions, all 256",
    arguments: [
      ("F8_E4M3", 3, 7, [0x7F, 0xFF], [Int]()),
      ("F8_E5M2", 2, 15, [0x7D, 0x7E, 0x7F, 0xFD, 0xFE, 0xFF], [0x7C, 0xFC]),
      ("F8_E4M3FNUZ", 3, 8, [0x80], []), ("F8_E5M2FNUZ", 2, 16, [0x80], []),
    ])
  func eightBits(type: String, mantissa: Int, bias: Int, nans: [Int], infinities: [Int]) throws {
    let values = try decoded(type)
    for byte in 0..<256 {
      let value = values[byte]
      if nans.contains(byte) {
        #expect(value.isNaN, "\(type) \(byte)")
      } else if infinities.contains(byte) {
        #expect(value == (byte < 128 ? .infinity : -.infinity))
      } else {
        let (exponent, fraction) = ((byte & 127) >> mantissa, Double(byte & (1 << mantissa - 1)))
        let steps = exponent == 0 ? fraction : fraction + Double(1 << mantissa)
        var expected = steps
        for _ in 0..<(bias + mantissa) { expected /= 2 }
        for _ in 0..<max(1, exponent) { expected *= 2 }
        #expect(value == Float(byte < 128 ? expected : -expected) && (value.sign == .minus) == (byte >= 128))
      }
    }
  }

  @Test("scales of eight bits are powers of two")
  func powersOfTwo() throws {
    let values = try decoded("F8_E8M0")
    #expect(values[0] == 0x1p-127 && values[1] == 0x1p-126 && values[127] == 1 && values[254] == 0x1p127)
    #expect((1..<255).allSatisfy { values[$0] == 2 * values[$0 - 1] } && values[255].isNaN)
  }

  /// The 256 values of a type, by its decoder.
  private func decoded(_ name: String) throws -> [Float] {
    let file = try SafetensorsBytes.open(
      SafetensorsBytes.file([Tensor("x", name, [16, 16], (0...255).map { UInt8($0) })]))
    let decoder = try #require(ElementDecoderCatalog.decoder(for: file.tensors[0].type))
    var values = [Float](repeating: 0, count: 256)
    (0...255).map { UInt8($0) }.withUnsafeBytes { bytes in
      values.withUnsafeMutableBufferPointer { decoder.decode(bytes, into: $0) }
    }
    return values
  }

  @Test("eight-bit floats are read as matrices and their slices")
  func eightBitMatrix() throws {
    let file = try SafetensorsBytes.open(
      SafetensorsBytes.file([Tensor("x", "F8_E4M3", [2, 2, 2], [0x38, 0xB8, 0x40, 0x7E, 0, 1, 0x08, 0x3C])]))
    let options = ReadOptions(view: .slice([1]))
    let loaded = try file.read(file.tensors[0], options: options, control: WorkControl())
    #expect(Fixture.rows(loaded) == [[0, 0x1p-9], [0x1p-6, 1.5]])
    let whole = try file.read(file.tensors[0], control: WorkControl())
    #expect(Fixture.rows(whole) == [[1, -1, 2, 448], [0, 0x1p-9, 0x1p-6, 1.5]])
  }

  @Test(
    "a header that lies is refused at the tensor that lies",
    arguments: [
      (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[1,5]}}"#, 5, "from 1 to 5"),
      (
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
        3, "“b” claims the bytes from 1 to 3"
      ),
      (
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}"#,
        5, "“b” claims the bytes from 3 to 5"
      ),
      (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}"#, 2, "“a” claims"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "not those of F32 of the shape [2]"),
      (#"{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}"#, 2, "not those of F4"),
      (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 1, "cut short"),
      (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 5, "3 bytes after its last tensor"),
      (#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0, "no memory could hold"),
      (#"{"a":{"dtype":"F32","shape":[0,4294967296],"data_offsets":[0,0]}}"#, 0, "no memory could hold"),
      (#"{"a":{"dtype":"??","shape":[9223372036854775807,2,0],"data_offsets":[0,0]}}"#, 0, "no memory could hold"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}"#, 4, "not those of F32"),
      (#"{"a":{"dtype":"??","shape":[1],"data_offsets":[0,9223372036854775807]}}"#, 4, "cut short"),
      (#"{"a":{"dtype":"F32","shape":[18446744073709551617],"data_offsets":[0,4]}}"#, 4, "exceeds 63 bits"),
      (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "no whole number"),
      (#"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, 4, "not whole"),
      (#"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#, 4, "no whole number"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, "no two data_offsets"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,1,4]}}"#, 4, "more than 2 numbers"),
      (#"{"a":{"dtype":"F32","shape":[1]}}"#, 4, "“a” has no dtype, no shape or no two data_offsets"),
      (#"{"a":{"dtype":"F32","dtype":"F64","shape":[1],"data_offsets":[0,4]}}"#, 4, "unexpected key “dtype”"),
      (#"{"a":{"dtype":"F32","shape":[1],"strides":[1],"data_offsets":[0,4]}}"#, 4, "unexpected key “strides”"),
      (#"{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}"#, 4, "no whole number"),
      (#"{"a":[]}"#, 0, "“{” is missing"), (#"{"a":{}}"#, 0, "“\"” is missing"), ("{", 0, "at byte 1 of it"),
      (#"{} {}"#, 0, "text stands after its end"), (#"{"__metadata__":{"a":1}}"#, 0, "“\"” is missing"),
      (#"{"__metadata__":{},"__metadata__":{}}"#, 0, "stands twice"),
      (#"{"__metadata__":{"a":"1","a":"2"}}"#, 0, "“a” stand twice"), (#"{"a\u00"#, 0, "damaged"),
    ])
  func lies(header: String, data: Int, words: String) {
    let sentence = refusal(header, [UInt8](repeating: 1, count: data))
    #expect(sentence.hasPrefix("test: ") && sentence.contains(words) && !sentence.contains("\n"), "\(sentence)")
  }

  @Test("two tensors of one name are refused, however it is written")
  func twice() {
    let first = SafetensorsBytes.member("a", "U8", [1], 0, 1)
    let second = SafetensorsBytes.member(#"\u0061"#, "U8", [1], 1, 2)
    #expect(refusal("{\(first),\(second)}", [1, 2]).contains("two tensors called “a”"))
  }

  @Test("more axes than any library makes are refused")
  func axes() {
    let header = "{\(SafetensorsBytes.member("a", "U8", [Int](repeating: 1, count: 65), 0, 1))}"
    #expect(refusal(header, [1]).contains("more than 64 numbers"))
  }

  @Test("cut anywhere, a file is refused in one sentence")
  func cut() throws {
    let bytes = SafetensorsBytes.file([Tensor("a", [2, 2], floats: [1, 2, 3, 4])], metadata: #"{"k":"v"}"#)
    for count in 0..<bytes.count {
      let sentence = try #require(Fixture.refusal(Array(bytes.prefix(count))), "\(count) bytes")
      #expect(!sentence.contains("\n"))
      if count > 8 { #expect(sentence.contains("cut short"), "\(sentence)") }
    }
    #expect(Fixture.refusal(bytes) == nil)
  }

  @Test("a claimed length beyond the file is compared before anything is allocated")
  func length() {
    let claims = HostileBytes.little(99_999_999, 8) + Array("{\"a\":1}".utf8)
    #expect(Fixture.refusal(claims)?.contains("claims 99999999 bytes of 7") == true)
    #expect(Fixture.refusal(HostileBytes.little(100_000_001, 8) + Array("{\"a\":1}".utf8))?.contains("JSON") == false)
  }

  @Test("a changed byte is refused or read, and never crashes")
  func mutations() throws {
    let bytes = SafetensorsBytes.file([Tensor("ab", [1, 2], floats: [1, 2]), Tensor("c", "U8", [2], [3, 4])])
    for position in 0..<bytes.count - 10 {
      for value: UInt8 in [0, 0x22, 0x2C, 0x30, 0x39, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xFF] {
        var changed = bytes
        changed[position] = value
        do {
          let file = try SafetensorsBytes.open(changed)
          for entry in file.tensors { _ = try file.read(entry, control: WorkControl()) }
        } catch let error as FileError {
          #expect(!error.description.contains("\n"))
        }
      }
    }
  }
}
