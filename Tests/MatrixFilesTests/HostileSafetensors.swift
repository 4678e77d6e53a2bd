@testable import MatrixFiles

/// Safetensors files that lie.
enum HostileSafetensors {
  /// A file of `header` and `data`, with a length that is the header's own unless another is claimed.
  static func file(_ header: String, _ data: [UInt8] = two, length: Int? = nil) -> [UInt8] {
    file(Array(header.utf8), data, length: length)
  }

  static func file(_ header: [UInt8], _ data: [UInt8] = two, length: Int? = nil) -> [UInt8] {
    HostileBytes.little(length ?? header.count, 8) + header + data
  }

  /// The f32 1 and 2.
  static let two = HostileBytes.floats(1, 2)

  /// What a header says of one tensor.
  static func tensor(_ name: String = "w", _ type: String = "F32", _ shape: String = "1,2", _ offsets: String = "0,8")
    -> String
  { "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(offsets)]}" }

  /// A header of these parts.
  static func header(_ parts: String...) -> String { "{" + parts.joined(separator: ",") + "}" }

  private static func refused(_ what: String, _ bytes: [UInt8], _ words: String) -> HostileModel {
    HostileModel("safetensors", what, bytes, refused: words)
  }

  private static func read(
    _ what: String, _ bytes: [UInt8], _ values: [[Double]] = [[1, 2]], tensor: String? = nil
  ) -> HostileModel { HostileModel("safetensors", what, bytes, values: values, tensor: tensor) }

  static let all = lengths + shapes + places + names + grammar + types

  private static let plain = header(tensor())
  private static let unknown = "no known format"

  static let lengths = [
    read("a plain file", file(plain)),
    read("a header padded with spaces", file(plain + "     ")),
    read("a header of an odd length", file(plain + " ")),
    read("a plain file in gzip", HostileBytes.deflated(file(plain), windowBits: 31)),
    refused("a header longer than the file", file(plain, length: 5000), "cut short inside its header"),
    refused("a header of 100 MB and one byte", file(plain, length: 100_000_001), unknown),
    refused("a header of 100 MB", file(plain, length: 100_000_000), "cut short inside its header"),
    refused("a header of 2^63 bytes", file(plain, length: Int.min), unknown),
    refused("a header of 2^64 − 1 bytes", file(plain, length: -1), unknown),
    refused("a header of no bytes", file(plain, length: 0), "its header is damaged"),
    refused("a header of one byte", file(plain, length: 1), "its header is damaged"),
    refused("a header without its last brace", file(plain, length: plain.utf8.count - 1), "its header is damaged"),
    refused("a header that takes a byte of the data", file(plain, length: plain.utf8.count + 1), "after its end"),
    refused("a list for a header", file("[1]"), unknown),
    refused("a header behind a byte-order mark", file("\u{FEFF}" + plain), unknown),
    refused("a header behind a space", file(" " + plain), unknown),
    refused("nothing but a length", HostileBytes.little(16, 8), unknown),
    refused("no tensors at all", file("{}", []), "tensors"),
    refused("no tensors and data", file("{}"), "after its last tensor"),
  ]

  static let shapes = [
    refused(
      "a shape whose product overflows", file(header(tensor("w", "F32", "4611686018427387904,4"))),
      "a shape that no memory could hold"),
    refused("bytes whose product overflows", file(header(tensor("w", "F32", "2147483647,2147483647,4"))), "“w”"),
    refused(
      "an empty axis hides a huge one", file(header(tensor("w", "F32", "0,4611686018427387904,4", "0,0")), []),
      "a shape that no memory could hold"),
    refused(
      "an empty axis hides 2^31", file(header(tensor("w", "F32", "0,2147483648", "0,0")), []),
      "a shape that no memory could hold"),
    refused("an axis of 2^63", file(header(tensor("w", "F32", "9223372036854775808,1"))), "exceeds 63 bits"),
    refused("an axis of 2^64", file(header(tensor("w", "F32", "18446744073709551616,1"))), "exceeds 63 bits"),
    refused("a negative axis", file(header(tensor("w", "F32", "-1,2"))), "no whole number"),
    refused("an axis with a fraction", file(header(tensor("w", "F32", "1.0,2"))), "not whole"),
    refused("an axis with an exponent", file(header(tensor("w", "F32", "1,2e0"))), "not whole"),
    refused("an axis in quotes", file(header(tensor("w", "F32", "\"1\",2"))), "no whole number"),
    refused("an axis with leading zeros", file(header(tensor("w", "F32", "01,2"))), "no whole number"),
    refused("more entries than bytes", file(header(tensor("w", "F32", "1,3"))), "not those of F32 of the shape [1, 3]"),
    refused("fewer entries than bytes", file(header(tensor("w", "F32", "1,1"))), "not those of F32"),
    refused(
      "sixty-five axes", file(header(tensor("w", "F32", Array(repeating: "1", count: 65).joined(separator: ",")))),
      "more than 64"),
    read(
      "sixty-four axes",
      file(header(tensor("w", "F32", Array(repeating: "1", count: 63).joined(separator: ",") + ",2")))),
    refused("no axis", file(header(tensor("w", "F32", "", "0,4")), HostileBytes.floats(1)), "is a single number"),
    read(
      "an empty tensor beside it", file(header(tensor("e", "F32", "0,2", "0,0"), tensor("w", "F32", "1,2", "0,8"))),
      tensor: "w"),
    refused(
      "a shape that is no list", file("{\"w\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}"), "damaged"),
    refused("nested shapes", file(header(tensor("w", "F32", "[1],2"))), "no whole number"),
  ]

