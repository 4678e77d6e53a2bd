import CZlib

/// The bytes that a raw deflate stream (RFC 1951) unpacks to, block by block.
final class InflateStream: ByteStream {
  private let source: any ByteSource
  private var offset: Int
  private let end: Int
  private let state: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutablePointer<UInt8>
  private static let inputSize = 1 << 16

  /// Unpacks `count` bytes of `source` from `offset` on.
  init(_ source: any ByteSource, from offset: Int, count: Int) throws(FileError) {
    self.source = source
    self.offset = offset
    end = offset + count
    input = .allocate(capacity: Self.inputSize)
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    // A negative window size means: no zlib header.
    let code = inflateInit2_(state, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .tooLarge(source.name, reason: "there is no memory to unpack it") }
  }

  deinit {
    inflateEnd(state)
    state.deinitialize(count: 1)
    state.deallocate()
    input.deallocate()
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    var done = 0
    while done < target.count {
      if state.pointee.avail_in == 0 { try refill() }
      let room = min(target.count - done, Int(Int32.max))
      state.pointee.next_out = target.baseAddress.map { ($0 + done).assumingMemoryBound(to: UInt8.self) }
      state.pointee.avail_out = UInt32(room)
      let code = inflate(state, Z_NO_FLUSH)
      let made = room - Int(state.pointee.avail_out)
      done += made
      if done == target.count { return }
      // Z_BUF_ERROR only says that more input is needed.
      let isStuck = made == 0 && state.pointee.avail_in == 0 && offset == end
      guard code == Z_OK || code == Z_BUF_ERROR, !isStuck else {
        throw zipError(source.name, "its compressed data are damaged or cut short")
      }
    }
  }

  private func refill() throws(FileError) {
    let count = min(Self.inputSize, end - offset)
    try source.read(at: offset, into: UnsafeMutableRawBufferPointer(start: input, count: count))
    offset += count
    state.pointee.next_in = input
    state.pointee.avail_in = UInt32(count)
  }
}

/// Passes bytes on and sums their CRC-32 on the way.
final class ChecksumStream: ByteStream {
  private let base: any ByteStream
  /// The CRC-32 of the bytes so far.
  private(set) var checksum: UInt32 = 0

  init(_ base: any ByteStream) { self.base = base }

  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    try base.read(into: target)
    checksum = crc32(checksum, UnsafeRawBufferPointer(target))
  }
}

/// Continues the CRC-32 `checksum` over `bytes`.
func crc32(_ checksum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
  guard let base = bytes.baseAddress else { return checksum }
  return UInt32(crc32_z(UInt(checksum), base.assumingMemoryBound(to: UInt8.self), bytes.count))
}
