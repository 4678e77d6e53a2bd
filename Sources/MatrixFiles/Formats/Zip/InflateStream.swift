import CZlib

/// The bytes that a raw deflate stream (RFC 1951) unpacks to, block by block.
final class InflateStream: ByteStream {
  private let inflater: Inflater
  private let source: String

  /// Unpacks `count` bytes of `source` from `offset` on.
  init(_ source: any ByteSource, from offset: Int, count: Int) throws(FileError) {
    self.source = source.name
    inflater = try Inflater(source, from: offset, count: count, .raw)
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    var done = 0
    while done < target.count {
      let (made, outcome) = try inflater.step(into: UnsafeMutableRawBufferPointer(rebasing: target[done...]))
      done += made
      if done < target.count, outcome != .more {
        throw zipError(source, "its compressed data are damaged or cut short")
      }
    }
  }
}

/// Passes bytes on and sums their CRC-32 on the way.
final class ChecksumStream: ByteStream {
  private let base: any ByteStream
  /// The CRC-32 of the bytes so far.
  private(set) var checksum: UInt32 = 0
  /// How many they were.
  private(set) var count = 0

  init(_ base: any ByteStream) { self.base = base }

  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    try base.read(into: target)
    checksum = crc32(checksum, UnsafeRawBufferPointer(target))
    count += target.count
  }
}

/// Continues the CRC-32 `checksum` over `bytes`.
func crc32(_ checksum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
  guard let base = bytes.baseAddress else { return checksum }
  return UInt32(crc32_z(UInt(checksum), base.assumingMemoryBound(to: UInt8.self), bytes.count))
}
