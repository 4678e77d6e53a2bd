/// A dense m × n matrix of `Float` or `Double`: column-major and contiguous, as BLAS and LAPACK expect.
///
/// Copies share one buffer until one of them is mutated. Entry (i, j) lies at `i + j * rows`.
package struct Matrix<Scalar: RealScalar>: Sendable {
  /// m × n.
  package let shape: Shape
  private var storage: MatrixStorage<Scalar>

  /// The number of rows, m.
  package var rows: Int { shape.rows }
  /// The number of columns, n.
  package var columns: Int { shape.columns }

  /// A matrix whose entries `initialize` writes, all of them, in column-major order.
  ///
  /// - Parameter initialize: receives rows × columns entries, which are zero.
  package init<Failure: Error>(
    _ shape: Shape, initialize: (UnsafeMutableBufferPointer<Scalar>) throws(Failure) -> Void
  ) throws(Failure) {
    self.shape = shape
    storage = MatrixStorage(count: shape.count)
    try initialize(storage.buffer)
  }

  /// The m × n zero matrix.
  package init(zeros shape: Shape) {
    self.init(shape) { _ in }
  }

  /// A matrix from its rows, which must all have the same length.
  package init(rows: [[Scalar]]) {
    let shape = Shape(rows.count, rows.first?.count ?? 0)
    self.init(shape) { buffer in
      for (i, row) in rows.enumerated() {
        precondition(row.count == shape.columns, "every row must have the same length")
        for (j, value) in row.enumerated() { buffer[i + j * shape.rows] = value }
      }
    }
  }

  /// A matrix whose entry (i, j) is `entry(i, j)`.
  package init(_ shape: Shape, entry: (Int, Int) -> Scalar) {
    self.init(shape) { buffer in
      for j in 0..<shape.columns {
        for i in 0..<shape.rows { buffer[i + j * shape.rows] = entry(i, j) }
      }
    }
  }

  /// Entry (i, j), counted from zero.
  package subscript(_ i: Int, _ j: Int) -> Scalar {
    get {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "index out of range")
      return storage.buffer[i + j * rows]
    }
    set {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "index out of range")
      makeUnique()
      storage.buffer[i + j * rows] = newValue
    }
  }

  /// Reads the m·n entries in column-major order.
  package func withEntries<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(storage.buffer))
  }

  /// Changes the m·n entries in place; copies them first if another matrix shares them.
  package mutating func withMutableEntries<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    makeUnique()
    return try body(storage.buffer)
  }

  /// The n × m transpose, copied in tiles that fit the cache.
  package func transposed() -> Matrix {
    Matrix(shape.transposed) { target in
      transposeTiled(from: UnsafeBufferPointer(storage.buffer), into: target, rows: rows, columns: columns)
    }
  }

  /// The first `count` columns, copied.
  package func leadingColumns(_ count: Int) -> Matrix {
    precondition(count >= 0 && count <= columns, "more columns than there are")
    return Matrix(Shape(rows, count)) { target in
      guard count > 0, rows > 0, let from = storage.buffer.baseAddress else { return }
      target.baseAddress?.update(from: from, count: rows * count)
    }
  }

  /// The first `count` rows, copied; itself when that is all.
  package func leadingRows(_ count: Int) -> Matrix {
    precondition(count >= 0 && count <= rows, "more rows than there are")
    if count == rows { return self }
    return Matrix(Shape(count, columns)) { target in
      guard count > 0, let to = target.baseAddress, let from = storage.buffer.baseAddress else { return }
      for j in 0..<columns { (to + j * count).update(from: from + j * rows, count: count) }
    }
  }

  /// The given rows and columns, in that order, copied.
  package func selecting(rows chosenRows: [Int], columns chosenColumns: [Int]) -> Matrix {
    precondition(chosenRows.allSatisfy { $0 >= 0 && $0 < rows }, "a row that is not there")
    precondition(chosenColumns.allSatisfy { $0 >= 0 && $0 < columns }, "a column that is not there")
    return Matrix(Shape(chosenRows.count, chosenColumns.count)) { target in
      let source = storage.buffer
      for (j, column) in chosenColumns.enumerated() {
        for (i, row) in chosenRows.enumerated() {
          target[i + j * chosenRows.count] = source[row + column * rows]
        }
      }
    }
  }

  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = MatrixStorage(copying: storage) }
  }
}

/// Writes the transpose of the column-major rows × columns `source` to `target`, tile by tile.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func transposeTiled<Scalar: RealScalar>(
  from source: UnsafeBufferPointer<Scalar>, into target: UnsafeMutableBufferPointer<Scalar>, rows: Int, columns: Int
) {
  let tile = 32
  for j0 in stride(from: 0, to: columns, by: tile) {
    for i0 in stride(from: 0, to: rows, by: tile) {
      for j in j0..<min(j0 + tile, columns) {
        for i in i0..<min(i0 + tile, rows) { target[j + i * columns] = source[i + j * rows] }
      }
    }
  }
}
