@testable import MatrixFiles

/// GGUF files that lie.
enum HostileGGUF {
  private static func number(_ value: Int, _ size: Int) -> [UInt8] { HostileBytes.little(value, size) }
  private static func string(_ text: String, claiming length: Int? = nil) -> [UInt8] {
    number(length ?? text.utf8.count, 8) + Array(text.utf8)
  }

  /// A key with a value of the type of this number.
  static func key(_ name: String, _ type: Int, _ value: [UInt8]) -> [UInt8] { string(name) + number(type, 4) + value }

  /// What stands of a tensor in the header; axes fastest first.
  static func tensor(_ name: String = "w", _ axes: [Int] = [2, 1], type: Int = 0, at offset: Int = 0) -> [UInt8] {
    string(name) + number(axes.count, 4) + axes.flatMap { number($0, 8) } + number(type, 4) + number(offset, 8)
  }

  /// A file; counts are the true ones unless others are claimed.
  static func file(
    version: Int = 3, keys: [[UInt8]] = [], tensors: [[UInt8]] = [tensor()], tensorCount: Int? = nil,
    keyCount: Int? = nil, alignment: Int = 32, data: [UInt8] = HostileBytes.floats(1, 2)
  ) -> [UInt8] {
    let header =
      Array("GGUF".utf8) + number(version, 4) + number(tensorCount ?? tensors.count, 8)
      + number(keyCount ?? keys.count, 8) + keys.flatMap { $0 } + tensors.flatMap { $0 }
    return header + [UInt8](repeating: 0, count: (alignment - header.count % alignment) % alignment) + data
  }

  private static func refused(_ what: String, _ bytes: [UInt8], _ words: String, tensor: String? = nil) -> HostileModel
  {
    HostileModel("gguf", what, bytes, refused: words, tensor: tensor)
  }

  private static func read(
    _ what: String, _ bytes: [UInt8], _ values: [[Double]] = [[1, 2]], tensor: String? = nil
  ) -> HostileModel { HostileModel("gguf", what, bytes, values: values, tensor: tensor) }

  private static let padded = HostileBytes.floats(1, 2) + [UInt8](repeating: 0, count: 24)

  static let all = counts + keys + tensors

  static let counts = [
    read("a plain file", file()),
    read("version 2", file(version: 2)),
    read("a plain file in gzip", HostileBytes.deflated(file(), windowBits: 31)),
    refused("version 1", file(version: 1), "version 1"),
    refused("version 4", file(version: 4), "version 4"),
    refused("version 2^32 − 1", file(version: -1), "version"),
    refused("nothing but the magic", Array("GGUF".utf8), "header"),
    refused("no tensors", file(tensors: [], data: []), "no tensors"),
    refused("2^40 tensors", file(tensorCount: 1 << 40), "1099511627776 tensors"),
    refused("2^64 − 1 tensors", file(tensorCount: -1), "18446744073709551615 tensors"),
    refused("2^61 tensors, whose bytes overflow", file(tensorCount: 1 << 61), "2305843009213693952 tensors"),
    refused("2^40 keys", file(keyCount: 1 << 40), "1099511627776 keys"),
    refused("2^64 − 1 keys", file(keyCount: -1), "18446744073709551615 keys"),
    refused("one tensor too few", file(tensorCount: 2), "header is damaged"),
    refused("a key that is a tensor", file(keyCount: 1), "header is damaged"),
    refused("cut within the header", Array(file()[..<40]), "header is damaged"),
    refused("cut within the data", Array(file().dropLast()), "“w”"),
    refused("no data", file(data: []), "“w”"),
  ]

  static let keys = [
    refused("a key longer than the file", file(keys: [string("k", claiming: 1 << 40)]), "1099511627776"),
    refused("a key of 2^64 − 1 bytes", file(keys: [string("k", claiming: -1)]), "18446744073709551615"),
    refused("an empty key", file(keys: [key("", 0, [1])]), "a key is empty"),
    refused("the same key twice", file(keys: [key("a", 0, [1]), key("a", 0, [1])]), "“a” stands there twice"),
    refused("a value of type 13", file(keys: [key("a", 13, [0])]), "type 13"),
    refused("a value of a negative type", file(keys: [key("a", -1, [0])]), "type 4294967295"),
    refused("a text of 2^63 bytes", file(keys: [key("a", 8, number(Int.min, 8))]), "9223372036854775808"),
    refused("an array of 2^61 words", file(keys: [key("a", 9, number(4, 4) + number(1 << 61, 8))]), "items of “a”"),
    refused("an array of 2^62 texts", file(keys: [key("a", 9, number(8, 4) + number(1 << 62, 8))]), "items of “a”"),
    refused(
      "arrays of arrays",
      file(keys: [key("a", 9, (0..<500).flatMap { _ in number(9, 4) + number(1, 8) } + number(0, 4) + number(0, 8))]),
      "array of arrays"),
    refused("an array of type −1", file(keys: [key("a", 9, number(-1, 4) + number(0, 8))]), "does not exist"),
    refused("a command in a key", file(keys: [key("\u{1B}[2J", 13, [])]), "“\\u{1b}[2J”"),
    refused("alignment 0", file(keys: [key("general.alignment", 4, number(0, 4))]), "alignment"),
    refused("alignment 3", file(keys: [key("general.alignment", 4, number(3, 4))]), "alignment"),
    refused("alignment 2^31", file(keys: [key("general.alignment", 4, number(1 << 31, 4))]), "“w”"),
    refused("an alignment of text", file(keys: [key("general.alignment", 8, string("32"))]), "alignment"),
    refused("a negative alignment", file(keys: [key("general.alignment", 5, number(-32, 4))]), "alignment"),
    read("alignment 8", file(keys: [key("general.alignment", 4, number(8, 4))], alignment: 8)),
    read("a text that is no UTF-8", file(keys: [string("a") + number(8, 4) + number(2, 8) + [0xFF, 0xFE]])),
    read("a number that is none", file(keys: [key("a", 6, [0, 0, 0xC0, 0x7F])])),
  ]

