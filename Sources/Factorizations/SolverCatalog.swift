/// Every SVD solver there is. A new one is one file under `SVD/` and one line here.
package enum SolverCatalog {
  /// The solvers, in no particular order: ``SolverPlanner`` asks each for its cost.
  package static let all: [any SVDSolver] = [DivideAndConquerSolver()]
}
