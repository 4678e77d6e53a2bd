import LinearAlgebra

extension LowRankApproximation {
  /// Hands A_k = L·R to `body` in blocks of whole rows, each in row-major order, in the working precision.
  ///
  /// A block is Rᵀ·(rows of L)ᵀ, whose columns are the rows of A_k: nothing is transposed. Peak memory is one block of
  /// about 4 MiB.
  func forEachRowBlock(
    control: WorkControl, float: (UnsafeBufferPointer<Float>) throws(FileError) -> Void,
    double: (UnsafeBufferPointer<Double>) throws(FileError) -> Void
  ) throws(FileError) {
    switch (left, right) {
    case (.float(let left), .float(let right)): try product(left, right, control: control, float)
    case (.double(let left), .double(let right)): try product(left, right, control: control, double)
    default: preconditionFailure("both factors must share one precision")
    }
  }

  private func product<Scalar: RealScalar>(
    _ left: Matrix<Scalar>, _ right: Matrix<Scalar>, control: WorkControl,
    _ body: (UnsafeBufferPointer<Scalar>) throws(FileError) -> Void
  ) throws(FileError) {
    let columns = right.columns
    guard left.rows > 0, columns > 0 else { return }
    let height = max(1, min(left.rows, readBlock / (columns * MemoryLayout<Scalar>.size)))
    for start in stride(from: 0, to: left.rows, by: height) {
      try control.advance(Double(start) / Double(left.rows))
      let count = min(height, left.rows - start)
      let block = Matrix<Scalar>(Shape(columns, count)) { target in
        guard rank > 0 else { return }
        left.withEntries { l in
          right.withEntries { r in
            multiplyAdd(
              Block(UnsafeMutablePointer(mutating: r.baseAddress), right.shape, stride: right.rows), transposeA: true,
              Block(
                UnsafeMutablePointer(mutating: l.baseAddress.map { $0 + start }), Shape(count, rank), stride: left.rows),
              transposeB: true, into: Block(target.baseAddress, Shape(columns, count), stride: columns))
          }
        }
      }
      try block.withEntries(body)
    }
    try control.advance(1)
  }
}
