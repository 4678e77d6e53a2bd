import LinearAlgebra

/// Bytes that come once, in order: a range of a file, or what a compressed range inflates to.
protocol ByteStream: AnyObject {
  /// Fills `target` with the next bytes.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when they end before that.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError)

  /// Passes over the next `count` bytes.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when they end before that.
  func skip(_ count: Int) throws(FileError)
}

extension ByteStream {
  /// The next `count` bytes. Keep `count` small: it is allocated.
  func next(_ count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var failure: FileError?
    bytes.withUnsafeMutableBytes { target in
      do throws(FileError) { try read(into: target) } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }
}

extension ByteStream {
  /// What comes once must be made to be passed over.
  func skip(_ count: Int) throws(FileError) {
    var left = count
    while left > 0 { left -= try next(min(left, 1 << 16)).count }
  }

  /// Passes over the next `count` bytes, looking for cancellation on the way.
  func skip(_ count: Int, control: WorkControl) throws(FileError) {
    for start in stride(from: 0, to: count, by: readBlock) {
      if control.token.isCancelled { throw .cancelled }
      try skip(min(readBlock, count - start))
    }
  }
}

/// The bytes of a source from an offset on.
final class RangeStream: ByteStream {
  private let source: any ByteSource
  private var offset: Int
  private let end: Int

  init(_ source: any ByteSource, from offset: Int = 0, count: Int) {
    self.source = source
    self.offset = offset
    end = min(source.count, offset + count)
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    guard target.count <= end - offset else { throw source.endsEarly(at: end) }
    try source.read(at: offset, into: target)
    offset += target.count
  }

  func skip(_ count: Int) throws(FileError) {
    guard count <= end - offset else { throw source.endsEarly(at: end) }
    offset += count
  }
}
