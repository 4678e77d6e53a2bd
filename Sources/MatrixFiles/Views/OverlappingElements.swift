import LinearAlgebra

/// The elements of a view in which several indices may mean the same element – a row that stands for many, windows that
/// overlap – one after the other in C order.
///
/// The stretch of bytes that holds them is kept in memory.
final class OverlappingElements: ByteStream {
  private let base: any ByteStream
  private let axes: [Int]
  private let strides: [Int]
  private let elementSize: Int
  private let source: String
  private let control: WorkControl
  private var stretch: [UInt8]?
  /// The elements that have been passed.
  private var position = 0

  /// The view of `axes` and `strides`, in elements of `elementSize` bytes, of what `base` stands at.
  init(
    of base: any ByteStream, axes: [Int], strides: [Int], elementSize: Int, source: String, control: WorkControl
  ) {
    self.base = base
    self.axes = axes
    self.strides = strides
    self.elementSize = elementSize
    self.source = source
    self.control = control
  }

  /// Fills `target`, which holds whole elements.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    let bytes = try loaded()
    let count = target.count / elementSize
    guard count > 0, let inner = axes.last, let innerStride = strides.last else { return }
    bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < count {
        let first = position % inner
        let turns = min(inner - first, count - done)
        var from = (offset(ofLine: position / inner) + first * innerStride) * elementSize
        for index in done..<done + turns {
          UnsafeMutableRawBufferPointer(rebasing: target[index * elementSize..<(index + 1) * elementSize])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[from..<from + elementSize]))
          from += innerStride * elementSize
        }
        done += turns
        position += turns
      }
    }
  }

  /// Passes over `count` bytes of whole elements.
  func skip(_ count: Int) throws(FileError) { position += count / elementSize }

  /// Where the line along the last axis begins that is the `line`th in C order.
  private func offset(ofLine line: Int) -> Int {
    var (rest, offset) = (line, 0)
    for axis in axes.indices.dropLast().reversed() {
      offset += rest % axes[axis] * strides[axis]
      rest /= axes[axis]
    }
    return offset
  }

  /// The stretch from the first element to the last, read once.
  private func loaded() throws(FileError) -> [UInt8] {
    if let stretch { return stretch }
    let span = zip(axes, strides).reduce(1) { $0 + ($1.0 - 1) * $1.1 }
    try MemoryBudget.require(Shape(span, 1), scalarSize: elementSize, source: source)
    var bytes = [UInt8](repeating: 0, count: span * elementSize)
    var failure: FileError?
    bytes.withUnsafeMutableBytes { target in
      do throws(FileError) {
        for start in stride(from: 0, to: target.count, by: readBlock) {
          if control.token.isCancelled { throw .cancelled }
          let end = min(start + readBlock, target.count)
          try base.read(into: UnsafeMutableRawBufferPointer(rebasing: target[start..<end]))
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
    stretch = bytes
    return bytes
  }
}
