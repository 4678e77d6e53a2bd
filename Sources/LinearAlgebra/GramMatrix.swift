import COpenBLAS

/// The Gram matrix of a dense one, in f64.
package enum GramMatrix {
  /// The entries of a panel: many enough for the product, few enough to stay in the cache and to cancel soon.
  package static func panelEntries(of shape: Shape) -> Int {
    let p = max(1, shape.shortSide)
    // As many as the result has, within a megabyte and eight.
    return min(shape.longSide, min(1 << 20, max(1 << 17, p * p)) / p) * p
  }

  /// AᵀA or AAᵀ, whichever is smaller, p × p in its lower triangle, of A times `scale`.
  ///
  /// The entries are widened to f64 panel by panel, so that products of f32 entries are exact; no copy of A is made,
  /// however it lies.
  ///
  /// - Parameter control: asked between panels.
  /// - Complexity: p²N flops; p² scalars and a panel of at most 2²⁰.
  package static func of<Scalar: RealScalar>(
    _ a: Matrix<Scalar>, scale: Double, control: WorkControl
  ) throws(Cancelled) -> Matrix<Double> {
    let p = a.shape.shortSide
    let isTall = a.rows >= a.columns
    var gram = Matrix<Double>(zeros: Shape(p, p))
    guard p > 0 else { return gram }
    let long = a.shape.longSide
    let step = panelEntries(of: a.shape) / p
    let panel = UnsafeMutablePointer<Double>.allocate(capacity: step * p)
    defer { panel.deallocate() }
    for first in stride(from: 0, to: long, by: step) {
      try control.step(Double(first) / Double(long))
      let count = min(step, long - first)
      a.withEntries { entries in
        if isTall {
          widenRows(entries, stride: a.rows, first..<first + count, columns: p, scale: scale, into: panel)
        } else {
          Scalar.widen(
            UnsafeBufferPointer(rebasing: entries[first * p..<(first + count) * p]), scale: scale, into: panel)
        }
      }
      gram.withMutableEntries { g in
        cblas_dsyrk(
          CblasColMajor, CblasLower, isTall ? CblasTrans : CblasNoTrans, Int32(p), Int32(count), 1, panel,
          Int32(isTall ? count : p), 1, g.baseAddress, Int32(p))
      }
    }
    return gram
  }
}

/// A range of the rows, one column after the other.
private func widenRows<Scalar: RealScalar>(
  _ source: UnsafeBufferPointer<Scalar>, stride: Int, _ rows: Range<Int>, columns: Int, scale: Double,
  into target: UnsafeMutablePointer<Double>
) {
  for column in 0..<columns {
    let start = column * stride + rows.lowerBound
    Scalar.widen(
      UnsafeBufferPointer(rebasing: source[start..<start + rows.count]), scale: scale,
      into: target + column * rows.count)
  }
}
