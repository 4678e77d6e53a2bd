import LinearAlgebra

/// How the elements of one tensor lie in its bytes.
struct TensorLayout: Hashable, Sendable {
  /// Name, type and axes.
  let entry: TensorEntry
  /// Whether the most significant byte of an element comes first.
  let isBigEndian: Bool
  /// Whether the first axis runs fastest (Fortran order); otherwise the last one does (C order).
  let isFortranOrder: Bool
}

/// The most bytes asked for at once, between two looks at whether the work is still wanted.
let readBlock = 1 << 22

extension WorkControl {
  /// ``step(_:)``, throwing ``FileError/cancelled``.
  func advance(_ fraction: Double) throws(FileError) {
    do { try step(fraction) } catch { throw .cancelled }
  }
}

extension TensorLayout {
  /// Reads the elements from `stream`, which stands at the first of them, straight into a matrix of the working
  /// precision: f32 for 16- and 32-bit floats, f64 for all else.
  ///
  /// C order is kept as the transpose that its bytes already are. Peak memory is the matrix and one block; Fortran order
  /// with more than two axes takes twice the matrix.
  func read(
    from stream: any ByteStream, options: ReadOptions, source: String, control: WorkControl
  ) throws(FileError) -> LoadedMatrix {
    guard let shape = entry.matrixShape else {
      throw .invalid(source, reason: "\(entry.subject) is a single number, not a matrix")
    }
    // A column lies in its bytes the same way in either order.
    let isTransposed = !isFortranOrder && entry.axes.count > 1
    let stored = isTransposed ? shape.transposed : shape
    let isFolded = isFortranOrder && entry.axes.count > 2
    let scalarSize = entry.type.worksInFloat ? 4 : 8
    try MemoryBudget.require(
      stored, scalarSize: scalarSize, extra: isFolded ? stored.count * scalarSize : 0, source: source)
    var rounded = 0
    let matrix: AnyMatrix
    if entry.type.worksInFloat {
      let entries = try Matrix<Float>(stored) { (target) throws(FileError) in
        try fill(target, from: stream, control: control)
      }
      matrix = .float(isFolded ? reordered(entries) : entries)
    } else {
      let entries = try Matrix<Double>(stored) { (target) throws(FileError) in
        rounded = try fill(target, from: stream, control: control)
      }
      matrix = .double(isFolded ? reordered(entries) : entries)
    }
    return try LoadedMatrix(
      resolving: DenseMatrix(matrix, isStoredTransposed: isTransposed), entry: entry, options: options,
      notes: notes(rounded: rounded),
      source: source)
  }

  private func notes(rounded: Int) -> [String] {
    var notes: [String] = []
    if let shape = entry.matrixShape {
      if entry.axes.count == 1 { notes.append("one axis, read as a column") }
      if entry.axes.count > 2 {
        notes.append("axes \(entry.axes.map(String.init).joined(separator: " × ")) folded to \(shape)")
      }
    }
    if rounded > 0 { notes.append("\(rounded) integers beyond 2⁵³ rounded to f64") }
    return notes
  }

  private func fill(
    _ target: UnsafeMutableBufferPointer<Float>, from stream: any ByteStream, control: WorkControl
  ) throws(FileError) {
    if entry.type == .f32 {
      try fillInPlace(target, from: stream, control: control)
      if isBigEndian {
        for index in target.indices { target[index] = Float(bitPattern: target[index].bitPattern.byteSwapped) }
      }
    } else {
      try fillByBlocks(target, from: stream, control: control) { bytes, part in
        ElementDecoding.halves(bytes, isBigEndian: isBigEndian, into: part)
      }
    }
  }

  /// Returns how many integers f64 had to round.
  private func fill(
    _ target: UnsafeMutableBufferPointer<Double>, from stream: any ByteStream, control: WorkControl
  ) throws(FileError) -> Int {
    var rounded = 0
    if entry.type == .f64 {
      try fillInPlace(target, from: stream, control: control)
      if isBigEndian {
        for index in target.indices { target[index] = Double(bitPattern: target[index].bitPattern.byteSwapped) }
      }
    } else {
      try fillByBlocks(target, from: stream, control: control) { bytes, part in
        rounded += ElementDecoding.integers(bytes, type: entry.type, isBigEndian: isBigEndian, into: part)
      }
    }
    return rounded
  }

  /// Elements that are stored in the working precision need no copy.
  private func fillInPlace<Scalar: RealScalar>(
    _ target: UnsafeMutableBufferPointer<Scalar>, from stream: any ByteStream, control: WorkControl
  ) throws(FileError) {
    let bytes = UnsafeMutableRawBufferPointer(target)
    for start in stride(from: 0, to: bytes.count, by: readBlock) {
      try control.advance(Double(start) / Double(bytes.count))
      let end = min(start + readBlock, bytes.count)
      try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start..<end]))
    }
    try control.advance(1)
  }

  private func fillByBlocks<Scalar: RealScalar>(
    _ target: UnsafeMutableBufferPointer<Scalar>, from stream: any ByteStream, control: WorkControl,
    decode: (UnsafeRawBufferPointer, UnsafeMutableBufferPointer<Scalar>) -> Void
  ) throws(FileError) {
    let size = entry.type.size
    let capacity = min(target.count, readBlock / size)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity * size, alignment: 16)
    defer { block.deallocate() }
    for start in stride(from: 0, to: target.count, by: max(1, capacity)) {
      try control.advance(Double(start) / Double(target.count))
      let part = UnsafeMutableBufferPointer(rebasing: target[start..<min(start + capacity, target.count)])
      let bytes = UnsafeMutableRawBufferPointer(rebasing: block[0..<part.count * size])
      try stream.read(into: bytes)
      decode(UnsafeRawBufferPointer(bytes), part)
    }
    try control.advance(1)
  }

  /// Brings the columns of a Fortran-order stack to the order in which axes fold: the last axis fastest.
  private func reordered<Scalar: RealScalar>(_ matrix: Matrix<Scalar>) -> Matrix<Scalar> {
    let rest = Array(entry.axes.dropFirst())
    return Matrix(matrix.shape) { target in
      matrix.withEntries { entries in
        for column in 0..<matrix.columns {
          // `column` counts the axes first-fastest; `place` counts the same position last-fastest.
          var remainder = column
          var place = 0
          for axis in rest {
            place = place * axis + remainder % axis
            remainder /= axis
          }
          guard let from = entries.baseAddress, let to = target.baseAddress else { return }
          (to + place * matrix.rows).update(from: from + column * matrix.rows, count: matrix.rows)
        }
      }
    }
  }
}

extension TensorEntry {
  /// The subject of a sentence about this tensor: "“name”", or "it" for an unnamed one.
  var subject: String { name.map { "“\(printable($0))”" } ?? "it" }
}