  static let tensors = [
    refused("five axes", file(tensors: [tensor("w", [2, 1, 1, 1, 1])]), "5 axes"),
    refused("2^32 − 1 axes", file(tensors: [string("w") + number(-1, 4)]), "4294967295 axes"),
    refused("a negative axis", file(tensors: [tensor("w", [-1, 1])]), "“w”"),
    refused("a shape whose product overflows", file(tensors: [tensor("w", [1 << 32, 1 << 32])]), "“w”"),
    refused("a shape whose bytes overflow", file(tensors: [tensor("w", [1 << 31, 1 << 30])]), "“w”"),
    refused("a shape whose bytes wrap to a few", file(tensors: [tensor("w", [2, 1 << 62])]), "“w”"),
    refused("an empty axis hides huge ones", file(tensors: [tensor("w", [0, 1 << 62, 1 << 62])]), "“w”"),
    refused("huge axes before an empty one", file(tensors: [tensor("w", [1 << 62, 1 << 62, 0])]), "“w”"),
    refused("more entries than bytes", file(tensors: [tensor("w", [2, 100])]), "“w” ends beyond"),
    refused("2^40 entries", file(tensors: [tensor("w", [1 << 20, 1 << 20])]), "“w” ends beyond"),
    refused(
      "two tensors of one name", file(tensors: [tensor(), tensor("w", at: 32)], data: padded + padded), "called “w”"),
    refused(
      "tensors that overlap", file(tensors: [tensor("a"), tensor("b")], data: padded + padded), "“b”"),
    refused(
      "a hole between tensors", file(tensors: [tensor("a"), tensor("b", at: 64)], data: padded + padded + padded), "“b”"
    ),
    refused("an offset that is not aligned", file(tensors: [tensor("w", at: 4)], data: padded), "“w”"),
    refused("an offset of 2^63", file(tensors: [tensor("w", at: Int.min)]), "“w”"),
    refused("an offset of 2^64 − 32", file(tensors: [tensor("w", at: -32)]), "“w”"),
    refused("a hole before the data", file(tensors: [tensor("w", at: 32)], data: padded + padded), "“w”"),
    refused("a name longer than the file", file(tensors: [string("w", claiming: 1 << 50)]), "header is damaged"),
    refused("a name of 5000 bytes", file(tensors: [tensor(String(repeating: "n", count: 5000))]), "5000 bytes"),
    refused("a command for a name", file(tensors: [tensor("\u{1B}[2J", [2, 100])]), "“\\u{1b}[2J”"),
    refused("an unknown type", file(tensors: [tensor("w", type: 999)]), "999"),
    refused("a negative type", file(tensors: [tensor("w", type: -1)]), "“w”"),
    refused("a type that was removed", file(tensors: [tensor("w", [32, 1], type: 4)], data: padded), "Q4_2"),
    refused("rows of half a block", file(tensors: [tensor("w", [16, 2], type: 2)], data: padded), "“w”"),
    refused("blocks cut short", file(tensors: [tensor("w", [32, 2], type: 2)], data: padded), "“w”"),
    read(
      "a block of zeros", file(tensors: [tensor("w", [32, 1], type: 2)], data: padded.map { _ in 0 }),
      [[Double](repeating: 0, count: 32)]),
    refused(
      "a block whose scale is no number",
      file(tensors: [tensor("w", [32, 1], type: 2)], data: [0, 0x7E] + [UInt8](repeating: 0x99, count: 16)),
      "NaN or infinite"),
    refused("no axis", file(tensors: [tensor("w", [])], data: HostileBytes.floats(1)), "a single number"),
    read("one axis", file(tensors: [tensor("w", [2])]), [[1], [2]]),
  ]
}
