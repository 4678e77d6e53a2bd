/// Writes a ZIP archive of stored entries, with ZIP64 fields where 32 bits do not suffice.
///
/// Source: PKWARE, .ZIP File Format Specification (APPNOTE.TXT) 6.3.10, sections 4.3 to 4.5.
struct ZipWriter {
  private struct Entry {
    let name: String
    let checksum: UInt32
    let size: Int
    let offset: Int
  }

  private let sink: FileSink
  private var entries: [Entry] = []
  private var offset = 0
  /// From this size or offset on the 64-bit fields are used. Tests lower it.
  private let wideFrom: Int

  init(_ sink: FileSink, wideFrom: Int = 0xFFFF_FFFF) {
    self.sink = sink
    self.wideFrom = wideFrom
  }

  /// Adds an entry of two parts.
  mutating func add(_ name: String, _ head: [UInt8], _ body: UnsafeRawBufferPointer) throws(FileError) {
    let checksum = crc32(head.withUnsafeBytes { crc32(0, $0) }, body)
    let entry = Entry(name: name, checksum: checksum, size: head.count + body.count, offset: offset)
    let isWide = entry.size >= wideFrom
    var header: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    appendCommon(entry, isWide: isWide, extraLength: isWide ? 20 : 0, to: &header)
    header += Array(name.utf8)
    if isWide {
      header.appendLittleEndian(1, size: 2)
      header.appendLittleEndian(16, size: 2)
      header.appendLittleEndian(entry.size, size: 8)
      header.appendLittleEndian(entry.size, size: 8)
    }
    try sink.write(header)
    try sink.write(head)
    try sink.write(body)
    offset += header.count + entry.size
    entries.append(entry)
  }

  /// Adds an entry of two parts that are bytes already.
  mutating func add(_ name: String, _ head: [UInt8], _ body: [UInt8]) throws(FileError) {
    var failure: FileError?
    body.withUnsafeBytes { raw in
      do throws(FileError) { try add(name, head, raw) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Writes the directory.
  func finish() throws(FileError) {
    var directory: [UInt8] = []
    for entry in entries {
      let isWide = entry.size >= wideFrom
      let isFar = entry.offset >= wideFrom
      var extra: [UInt8] = []
      if isWide {
        extra.appendLittleEndian(entry.size, size: 8)
        extra.appendLittleEndian(entry.size, size: 8)
      }
      if isFar { extra.appendLittleEndian(entry.offset, size: 8) }
      directory += [0x50, 0x4B, 0x01, 0x02, 45, 3]
      appendCommon(entry, isWide: isWide, extraLength: extra.isEmpty ? 0 : 4 + extra.count, to: &directory)
      // Comment length, disk and internal attributes; then a regular file that all may read.
      directory.appendLittleEndian(0, size: 6)
      directory.appendLittleEndian(0o100644 << 16, size: 4)
      directory.appendLittleEndian(isFar ? 0xFFFF_FFFF : entry.offset, size: 4)
      directory += Array(entry.name.utf8)
      if !extra.isEmpty {
        directory.appendLittleEndian(1, size: 2)
        directory.appendLittleEndian(extra.count, size: 2)
        directory += extra
      }
    }
    try sink.write(directory)
    try sink.write(endRecords(directorySize: directory.count))
  }

  /// What local and directory headers share, from the version needed to the length of the extra field. The time is the
  /// first that ZIP knows, so that equal matrices make equal files.
  private func appendCommon(_ entry: Entry, isWide: Bool, extraLength: Int, to bytes: inout [UInt8]) {
    bytes.appendLittleEndian(isWide ? 45 : 20, size: 2)
    bytes.appendLittleEndian(0, size: 2)
    bytes.appendLittleEndian(0, size: 2)
    bytes.appendLittleEndian(0, size: 2)
    bytes.appendLittleEndian(1 << 5 | 1, size: 2)
    bytes.appendLittleEndian(Int(entry.checksum), size: 4)
    bytes.appendLittleEndian(isWide ? 0xFFFF_FFFF : entry.size, size: 4)
    bytes.appendLittleEndian(isWide ? 0xFFFF_FFFF : entry.size, size: 4)
    bytes.appendLittleEndian(entry.name.utf8.count, size: 2)
    bytes.appendLittleEndian(extraLength, size: 2)
  }

  private func endRecords(directorySize: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    let isFar = offset >= wideFrom
    if isFar {
      bytes += [0x50, 0x4B, 0x06, 0x06]
      bytes.appendLittleEndian(44, size: 8)
      bytes.appendLittleEndian(45, size: 2)
      bytes.appendLittleEndian(45, size: 2)
      bytes.appendLittleEndian(0, size: 8)
      bytes.appendLittleEndian(entries.count, size: 8)
      bytes.appendLittleEndian(entries.count, size: 8)
      bytes.appendLittleEndian(directorySize, size: 8)
      bytes.appendLittleEndian(offset, size: 8)
      bytes += [0x50, 0x4B, 0x06, 0x07]
      bytes.appendLittleEndian(0, size: 4)
      bytes.appendLittleEndian(offset + directorySize, size: 8)
      bytes.appendLittleEndian(1, size: 4)
    }
    bytes += [0x50, 0x4B, 0x05, 0x06]
    bytes.appendLittleEndian(0, size: 4)
    bytes.appendLittleEndian(entries.count, size: 2)
    bytes.appendLittleEndian(entries.count, size: 2)
    bytes.appendLittleEndian(directorySize, size: 4)
    bytes.appendLittleEndian(isFar ? 0xFFFF_FFFF : offset, size: 4)
    bytes.appendLittleEndian(0, size: 2)
    return bytes
  }
}
