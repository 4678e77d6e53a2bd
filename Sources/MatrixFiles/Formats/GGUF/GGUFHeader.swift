import LinearAlgebra

/// What a GGUF file says before its data: keys with values, and the descriptions of its tensors.
///
/// Layout and limits: https://github.com/ggml-org/ggml, docs/gguf.md and src/gguf.cpp, versions 2 and 3.
struct GGUFHeader: Sendable {
  static let magic = Array("GGUF".utf8)

  /// The values by their keys.
  let values: [String: GGUFValue]
  /// What they describe.
  let tensors: GGUFTensors

  /// The longest key in bytes.
  private static let keyLimit = 65_535
  /// The least bytes of a key with its value: a length, a byte, a type, a byte.
  private static let leastValueSize = 14
  /// More tensors or keys than this are refused.
  private static let countLimit = 1 << 20

  /// Reads and checks the header of `source`, in a few reads.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` for what the reference reader refuses, and for tensors beyond the end of
  ///   the file.
  init(_ source: any ByteSource, control: WorkControl) throws(FileError) {
    var cursor = GGUFCursor(source, at: Self.magic.count)
    try Self.readVersion(&cursor)
    let tensorCount = try cursor.count(of: "tensors", size: GGUFTensors.leastSize)
    let valueCount = try cursor.count(of: "keys", size: Self.leastValueSize)
    guard max(tensorCount, valueCount) <= Self.countLimit else {
      throw cursor.damaged("it claims \(tensorCount) tensors and \(valueCount) keys, more than 2²⁰")
    }
    var values: [String: GGUFValue] = [:]
    for index in 0..<valueCount {
      try control.advance(Double(index) / Double(valueCount))
      let (text, length) = try cursor.string(of: "a key", limit: Self.keyLimit)
      guard let key = text, !key.isEmpty else {
        throw cursor.damaged(length == 0 ? "a key is empty" : "a key has \(length) bytes")
      }
      let value = try GGUFValue(from: &cursor, key: key)
      guard values.updateValue(value, forKey: key) == nil else {
        throw cursor.damaged("the key “\(printable(key))” stands there twice")
      }
    }
    self.values = values
    tensors = try GGUFTensors(tensorCount, from: &cursor, alignment: try Self.alignment(values, cursor))
  }

  /// Reads the version, which also tells the byte order.
  private static func readVersion(_ cursor: inout GGUFCursor) throws(FileError) {
    var version = UInt32(try cursor.word())
    if version & 0xFFFF == 0, version != 0 {
      version = version.byteSwapped
      cursor.isBigEndian = true
    }
    switch version {
    case 2, 3: return
    case 1:
      throw .invalid(
        cursor.source.name, reason: "it is GGUF version 1 of 2023, which is not read; convert the original model again")
    default:
      throw .invalid(
        cursor.source.name,
        reason: "it says it is GGUF version \(version), and versions 2 and 3 are read; convert it to version 3")
    }
  }

  private static func alignment(_ values: [String: GGUFValue], _ cursor: GGUFCursor) throws(FileError) -> Int {
    guard let value = values["general.alignment"] else { return 32 }
    guard value.kind == .u32, let alignment = value.integer, alignment > 0, alignment & (alignment - 1) == 0 else {
      throw cursor.damaged("its alignment “\(printable(value.text))” is no power of two")
    }
    return alignment
  }
}
