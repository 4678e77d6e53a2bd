import LinearAlgebra

/// Every SVD method.
package enum SolverCatalog {
  package static let all: [any SVDSolver] = [DivideAndConquerSolver()]
}

/// Picks a method by asking each what a request would cost it.
package enum SolverPlanner {
  /// The solver that expects to be done first, among those that can serve `request` and fit in memory.
  ///
  /// - Throws: ``FactorizationError/noSolver(_:)``, or ``FactorizationError/doesNotFit(_:needed:available:)``.
  package static func plan(
    _ request: SolveRequest
  ) throws(FactorizationError) -> (solver: any SVDSolver, plan: SolverPlan) {
    var best: (solver: any SVDSolver, plan: SolverPlan)?
    for solver in SolverCatalog.all {
      guard let plan = solver.plan(request) else { continue }
      if plan.estimatedSeconds < best?.plan.estimatedSeconds ?? .infinity { best = (solver, plan) }
    }
    guard let best else { throw .noSolver(request.shape) }
    let available = Double(AvailableMemory.bytes())
    guard best.plan.estimatedBytes <= available else {
      throw .doesNotFit(request.shape, needed: best.plan.estimatedBytes, available: available)
    }
    return best
  }
}
