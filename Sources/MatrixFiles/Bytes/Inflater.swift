import CZlib

/// zlib's inflate over a range of a source: owns its state, and feeds it block by block.
final class Inflater {
  /// What the packed bytes are wrapped in; the raw value is zlib's window size.
  enum Wrapping: Int32 {
    /// Nothing: a raw deflate stream (RFC 1951).
    case raw = -15
    /// A gzip header and trailer (RFC 1952), which zlib checks.
    case gzip = 31
  }

  /// What a step came to.
  enum Outcome { case more, endOfStream, damaged }

  private let source: any ByteSource
  /// The next packed byte to feed.
  private(set) var offset: Int
  private let end: Int
  private let state: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutablePointer<UInt8>
  private static let inputSize = 1 << 16

  /// Unpacks `count` bytes of `source` from `offset` on.
  init(_ source: any ByteSource, from offset: Int = 0, count: Int, _ wrapping: Wrapping) throws(FileError) {
    self.source = source
    self.offset = offset
    end = offset + count
    input = .allocate(capacity: Self.inputSize)
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    let code = inflateInit2_(state, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .tooLarge(source.name, reason: "there is no memory to unpack it") }
  }

  deinit {
    inflateEnd(state)
    state.deinitialize(count: 1)
    state.deallocate()
    input.deallocate()
  }

  /// Unpacks into `target` until it is full, the input ends or the stream does; returns how many bytes were made.
  func step(into target: UnsafeMutableRawBufferPointer) throws(FileError) -> (made: Int, outcome: Outcome) {
    try refill()
    let isFed = state.pointee.avail_in > 0
    let room = min(target.count, Int(Int32.max))
    state.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(room)
    let code = inflate(state, Z_NO_FLUSH)
    let made = room - Int(state.pointee.avail_out)
    if code == Z_STREAM_END { return (made, .endOfStream) }
    // Z_BUF_ERROR only says that more input is needed: damage is when there is none.
    guard code == Z_OK || code == Z_BUF_ERROR, made > 0 || isFed else { return (made, .damaged) }
    return (made, .more)
  }

  /// Begins with the stream that follows the one that ended, if the next byte is `first`.
  func startNextStream(with first: UInt8) throws(FileError) -> Bool {
    try refill()
    return state.pointee.avail_in > 0 && state.pointee.next_in.pointee == first && inflateReset(state) == Z_OK
  }

  private func refill() throws(FileError) {
    guard state.pointee.avail_in == 0 else { return }
    let count = min(Self.inputSize, end - offset)
    try source.read(at: offset, into: UnsafeMutableRawBufferPointer(start: input, count: count))
    offset += count
    state.pointee.next_in = input
    state.pointee.avail_in = UInt32(count)
  }
}
