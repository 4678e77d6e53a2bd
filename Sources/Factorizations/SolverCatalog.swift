/// Every SVD solver there is. A new one is one file under `SVD/` and one line here.
package enum SolverCatalog {
  /// The solvers of singular values, in no particular order: ``SolverPlanner`` asks each for its cost.
  package static let values: [any SpectrumSolver] = [
    TwoStageSolver(), GramSolver(), DivideAndConquerSolver(), ProductSolver(),
  ]
  /// The solvers of values and vectors.
  package static let thinSVD: [any ThinSVDSolver] = [MixedGramSolver(), DivideAndConquerSolver(), ProductSolver()]

  /// The solvers of `outcome`.
  package static func solvers(of outcome: SolveRequest.Outcome) -> [any SVDSolver] {
    switch outcome {
    case .values: values
    case .thinSVD: thinSVD
    }
  }

  /// The identifiers that `--method` takes.
  package static var names: [String] {
    let all = values.map(\.name) + thinSVD.map(\.name)
    return all.enumerated().filter { !all[..<$0.offset].contains($0.element) }.map(\.element)
  }
}
