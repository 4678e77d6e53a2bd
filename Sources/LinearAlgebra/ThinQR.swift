/// The QR factorization A = QR of an m × n matrix with m ≥ n by Householder reflections, xGEQRF: Q has orthonormal
/// columns to working precision, whatever the rank of A.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., § 5.2.
package struct ThinQR<Scalar: LAPACKScalar> {
  private var reflections: Matrix<Scalar>
  private var tau: [Scalar]
  private let work: Int

  /// Factors `a`, which is consumed.
  ///
  /// - Throws: ``LAPACKError/tooLarge(_:)`` when a side reaches 2³¹.
  package init(_ a: consuming Matrix<Scalar>) throws(LAPACKError) {
    let shape = a.shape
    precondition(shape.rows >= shape.columns, "a thin QR factorization needs as many rows as columns")
    work = max(1, 64 * shape.columns)
    guard Int32(exactly: shape.rows) != nil, Int32(exactly: work) != nil else { throw .tooLarge(shape) }
    tau = [Scalar](repeating: 0, count: shape.columns)
    reflections = a
    guard shape.columns > 0 else { return }
    var scratch = [Scalar](repeating: 0, count: work)
    var factors = tau
    let info = reflections.withMutableEntries { entries -> Int32 in
      guard let start = entries.baseAddress else { return 0 }
      return Scalar.geqrf(
        Int32(shape.rows), Int32(shape.columns), start, Int32(shape.rows), &factors, &scratch, Int32(scratch.count))
    }
    tau = factors
    if info != 0 { throw .illegalArgument(routine: "geqrf", info: Int(info)) }
  }

  /// R, n × n and upper triangular, as f64.
  package var triangle: Matrix<Double> {
    let n = reflections.columns
    return Matrix<Double>(Shape(n, n)) { i, j in i <= j ? Double(reflections[i, j]) : 0 }
  }

  /// Q, m × n.
  package consuming func orthonormalColumns() throws(LAPACKError) -> Matrix<Scalar> {
    var q = reflections
    let shape = q.shape
    guard shape.columns > 0 else { return q }
    var scratch = [Scalar](repeating: 0, count: work)
    let factors = tau
    let info = q.withMutableEntries { entries -> Int32 in
      guard let start = entries.baseAddress else { return 0 }
      return Scalar.orgqr(
        Int32(shape.rows), Int32(shape.columns), Int32(shape.columns), start, Int32(shape.rows), factors, &scratch,
        Int32(scratch.count))
    }
    if info != 0 { throw .illegalArgument(routine: "orgqr", info: Int(info)) }
    return q
  }

  /// Q with R's diagonal not negative: column j points the way that A's column j does.
  package consuming func alignedColumns() throws(LAPACKError) -> Matrix<Scalar> {
    let signs = (0..<reflections.columns).map { reflections[$0, $0] < 0 ? -1.0 : 1 }
    return try orthonormalColumns().scaledLeadingColumns(signs)
  }
}
