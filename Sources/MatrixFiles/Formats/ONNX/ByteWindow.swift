/// A source seen through a small buffer: bytes near the last one cost no call.
final class ByteWindow {
  let source: any ByteSource
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  /// The bytes of the source that ``buffer`` holds.
  private var held = 0..<0

  private static let size = 1 << 14

  init(_ source: any ByteSource) {
    self.source = source
    buffer = .allocate(capacity: min(Self.size, max(1, source.count)))
  }

  deinit { buffer.deallocate() }

  /// The byte at `offset`.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when the source ends before it.
  func byte(at offset: Int) throws(FileError) -> UInt8 {
    if !held.contains(offset) { try hold(offset) }
    return buffer[offset - held.lowerBound]
  }

  /// The text in `range`, which must lie inside; only its first `limit` bytes.
  func text(_ range: Range<Int>, limit: Int = 1 << 12) throws(FileError) -> String {
    String(decoding: try source.bytes(at: range.lowerBound, count: min(limit, range.count)), as: UTF8.self)
  }

  private func hold(_ offset: Int) throws(FileError) {
    guard (0..<source.count).contains(offset) else { throw source.endsEarly(at: source.count) }
    held = 0..<0
    let count = min(buffer.count, source.count - offset)
    try source.read(at: offset, into: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count))
    held = offset..<offset + count
  }
}

extension ByteWindow {
  /// The error for a model that is not what it should be at `offset`.
  func damage(_ what: String, at offset: Int) -> FileError {
    .invalid(source.name, reason: "it is a damaged ONNX model: \(what) at byte \(offset); copy or download it again")
  }
}
