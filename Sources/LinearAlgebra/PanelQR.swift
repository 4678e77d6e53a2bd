import COpenBLAS

/// The block reflection Q = I − V T Vᵀ that makes a panel upper triangular: Qᵀ·panel = R.
///
/// V is m × w, unit lower trapezoidal and written out with its ones and zeros, so that gemm alone applies Q; T is w × w,
/// upper triangular. The buffers are kept from panel to panel.
///
/// Source: Schreiber & Van Loan, SIAM J. Sci. Stat. Comput. 10 (1989), 53–57; LAPACK's xGEQRT.
package struct PanelQR<Scalar: LAPACKScalar>: ~Copyable {
  /// V, as large as the largest panel needs; the newest panel's has `rows` rows and stride.
  package let vectors: UnsafeMutablePointer<Scalar>
  /// T, with stride ``width``.
  package let triangle: UnsafeMutablePointer<Scalar>
  /// The widest panel.
  package let width: Int
  private let work: UnsafeMutablePointer<Scalar>

  /// Room for panels of at most `rows` × `width`.
  package init(rows: Int, width: Int) {
    self.width = max(1, width)
    vectors = .allocate(capacity: max(1, rows * width))
    triangle = .allocate(capacity: self.width * self.width)
    work = .allocate(capacity: self.width * self.width)
    triangle.initialize(repeating: 0, count: self.width * self.width)
  }

  deinit {
    vectors.deallocate()
    triangle.deallocate()
    work.deallocate()
  }

  /// Factors `panel` (m × w) in place: R above, V below the diagonal; V and T go to ``vectors`` and ``triangle`` too.
  ///
  /// - Returns: the number of reflections, min(m, w).
  package mutating func factor(_ panel: Block<Scalar>) throws(LAPACKError) -> Int {
    let (m, w) = (panel.shape.rows, panel.shape.columns)
    let count = min(m, w)
    guard let start = panel.start, count > 0 else { return 0 }
    let info = Scalar.geqrt(
      Int32(m), Int32(w), Int32(count), start, Int32(panel.stride), triangle, Int32(width), work)
    if info < 0 { throw .illegalArgument(routine: "geqrt", info: Int(info)) }
    writeOutVectors(start, panel.stride, rows: m, count: count, into: vectors)
    return count
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func writeOutVectors<Scalar: LAPACKScalar>(
  _ panel: UnsafeMutablePointer<Scalar>, _ stride: Int, rows: Int, count: Int,
  into vectors: UnsafeMutablePointer<Scalar>
) {
  for j in 0..<count {
    let column = vectors + j * rows
    column.update(repeating: 0, count: j)
    column[j] = 1
    let below = rows - j - 1
    if below > 0 { (column + j + 1).update(from: panel + j * stride + j + 1, count: below) }
  }
}

/// B ← B·T or B·Tᵀ with T upper triangular, by BLAS's trmm.
package func multiplyFromRight<Scalar: LAPACKScalar>(
  _ b: Block<Scalar>, byUpper t: UnsafePointer<Scalar>, stride: Int, transposed: Bool = false
) {
  guard let start = b.start, b.shape.count > 0 else { return }
  Scalar.trmmRightUpper(
    transposed ? CblasTrans : CblasNoTrans, Int32(b.shape.rows), Int32(b.shape.columns), t, Int32(stride), start,
    Int32(b.stride))
}
