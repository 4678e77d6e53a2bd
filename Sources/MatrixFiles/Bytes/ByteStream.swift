/// Bytes that come once, in order: a range of a file, or what a compressed range inflates to.
protocol ByteStream: AnyObject {
  /// Fills `target` with the next bytes.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when they end before that.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError)
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
}
