import LinearAlgebra

/// Picks the solver for a request: the one of ``SolverCatalog`` whose own estimate is lowest.
package enum SolverPlanner {
  /// The cheapest solver that serves `request`, and its plan.
  ///
  /// - Throws: ``FactorizationError/noSolver(_:)`` when none can.
  /// - Complexity: constant; nothing is allocated or computed yet.
  package static func plan(
    _ request: SolveRequest
  ) throws(FactorizationError) -> (solver: any SVDSolver, plan: SolverPlan) {
    var best: (solver: any SVDSolver, plan: SolverPlan)?
    for solver in SolverCatalog.all {
      guard let plan = solver.plan(request) else { continue }
      if best.map({ plan.estimatedSeconds < $0.plan.estimatedSeconds }) ?? true { best = (solver, plan) }
    }
    guard let best else { throw .noSolver(request.shape) }
    return best
  }

  /// All singular values of `matrix` by the cheapest solver.
  ///
  /// - Parameters:
  ///   - summary: what one pass over the entries found; they must be finite.
  ///   - sourceEpsilon: eps of the format that the entries came from, 2⁻²³ or 2⁻⁵²: it bounds what can be signal.
  package static func spectrum(
    of matrix: DenseMatrix, summary: EntrySummary, sourceEpsilon: Double, control: WorkControl
  ) throws(FactorizationError) -> (Spectrum, SolverPlan) {
    let (solver, plan) = try plan(SolveRequest(matrix, .values))
    return (
      try solver.spectrum(of: matrix, summary: summary, sourceEpsilon: sourceEpsilon, control: control), plan
    )
  }

  /// The thin SVD of `matrix` by the cheapest solver.
  package static func thinSVD(
    of matrix: DenseMatrix, summary: EntrySummary, control: WorkControl
  ) throws(FactorizationError) -> (SVD, SolverPlan) {
    let (solver, plan) = try plan(SolveRequest(matrix, .thinSVD))
    return (try solver.thinSVD(of: matrix, summary: summary, control: control), plan)
  }
}
