import LinearAlgebra

/// A ≈ C·U·R with k real columns C and k real rows R of A, and U = C⁺AR⁺, the best k × k matrix between them.
///
/// Columns and rows are the pivots of QR factorizations of A and of Aᵀ. With C = Q_C·T_C and Rᵀ = Q_R·T_R,
/// U = T_C⁻¹(Q_CᵀAQ_R)T_R⁻ᵀ. The factors are C and UR.
///
/// Sources: Mahoney & Drineas, PNAS 106 (2009), 697–702; Sorensen & Embree, SIAM J. Sci. Comput. 38 (2016), A1454–A1482;
/// Stewart, Numer. Math. 83 (1999), 313–323 (pivoted QR both ways).
package struct CURDecomposition: FactorizationMethod {
  package let id = "cur"
  package let title = "CUR decomposition"
  package let summary =
    "keeps k real columns C and k real rows R, the pivots of QR factorizations both ways, and U = C⁺AR⁺ between them "
    + "(Mahoney & Drineas 2009; Sorensen & Embree 2016)"
  package let parameterRule =
    "mk + k² + kn + 2k: the chosen columns and rows, the k × k matrix between them, their 2k numbers"
  package let isIterative = false

  package init() {}

  package func factor(
    _ input: FactorizationInput, options: FactorizationOptions, control: WorkControl,
    report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    try admit(input, rank: options.rank)
    let clock = ContinuousClock.now
    let (stored, scaling) = input.working()
    let isTransposed = input.matrix.isStoredTransposed
    let (k, floor) = (options.rank, input.pivotFloor)
    let columns = try Skeleton.columns(
      of: stored, isTransposed: isTransposed, count: k, floor: floor, control: control.part(0..<0.4))
    let rows = try Skeleton.columns(
      of: stored, isTransposed: !isTransposed, count: k, floor: floor, control: control.part(0.4..<0.8))
    var left = columns.coordinates.multiplied(by: rows.basis)
    left.solve(upper: columns.triangle)
    // U·R = T_C⁻¹(Q_CᵀAQ_R)Q_Rᵀ does not pass through T_R⁻¹.
    let right = left.multiplied(by: rows.basis, transposeRight: true)
    var middle = left.transposed()
    middle.solve(upper: rows.triangle)
    middle.scale(by: scaling.factor)

    let chosen = input.matrix.selecting(rows: Array(0..<input.shape.rows), columns: columns.columns)
    let factors = FactorPair(left: chosen.columnMajor, right: input.narrowed(right))
    let progress = FactorizationProgress(
      iteration: 0, seconds: (ContinuousClock.now - clock) / .seconds(1),
      error: try FactorResidual(of: factors, in: input, control: control.part(0.8..<1)).norm,
      factors: options.reportsFactors ? factors : nil)
    report(progress)
    let (m, n, c, r) = (input.shape.rows, input.shape.columns, columns.columns.count, rows.columns.count)
    var result = Factorization(
      method: id, factors: factors, parameterCount: m * c + c * r + r * n + c + r,
      parameterSentence:
        "\(m) × \(c) + \(c) × \(r) + \(r) × \(n) + \(c + r): the chosen columns, the matrix between, the "
        + "chosen rows, and their numbers",
      progress: progress, end: .direct)
    result.chosenColumns = columns.columns
    result.chosenRows = rows.columns
    result.middle = input.narrowed(middle.transposed())
    return result
  }
}