  static let places = [
    refused(
      "a hole before the data", file(header(tensor("w", "F32", "1,2", "4,12")), two + [0, 0, 0, 0]), "from 4 to 12"),
    refused(
      "a hole between tensors",
      file(header(tensor("a"), tensor("b", "F32", "1,2", "12,20")), two + two + [0, 0, 0, 0]),
      "“b” claims the bytes from 12 to 20"),
    refused(
      "tensors that overlap", file(header(tensor("a"), tensor("b", "F32", "1,2", "4,12")), two + [0, 0, 0, 0]),
      "“b” claims the bytes from 4 to 12"),
    refused("the same bytes twice", file(header(tensor("a"), tensor("b"))), "“b” claims the bytes from 0 to 8"),
    refused("an end before the beginning", file(header(tensor("w", "F32", "1,2", "8,0"))), "from 8 to 0"),
    refused("offsets of 2^63", file(header(tensor("w", "F32", "1,2", "0,9223372036854775808"))), "exceeds 63 bits"),
    refused("offsets beyond the file", file(header(tensor("w", "F32", "1,274877906944", "0,1099511627776"))), "“w” "),
    refused(
      "offsets far beyond the file", file(header(tensor("w", "F32", "1,1073741824", "0,4294967296"))), "cut short"),
    refused("data cut short", file(plain, Array(two.dropLast())), "its tensors take 8 bytes and it has 7"),
    refused("no data", file(plain, []), "its tensors take 8 bytes and it has 0"),
    refused("bytes behind the last tensor", file(plain, two + [0]), "1 bytes after its last tensor"),
    refused(
      "an archive behind the last tensor",
      file(plain, two + HostileBytes.zip([.init(name: "a.npy", data: HostileFiles.two)])),
      "after its last tensor"),
    refused("one offset", file(header(tensor("w", "F32", "1,2", "0"))), "no two data_offsets"),
    refused("three offsets", file(header(tensor("w", "F32", "1,2", "0,8,16"))), "more than 2 numbers"),
    refused("a negative offset", file(header(tensor("w", "F32", "1,2", "-8,0"))), "no whole number"),
    read(
      "tensors out of order",
      file(header(tensor("b", "F32", "1,1", "8,12"), tensor("w")), two + HostileBytes.floats(3)),
      tensor: "w"),
  ]

  static let names = [
    refused(
      "two tensors of one name", file(header(tensor("w"), tensor("w", "F32", "1,2", "8,16")), two + two),
      "two tensors called “w”"),
    refused(
      "one name, once with an escape", file(header(tensor("w"), tensor("\\u0077", "F32", "1,2", "8,16")), two + two),
      "two tensors called “w”"),
    read("a command for a name", file(header(tensor("\\u001b[2J"))), tensor: "\u{1B}[2J"),
    refused(
      "commands in a sentence", file(header(tensor("\\u001b[2J\\u009b31m\\u202e", "F32", "1,3"))),
      "“\\u{1b}[2J\\u{9b}31m\\u{202e}”"),
    read("a name beyond 16 bits", file(header(tensor("\\ud83d\\ude00"))), tensor: "😀"),
    refused("half of a surrogate pair", file(header(tensor("\\ud800"))), "half of a surrogate pair"),
    refused("the other half", file(header(tensor("\\udc00x"))), "half of a surrogate pair"),
    refused("a half and a letter", file(header(tensor("\\ud800\\u0041"))), "half of a surrogate pair"),
    refused("an unknown escape", file(header(tensor("\\x41"))), "unknown escape"),
    refused("an escape without digits", file(header(tensor("\\u00g0"))), "four hexadecimal digits"),
    refused("a line feed in a name", file(header(tensor("a\nb"))), "a control character"),
    refused(
      "bytes that are no UTF-8", file(Array("{\"".utf8) + [0xFF, 0xC0, 0x80] + Array(plain.utf8.dropFirst(2))),
      "not UTF-8"),
    refused(
      "a surrogate in UTF-8", file(Array("{\"".utf8) + [0xED, 0xA0, 0x80] + Array(plain.utf8.dropFirst(2))), "not UTF-8"
    ),
    read("an empty name", file(header(tensor(""))), tensor: ""),
    read("a path for a name", file(header(tensor("../../etc/passwd")))),
    refused(
      "a name of a hundred thousand letters",
      file(header(tensor(String(repeating: "n", count: 100_000), "F32", "1,3"))),
      "nnn…nnn"),
  ]

