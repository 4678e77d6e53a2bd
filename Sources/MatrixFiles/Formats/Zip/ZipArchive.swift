/// A ZIP archive's directory: what is in it and where, checked against the bytes there are.
///
/// Only what arrays need: entries stored or deflated, ZIP64, no encryption, no spanning. Entries may not overlap, which
/// rules out the archives that unpack to themselves or to exabytes.
///
/// Source: PKWARE, .ZIP File Format Specification (APPNOTE.TXT) 6.3.10, sections 4.3 to 4.5.
struct ZipArchive: Sendable {
  /// One member.
  struct Entry: Hashable, Sendable {
    let name: String
    let method: Int
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    /// Of the local header, from the start of the archive.
    var headerOffset: Int
    /// Of the first byte of data; zero until the local header was read.
    var dataOffset = 0
    let isEncrypted: Bool
  }

  /// The members in the directory's order.
  let entries: [Entry]

  /// Reads the directory of `bytes`.
  init(_ bytes: any ByteSource) throws(FileError) {
    let end = try ZipEnd(bytes)
    let directory = try bytes.bytes(at: end.directoryOffset, count: end.directorySize)
    var entries: [Entry] = []
    var position = 0
    while entries.count < end.count {
      let (entry, length) = try Self.entry(in: directory, at: position, source: bytes.name)
      entries.append(entry)
      position += length
    }
    for index in entries.indices { try Self.locate(&entries[index], in: bytes, before: end.directoryOffset) }
    let ordered = entries.sorted { $0.headerOffset < $1.headerOffset }
    for (entry, next) in zip(ordered, ordered.dropFirst())
    where entry.dataOffset + entry.compressedSize > next.headerOffset {
      throw zipError(bytes.name, "two of its entries overlap")
    }
    self.entries = entries
  }

  /// A central directory header at `position`, and its length.
  private static func entry(
    in directory: [UInt8], at position: Int, source: String
  ) throws(FileError) -> (Entry, length: Int) {
    guard position + 46 <= directory.count, directory[position...].starts(with: [0x50, 0x4B, 0x01, 0x02]) else {
      throw zipError(source, "its directory is damaged")
    }
    let nameLength = directory.u16(position + 28)
    let extraLength = directory.u16(position + 30)
    let length = 46 + nameLength + extraLength + directory.u16(position + 32)
    guard position + length <= directory.count else { throw zipError(source, "its directory is cut short") }
    let nameEnd = position + 46 + nameLength
    var wide = Zip64Extra(Array(directory[nameEnd..<nameEnd + extraLength]))
    // The 64-bit values stand in this order, each only where the 32-bit field is all ones.
    guard let size = wide.value(directory.u32(position + 24)),
      let compressedSize = wide.value(directory.u32(position + 20)),
      let offset = wide.value(directory.u32(position + 42))
    else { throw zipError(source, "its directory lacks a 64-bit size") }
    let entry = Entry(
      name: String(decoding: directory[position + 46..<nameEnd], as: UTF8.self),
      method: directory.u16(position + 10), checksum: UInt32(directory.u32(position + 16)),
      compressedSize: compressedSize, size: size, headerOffset: offset,
      isEncrypted: directory[position + 8] & 1 != 0)
    return (entry, length)
  }

  /// Finds where an entry's data begin: only its local header knows how long that is.
  private static func locate(_ entry: inout Entry, in bytes: any ByteSource, before limit: Int) throws(FileError) {
    guard entry.headerOffset <= limit - 30 else { throw zipError(bytes.name, "an entry lies outside the file") }
    let local = try bytes.bytes(at: entry.headerOffset, count: 30)
    guard local.count == 30, local.starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
      throw zipError(bytes.name, "“\(printable(entry.name))” does not begin where the directory says")
    }
    entry.dataOffset = entry.headerOffset + 30 + local.u16(26) + local.u16(28)
    guard entry.dataOffset <= limit, entry.compressedSize <= limit - entry.dataOffset else {
      throw zipError(bytes.name, "“\(printable(entry.name))” is larger than the file")
    }
  }

  /// The uncompressed bytes of `entry`, as a stream.
  func stream(_ entry: Entry, of bytes: any ByteSource) throws(FileError) -> any ByteStream {
    if entry.isEncrypted { throw zipError(bytes.name, "“\(printable(entry.name))” is encrypted; unpack it first") }
    switch entry.method {
    case 0 where entry.size == entry.compressedSize:
      return RangeStream(bytes, from: entry.dataOffset, count: entry.size)
    // Deflate makes at most 1032 bytes of one.
    case 8 where entry.size / 1032 <= entry.compressedSize:
      return try InflateStream(bytes, from: entry.dataOffset, count: entry.compressedSize)
    case 0, 8: throw zipError(bytes.name, "“\(printable(entry.name))” claims a size that its bytes cannot have")
    default:
      throw zipError(
        bytes.name, "“\(printable(entry.name))” is compressed by method \(entry.method), and only deflate is read")
    }
  }
}

/// An error about the archive itself.
func zipError(_ source: String, _ reason: String) -> FileError {
  .invalid(source, reason: "it is a damaged or unusual ZIP archive: \(reason)")
}

/// The ZIP64 extra field (identifier 1) of a directory header.
private struct Zip64Extra {
  private var values: [UInt8] = []

  init(_ extra: [UInt8]) {
    var position = 0
    while position + 4 <= extra.count {
      let length = extra.u16(position + 2)
      guard position + 4 + length <= extra.count else { return }
      if extra.u16(position) == 1 {
        values = Array(extra[position + 4..<position + 4 + length])
        return
      }
      position += 4 + length
    }
  }

  /// `field` itself, or the next 64-bit value when `field` is all ones; nil if there is none.
  mutating func value(_ field: Int) -> Int? {
    guard field == 0xFFFF_FFFF else { return field }
    guard values.count >= 8 else { return nil }
    defer { values.removeFirst(8) }
    return values.u64(0)
  }
}
