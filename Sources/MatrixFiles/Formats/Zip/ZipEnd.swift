/// The end-of-directory record of a ZIP archive, or its ZIP64 form: where the directory is.
struct ZipEnd {
  /// The number of entries.
  let count: Int
  /// The directory's bytes, which lie inside the file.
  let directoryOffset: Int
  let directorySize: Int

  private static let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  /// No archive of arrays comes near it.
  private static let entryLimit = 100_000

  /// Searches for the record backwards from the end: a comment of up to 64 KiB may follow it.
  init(_ bytes: any ByteSource) throws(FileError) {
    let tailStart = max(0, bytes.count - 65_557)
    let tail = try bytes.bytes(at: tailStart, count: 65_557)
    guard tail.count >= 22,
      let position = stride(from: tail.count - 22, through: 0, by: -1).first(where: {
        tail[$0...].starts(with: Self.signature) && $0 + 22 + tail.u16($0 + 20) <= tail.count
      })
    else { throw zipError(bytes.name, "it is cut short: its directory is missing") }

    var count = tail.u16(position + 10)
    var size = tail.u32(position + 12)
    var offset = tail.u32(position + 16)
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      (count, size, offset) = try Self.wide(bytes, recordOffset: tailStart + position)
    }
    guard count <= Self.entryLimit else { throw zipError(bytes.name, "it claims \(count) entries") }
    guard offset <= tailStart + position, size <= tailStart + position - offset, count <= size / 46 else {
      throw zipError(bytes.name, "its directory lies outside the file")
    }
    self.count = count
    directoryOffset = offset
    directorySize = size
  }

  /// The ZIP64 record, which a locator of 20 bytes before the plain record points to.
  private static func wide(
    _ bytes: any ByteSource, recordOffset: Int
  ) throws(FileError) -> (count: Int, size: Int, offset: Int) {
    let locator = try bytes.bytes(at: recordOffset - 20, count: 20)
    guard locator.count == 20, locator.starts(with: [0x50, 0x4B, 0x06, 0x07]), let at = locator.u64(8) else {
      throw zipError(bytes.name, "its 64-bit locator is missing")
    }
    let record = try bytes.bytes(at: at, count: 56)
    guard record.count == 56, record.starts(with: [0x50, 0x4B, 0x06, 0x06]), let count = record.u64(32),
      let size = record.u64(40), let offset = record.u64(48)
    else { throw zipError(bytes.name, "its 64-bit directory record is missing") }
    return (count, size, offset)
  }
}