  static let grammar = [
    refused(
      "a hundred thousand lists", file("{\"w\":" + String(repeating: "[", count: 100_000)), "its header is damaged"),
    refused(
      "a hundred thousand objects", file("{\"w\":" + String(repeating: "{\"a\":", count: 100_000)),
      "its header is damaged"),
    refused(
      "a hundred thousand lists for metadata",
      file("{\"__metadata__\":{\"a\":" + String(repeating: "[", count: 100_000)), "its header is damaged"),
    refused("the type twice", file("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}"), "unexpected key “dtype”"),
    refused("no type", file("{\"w\":{\"shape\":[1,2],\"data_offsets\":[0,8]}}"), "has no dtype"),
    refused("no shape", file("{\"w\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}"), "no shape"),
    refused("no offsets", file("{\"w\":{\"dtype\":\"F32\",\"shape\":[1,2]}}"), "no two data_offsets"),
    refused("an unknown key", file("{\"w\":{\"stride\":[1]}}"), "unexpected key “stride”"),
    refused("null for a tensor", file("{\"w\":null}"), "its header is damaged"),
    refused("a comma too many", file("{\(tensor()),}"), "its header is damaged"),
    refused(
      "no comma", file("{\(tensor("a")) \(tensor("b", "F32", "1,2", "8,16"))}", two + two), "its header is damaged"),
    refused(
      "Python for JSON", file("{'w':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]}}"), "its header is damaged"),
    refused("a comment", file("{/**/\(tensor())}"), "its header is damaged"),
    refused("text behind the header's end", file(plain + " x"), "text stands after its end"),
    refused("a header padded with zeros", file(plain + "\0\0\0"), "text stands after its end"),
    refused("a header twice", file(plain + plain), "text stands after its end"),
    read("metadata", file(header("\"__metadata__\":{\"format\":\"pt\"}", tensor()))),
    refused("a number for metadata", file(header("\"__metadata__\":{\"a\":1}", tensor())), "its header is damaged"),
    refused(
      "metadata twice", file(header("\"__metadata__\":{}", "\"__metadata__\":{}", tensor())),
      "__metadata__ stands twice"),
    refused(
      "a key of the metadata twice", file(header("\"__metadata__\":{\"a\":\"\",\"a\":\"\"}", tensor())), "stand twice"),
  ]

  static let types = [
    refused("a type of another size", file(header(tensor("w", "F16"))), "not those of F16"),
    refused("an unknown type", file(header(tensor("w", "F128"))), "unknown element type “F128”"),
    refused("a command for a type", file(header(tensor("w", "\\u001b[2J"))), "“\\u{1b}[2J”"),
    refused("a type in small letters", file(header(tensor("w", "f32"))), "unknown element type “f32”"),
    refused("half a byte", file(header(tensor("w", "F4", "1,1", "0,1")), [0]), "not those of F4"),
    refused("four bits", file(header(tensor("w", "F4", "1,2", "0,1")), [0]), "4 bits"),
    refused("six bits", file(header(tensor("w", "F6_E2M3", "1,4", "0,3")), [0, 0, 0]), "6 bits"),
    refused("complex numbers", file(header(tensor("w", "C64", "1,1"))), "complex numbers"),
    read("booleans beyond one", file(header(tensor("w", "BOOL", "1,3", "0,3")), [0, 2, 255]), [[0, 1, 1]]),
    refused(
      "a number that is none", file(header(tensor("w", "F32", "1,1", "0,4")), [0, 0, 0xC0, 0x7F]), "NaN or infinite"),
    refused(
      "an infinite half", file(header(tensor("w", "F16", "1,1", "0,2")), [0, 0x7C]), "NaN or infinite"),
    read("the least half", file(header(tensor("w", "F16", "1,1", "0,2")), [1, 0]), [[0x1p-24]]),
    read("the greatest bfloat16", file(header(tensor("w", "BF16", "1,1", "0,2")), [0x7F, 0x7F]), [[0x1.FEp127]]),
    read(
      "a wide integer", file(header(tensor("w", "U64", "1,1", "0,8")), [UInt8](repeating: 0xFF, count: 8)), [[0x1p64]]),
  ]
}
