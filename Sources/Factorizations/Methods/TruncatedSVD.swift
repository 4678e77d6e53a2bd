import LinearAlgebra

/// The best of all: U_kΣ_k and V_kᵀ from a thin SVD.
package struct TruncatedSVD: FactorizationMethod {
  package let id = "svd"
  package let title = "truncated SVD"
  package let summary =
    "minimises ‖A − BC‖ in the Frobenius and the spectral norm over all pairs of factors, by a singular value "
    + "decomposition that is cut off after k (Eckart & Young, Psychometrika 1, 1936)"
  package let parameterRule = "k(m + n): the entries of both factors, σ within the left one"
  package let isIterative = false
  package let stopsSoon = false
  private let planner: SolverPlanner

  /// The truncation of what `planner` chooses to compute.
  package init(planner: SolverPlanner = SolverPlanner()) { self.planner = planner }

  package func factor(
    _ input: FactorizationInput, options: FactorizationOptions, control: WorkControl,
    report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    try admit(input, rank: options.rank)
    let watch = Stopwatch()
    let epsilon = input.matrix.storage.epsilon
    let (svd, _) = try planner.forcing(.thinSVD).thinSVD(
      of: SolveInput(matrix: input.matrix, summary: input.summary, sourceEpsilon: epsilon), control: control)
    let all = Array(0..<options.rank)
    let kept = SVD(
      leftVectors: svd.leftVectors.selecting(rows: Array(0..<input.shape.rows), columns: all),
      singularValues: Array(svd.singularValues.prefix(options.rank)),
      rightVectors: svd.rightVectors.selecting(rows: Array(0..<input.shape.columns), columns: all))
    return try direct(kept, of: input, watch, options, control, report)
  }
}

extension FactorizationMethod {
  /// What a method without iterations came to: the triplets `svd`, as many as the rank.
  func direct(
    _ svd: SVD, of input: FactorizationInput, _ watch: Stopwatch, _ options: FactorizationOptions,
    _ control: WorkControl, _ report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    let approximation: LowRankApproximation
    do { approximation = try svd.truncated(to: svd.singularValues.count) } catch { throw .refused(error.description) }
    let pair = FactorPair(left: approximation.left, right: approximation.right)
    let seconds = watch.seconds
    let error: Double
    switch input.matrix.storage {
    case .float(let stored): error = try distance(pair, WorkingMatrix(stored, of: input), control)
    case .double(let stored): error = try distance(pair, WorkingMatrix(stored, of: input), control)
    }
    let progress = FactorizationProgress(
      iteration: 1, seconds: seconds, error: error, factors: options.reportsFactors ? pair : nil)
    try control.advance(1)
    report(progress)
    return Factorization(method: id, factors: pair, progress: progress, end: .direct)
  }

  /// ‖A − BC‖_F in A's units.
  private func distance<Scalar: LAPACKScalar>(
    _ pair: FactorPair, _ a: WorkingMatrix<Scalar>, _ control: WorkControl
  ) throws(FactorizationError) -> Double {
    let (u, v) = a.working(pair)
    return try ErrorMeter(matrix: a).exact(u, v, control: control) * a.scaling.inverse
  }
}
