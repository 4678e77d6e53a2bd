/// A product of two thin factors, A = s·L·R with L m × r and R r × n, that need not be formed: an adapter's ΔW = s·B·A, a
/// head's W_QᵀW_K.
///
/// With L = Q_L·T_L and Rᵀ = Q_R·T_R the singular values of A are those of s·T_L·T_Rᵀ, which is at most r × r, and zeros.
/// All of that is computed in f64, whatever precision the factors have.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., § 5.2 (thin QR) and § 2.4 (the SVD is unitarily invariant).
package struct ThinProduct: Sendable {
  /// L, R and s, from which the entries are made where somebody goes through them.
  package let factors: ThinFactors
  /// ‖A‖_F, from the core.
  package let frobeniusNorm: Double
  /// |s|·‖L‖_F·‖R‖_F: what rounding is relative to.
  package let factorNorm: Double
  /// T_L·T_Rᵀ of factors that were scaled by powers of two, min(m, r) × min(n, r).
  let core: Matrix<Double>
  /// What values of ``core`` are multiplied by to be in A's units; it has the sign of s.
  let unit: Double

  /// The product of `left` and `right` times `scale`; every entry must be finite.
  ///
  /// - Throws: ``LAPACKError/tooLarge(_:)`` when a side reaches 2³¹.
  /// - Complexity: 2(m + n)r² + 2r³ flops and a copy of both factors in f64.
  package init(left: DenseMatrix, right: DenseMatrix, scale: Double = 1) throws(LAPACKError) {
    precondition(left.shape.columns == right.shape.rows, "the factors must fit")
    for side in [left.shape.rows, left.shape.columns, right.shape.columns] where Int32(exactly: side) == nil {
      throw .tooLarge(Shape(left.shape.rows, right.shape.columns))
    }
    let (l, r) = (ScaledFactor(left), ScaledFactor(right.transposed))
    let core = try l.triangle().multiplied(by: r.triangle(), transposeRight: true)
    let unit = scale * l.inverse * r.inverse
    let factorNorm = l.norm * r.norm * abs(unit)
    self.init(
      factors: ThinFactors(left: left, right: right, scale: scale, fitsFloat: factorNorm < 0x1p+126),
      frobeniusNorm: EntrySummary(core).frobeniusNorm * abs(unit), factorNorm: factorNorm, core: core, unit: unit)
  }

  private init(
    factors: ThinFactors, frobeniusNorm: Double, factorNorm: Double, core: Matrix<Double>, unit: Double
  ) {
    self.factors = factors
    self.frobeniusNorm = frobeniusNorm
    self.factorNorm = factorNorm
    self.core = core
    self.unit = unit
  }

  /// L, m × r.
  package var left: DenseMatrix { factors.left }
  /// R, r × n.
  package var right: DenseMatrix { factors.right }
  /// s.
  package var scale: Double { factors.scale }
  /// m × n.
  package var shape: Shape { factors.shape }
  /// r.
  package var innerSide: Int { factors.innerSide }
  /// Whether the working precision is f32: that of both factors, as long as no entry can leave its range.
  package var worksInFloat: Bool { factors.isFloat }

  /// Aᵀ = s·Rᵀ·Lᵀ, sharing the same entries.
  package var transposed: ThinProduct {
    ThinProduct(
      factors: factors.transposed, frobeniusNorm: frobeniusNorm, factorNorm: factorNorm, core: core.transposed(),
      unit: unit)
  }
}

extension ThinProduct {
  /// The first min(m, n, r) singular values; all others are zero.
  ///
  /// - Complexity: that of an r × r matrix.
  package func singularValues() throws(LAPACKError) -> [Double] {
    try DivideAndConquer.singularValues(core).map { $0 * abs(unit) }
  }

  /// The first q = min(m, n, r) singular triplets, which make up all of A: U is m × q, V n × q, in f64.
  ///
  /// - Complexity: 4(m + n)r² + 2(m + n)rq flops and the SVD of an r × r matrix; (m + n)r scalars.
  package func thinSVD() throws(LAPACKError) -> (u: Matrix<Double>, values: [Double], v: Matrix<Double>) {
    let (inner, values, innerTransposed) = try DivideAndConquer.thinSVD(core)
    var u = try ScaledFactor(left).orthonormalTimes(inner)
    if unit < 0 { u.scale(by: -1) }
    let v = try ScaledFactor(right.transposed).orthonormalTimes(innerTransposed.transposed())
    return (u, values.map { $0 * abs(unit) }, v)
  }
}

/// A factor of f64 near 1, one row for each row or column of the product.
private struct ScaledFactor {
  let matrix: Matrix<Double>
  let inverse: Double
  /// ‖factor‖_F as it is scaled.
  let norm: Double

  init(_ factor: DenseMatrix) {
    var entries = factor.storage.widened
    let summary = EntrySummary(entries)
    let scaling = RangeScaling(largestMagnitude: summary.largestMagnitude, worksInFloat: false)
    if scaling != .none { entries.scale(by: scaling.factor) }
    matrix = factor.isStoredTransposed ? entries.transposed() : entries
    inverse = scaling.inverse
    norm = summary.frobeniusNorm * scaling.factor
  }

  /// T of the thin QR; the factor itself where it is wide.
  func triangle() throws(LAPACKError) -> Matrix<Double> {
    matrix.rows >= matrix.columns ? try ThinQR(matrix).triangle : matrix
  }

  /// Q·`inner`.
  func orthonormalTimes(_ inner: Matrix<Double>) throws(LAPACKError) -> Matrix<Double> {
    matrix.rows >= matrix.columns ? try ThinQR(matrix).orthonormalColumns().multiplied(by: inner) : inner
  }
}

extension EntrySummary {
  /// What is known of `product` before it is formed: its norm, and that no entry is larger than that.
  package init(_ product: ThinProduct) {
    self.init(frobeniusNorm: product.frobeniusNorm, bound: product.frobeniusNorm)
  }
}
