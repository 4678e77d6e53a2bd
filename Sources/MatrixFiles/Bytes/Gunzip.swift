import CZlib
import LinearAlgebra

/// Unpacks gzip (RFC 1952), one member after the other, to memory.
enum Gunzip {
  /// Whether a file begins as a gzip member does.
  static func begins(_ prefix: [UInt8]) -> Bool { prefix.starts(with: [0x1F, 0x8B, 8]) }

  /// What `bytes` unpack to, under the same name.
  ///
  /// - Throws: ``FileError/tooLarge(_:reason:)`` beyond `limit` bytes, by default half of the memory available, so that a
  ///   few bytes cannot claim all of it; ``FileError/invalid(_:reason:)`` when they are damaged or cut short.
  static func unpack(
    _ bytes: any ByteSource, limit: Int = AvailableMemory.bytes / 2, control: WorkControl
  ) throws(FileError) -> SpooledBytes {
    let stream = try GzipStream(bytes)
    var chunks: [[UInt8]] = []
    var count = 0
    while true {
      try control.advance(stream.fraction)
      var failure: FileError?
      let chunk = [UInt8](unsafeUninitializedCapacity: SpooledBytes.chunkSize) { buffer, filled in
        do throws(FileError) { filled = try stream.fill(buffer) } catch { failure = error }
      }
      if let failure { throw failure }
      count += chunk.count
      guard count <= limit else {
        throw .tooLarge(
          bytes.name,
          reason:
            "it unpacks to more than \(MemoryBudget.describe(limit)), half of the memory available; unpack it to a file"
        )
      }
      if !chunk.isEmpty { chunks.append(chunk) }
      if chunk.count < SpooledBytes.chunkSize { return SpooledBytes(name: bytes.name, chunks: chunks, count: count) }
    }
  }
}

/// The bytes that the members of a gzip file unpack to; zlib checks each member's length and CRC-32.
private final class GzipStream {
  private let source: any ByteSource
  private var offset = 0
  private let state: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutablePointer<UInt8>
  private var isFinished = false
  private static let inputSize = 1 << 16

  init(_ source: any ByteSource) throws(FileError) {
    self.source = source
    input = .allocate(capacity: Self.inputSize)
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    // 16 more than the largest window means: a gzip header.
    let code = inflateInit2_(state, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .tooLarge(source.name, reason: "there is no memory to unpack it") }
  }

  deinit {
    inflateEnd(state)
    state.deinitialize(count: 1)
    state.deallocate()
    input.deallocate()
  }

  /// The fraction of the packed bytes that was read.
  var fraction: Double { Double(offset) / Double(max(1, source.count)) }

  /// Fills `target`, or as much of it as there is; returns how many bytes.
  func fill(_ target: UnsafeMutableBufferPointer<UInt8>) throws(FileError) -> Int {
    var done = 0
    while done < target.count, !isFinished {
      if state.pointee.avail_in == 0 {
        guard offset < source.count else { throw damaged }
        try refill()
      }
      state.pointee.next_out = target.baseAddress.map { $0 + done }
      state.pointee.avail_out = UInt32(target.count - done)
      let code = inflate(state, Z_NO_FLUSH)
      done = target.count - Int(state.pointee.avail_out)
      if code == Z_STREAM_END {
        try startNextMember()
      } else if code != Z_OK, code != Z_BUF_ERROR {
        throw damaged
      }
    }
    return done
  }

  /// Goes on with a member that follows; zeros that pad the file, and whatever else follows, are left alone as gzip does.
  private func startNextMember() throws(FileError) {
    if state.pointee.avail_in == 0, offset < source.count { try refill() }
    guard state.pointee.avail_in > 0, state.pointee.next_in.pointee == 0x1F, inflateReset(state) == Z_OK else {
      isFinished = true
      return
    }
  }

  private func refill() throws(FileError) {
    let count = min(Self.inputSize, source.count - offset)
    try source.read(at: offset, into: UnsafeMutableRawBufferPointer(start: input, count: count))
    offset += count
    state.pointee.next_in = input
    state.pointee.avail_in = UInt32(count)
  }

  private var damaged: FileError {
    .invalid(source.name, reason: "its gzip data are damaged or cut short; copy or pack it again")
  }
}
