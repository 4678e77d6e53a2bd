import CZlib

/// Puts what the fuzzer made where the reader under test looks at it: behind a magic, with the checksums that it must have,
/// or within an archive.
enum Disguise {
  /// The name in the catalog of a reader as it is called here, without spaces.
  static func formatName(_ reader: String) -> String { reader.replacing("-index", with: " index") }
  /// The reverse.
  static func readerName(_ format: String) -> String { format.replacing(" ", with: "-") }

  /// `input` as `reader` is given it.
  static func dressed(_ input: [UInt8], for reader: String) -> [UInt8] {
    switch reader {
    case "npy": beginning(input, with: [0x93] + Array("NUMPY".utf8))
    case "gzip": beginning(input, with: [0x1F, 0x8B, 8])
    case "jpeg": beginning(input, with: [0xFF, 0xD8, 0xFF])
    case "png": png(input)
    case "pnm": beginning(input, with: [0x50])
    case "mtx": beginning(input, with: Array("%%MatrixMarket matrix ".utf8))
    case "gguf": beginning(input, with: Array("GGUF".utf8))
    case "safetensors": choosing(input) { safetensors(header: $0) }
    case "npz":
      choosing(input) {
        zip([("a.npy", $0, false)])
      } or: {
        zip([("a.npy", $0, true)])
      }
    case "pytorch":
      choosing(input) { zip([("archive/data.pkl", $0, false), ("archive/data/0", storage, false)]) }
    case "pytorch-legacy": choosing(input) { legacyPrefix + $0 }
    case "onnx": choosing(input) { [8, 8, 0x3A] + varint($0.count) + $0 }
    default: input
    }
  }

  /// What a storage holds: 256 bytes.
  private static let storage = [UInt8](0...255)

  private static func beginning(_ input: [UInt8], with magic: [UInt8]) -> [UInt8] {
    magic + input.dropFirst(magic.count)
  }

  /// The first byte chooses between the rest as it is and as `dressed`, or the `other` way.
  private static func choosing(
    _ input: [UInt8], dressed: ([UInt8]) -> [UInt8], or other: (([UInt8]) -> [UInt8])? = nil
  ) -> [UInt8] {
    let rest = Array(input.dropFirst())
    switch input.first.map({ $0 & 3 }) {
    case 1, 2: return dressed(rest)
    case 3:
      if let other { return other(rest) }
      return dressed(rest)
    default: return rest
    }
  }

  private static func safetensors(header: [UInt8]) -> [UInt8] { little(header.count, 8) + header + storage }

  /// The three pickles before a checkpoint's object: the magic number, the version, the sizes of the system.
  private static let legacyPrefix: [UInt8] = {
    let magic: [UInt8] = [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]
    let version: [UInt8] = [0x80, 2, 0x4D, 0xE9, 3, 0x2E]
    let system: [UInt8] =
      [0x80, 2, 0x7D, 0x71, 0, 0x58, 13, 0, 0, 0] + Array("little_endian".utf8) + [0x71, 1, 0x88, 0x73, 0x2E]
    return magic + version + system
  }()

  /// A PNG whose chunks have right checksums.
  private static func png(_ input: [UInt8]) -> [UInt8] {
    var bytes = beginning(input, with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    var position = 8
    while position + 12 <= bytes.count {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - position - 12 else { break }
      let end = position + 8 + length
      let sum = bytes[position + 4..<end].withUnsafeBytes { crc32(0, $0.baseAddress, UInt32($0.count)) }
      for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: sum >> UInt(24 - 8 * index)) }
      position = end + 4
    }
    return bytes
  }

  /// A ZIP archive of members without checksums; packed ones say that they unpack to as much as they can.
  private static func zip(_ members: [(name: String, data: [UInt8], isPacked: Bool)]) -> [UInt8] {
    var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
    bytes.reserveCapacity(8192)
    for member in members {
      let size = member.isPacked ? min(member.data.count * 1000, 1 << 16) : member.data.count
      let common =
        [20, 0, 0, 8, member.isPacked ? 8 : 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + little(member.data.count, 4)
        + little(size, 4)
        + little(member.name.utf8.count, 2)
      directory += [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 12) + little(bytes.count, 4)
      directory += member.name.utf8
      bytes += [0x50, 0x4B, 3, 4] + common + [0, 0]
      bytes += member.name.utf8
      bytes += member.data
    }
    let count = little(members.count, 2)
    let end =
      [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + little(directory.count, 4) + little(bytes.count, 4) + [0, 0]
    return bytes + directory + end
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func varint(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }
}
