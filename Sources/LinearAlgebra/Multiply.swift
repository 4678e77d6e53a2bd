import COpenBLAS

/// A column-major block inside a larger array: rows × columns entries, `stride` apart from column to column.
package struct Block<Scalar: RealScalar> {
  /// The first entry; may be nil only when the block is empty.
  package let start: UnsafeMutablePointer<Scalar>?
  /// rows × columns.
  package let shape: Shape
  /// The distance between columns ("leading dimension"), at least the number of rows.
  package let stride: Int

  /// A block of `shape` at `start`, its columns `stride` apart.
  package init(_ start: UnsafeMutablePointer<Scalar>?, _ shape: Shape, stride: Int) {
    self.start = start
    self.shape = shape
    self.stride = stride
  }
}

/// C ← α·op(A)·op(B) + β·C by BLAS's gemm.
///
/// The shapes of op(A), op(B) and C must fit and each side must be below 2³¹; nothing is done for an empty C.
package func multiplyAdd<Scalar: RealScalar>(
  _ a: Block<Scalar>, transposeA: Bool = false, _ b: Block<Scalar>, transposeB: Bool = false, into c: Block<Scalar>,
  alpha: Scalar = 1, beta: Scalar = 0
) {
  let inner = transposeA ? a.shape.rows : a.shape.columns
  precondition((transposeA ? a.shape.columns : a.shape.rows) == c.shape.rows, "op(A) and C differ in rows")
  precondition((transposeB ? b.shape.rows : b.shape.columns) == c.shape.columns, "op(B) and C differ in columns")
  precondition((transposeB ? b.shape.columns : b.shape.rows) == inner, "op(A) and op(B) do not fit")
  guard c.shape.count > 0 else { return }
  Scalar.gemm(
    transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, Int32(c.shape.rows),
    Int32(c.shape.columns), Int32(inner), alpha, UnsafePointer(a.start), Int32(max(1, a.stride)),
    UnsafePointer(b.start), Int32(max(1, b.stride)), beta, c.start, Int32(max(1, c.stride)))
}

extension Matrix {
  /// op(self)·op(other) by gemm, as a new matrix.
  package func multiplied(
    by other: Matrix, transposeLeft: Bool = false, transposeRight: Bool = false
  ) -> Matrix {
    let outRows = transposeLeft ? columns : rows
    let outColumns = transposeRight ? other.rows : other.columns
    return Matrix(Shape(outRows, outColumns)) { target in
      withEntries { left in
        other.withEntries { right in
          multiplyAdd(
            Block(UnsafeMutablePointer(mutating: left.baseAddress), shape, stride: rows), transposeA: transposeLeft,
            Block(UnsafeMutablePointer(mutating: right.baseAddress), other.shape, stride: other.rows),
            transposeB: transposeRight, into: Block(target.baseAddress, Shape(outRows, outColumns), stride: outRows))
        }
      }
    }
  }
}
