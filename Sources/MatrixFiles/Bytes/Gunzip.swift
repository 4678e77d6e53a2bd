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
  private let inflater: Inflater
  private var isFinished = false

  init(_ source: any ByteSource) throws(FileError) {
    self.source = source
    inflater = try Inflater(source, count: source.count, .gzip)
  }

  /// The fraction of the packed bytes that was read.
  var fraction: Double { Double(inflater.offset) / Double(max(1, source.count)) }

  /// Fills `target`, or as much of it as there is; returns how many bytes.
  func fill(_ target: UnsafeMutableBufferPointer<UInt8>) throws(FileError) -> Int {
    var done = 0
    while done < target.count, !isFinished {
      let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(target)[done...])
      let (made, outcome) = try inflater.step(into: rest)
      done += made
      switch outcome {
      case .more: break
      // Zeros that pad the file, and whatever else follows a member, are left alone as gzip does.
      case .endOfStream: isFinished = try !inflater.startNextStream(with: 0x1F)
      case .damaged:
        throw .invalid(source.name, reason: "its gzip data are damaged or cut short; copy or pack it again")
      }
    }
    return done
  }
}
