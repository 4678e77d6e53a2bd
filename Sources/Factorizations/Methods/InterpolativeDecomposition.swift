import LinearAlgebra

/// The interpolative decomposition A ≈ A[:, J]·T: k real columns, and the coefficients that make all others of them.
///
/// J are the pivots of a QR factorization, exchanged until |T| ≤ 2; T = A[:, J]⁺A holds the identity at J.
///
/// Source: Cheng, Gimbutas, Martinsson & Rokhlin, SIAM J. Sci. Comput. 26 (2005), 1389–1404.
package struct InterpolativeDecomposition: FactorizationMethod {
  package let id = "id"
  package let title = "interpolative decomposition"
  package let summary =
    "keeps k real columns, the pivots of a QR factorization, and writes all others as combinations of them with "
    + "coefficients of at most 2 (Cheng, Gimbutas, Martinsson & Rokhlin 2005)"
  package let parameterRule = "mk + k(n − k) + k: the chosen columns, the coefficients of the others, k column numbers"
  package let isIterative = false

  package init() {}

  package func factor(
    _ input: FactorizationInput, options: FactorizationOptions, control: WorkControl,
    report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    try admit(input, rank: options.rank)
    let clock = ContinuousClock.now
    let (stored, _) = input.working()
    let skeleton = try Skeleton.columns(
      of: stored, isTransposed: input.matrix.isStoredTransposed, count: options.rank, floor: input.pivotFloor,
      control: control.part(0..<0.8))
    let chosen = input.matrix.selecting(rows: Array(0..<input.shape.rows), columns: skeleton.columns)
    let factors = FactorPair(left: chosen.columnMajor, right: input.narrowed(skeleton.coefficients))
    let progress = FactorizationProgress(
      iteration: 0, seconds: (ContinuousClock.now - clock) / .seconds(1),
      error: try FactorResidual(of: factors, in: input, control: control.part(0.8..<1)).norm,
      factors: options.reportsFactors ? factors : nil)
    report(progress)
    let (m, n, k) = (input.shape.rows, input.shape.columns, skeleton.columns.count)
    var result = Factorization(
      method: id, factors: factors, parameterCount: m * k + k * (n - k) + k,
      parameterSentence:
        "\(m) × \(k) + \(k) × (\(n) − \(k)) + \(k): the chosen columns, the coefficients of the others, "
        + "and the columns' numbers",
      progress: progress, end: .direct)
    result.chosenColumns = skeleton.columns
    return result
  }
}

extension DenseMatrix {
  /// The entries as A's own columns, one after the other.
  package var columnMajor: AnyMatrix { isStoredTransposed ? storage.transposed() : storage }
}
