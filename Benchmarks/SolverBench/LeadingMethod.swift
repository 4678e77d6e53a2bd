import Factorizations
import LinearAlgebra

/// A way to the first triplets: a subspace that grows, or a thin SVD of which the rest is not wanted.
struct LeadingMethod: Sendable {
  /// What was taken, the first singular values, and what is certain of all of them.
  typealias Result = (method: String, values: [Double], spectrum: Spectrum)

  let name: String
  /// Whether it is a subspace that grows.
  let isGrowing: Bool
  /// The first triplets of the input, as many as a subspace of so many dimensions has, on the planner's threads.
  let solve: @Sendable (SolveInput, Int, SolverPlanner) throws -> Result

  /// The growing subspaces first, then every method of the catalog.
  static var all: [LeadingMethod] { growing + SolverCatalog.thinSVD.map { thin($0.name) } }

  /// Subspaces that grow: a name, and how one is opened.
  private static let growing = [subspace(KrylovSolver.name) { input, _ in try KrylovSolver(input) }]

  /// The method called `name`; without one a subspace that grows, or else what the planner takes for a thin SVD.
  static func named(_ name: String?) throws(BenchError) -> LeadingMethod {
    guard let name else { return growing.first ?? thin(nil) }
    guard let method = all.first(where: { $0.name == name }) else {
      throw BenchError("there is no method “\(name)”; there are \(all.map(\.name).joined(separator: ", "))")
    }
    return method
  }

  /// A thin SVD by the catalog's method `name`, or by the planner's choice.
  private static func thin(_ name: String?) -> LeadingMethod {
    LeadingMethod(name: name ?? "thin SVD", isGrowing: false) { input, _, planner in
      let (svd, decision) = try planner.thinSVD(of: input, control: WorkControl())
      return ("all by " + decision.plan.method, svd.singularValues, Spectrum(svd, of: input))
    }
  }

  /// A subspace that `open` starts: widened as asked, with its triplets and its bounds.
  static func subspace(
    _ name: String, _ open: @escaping @Sendable (SolveInput, Int) throws -> any LeadingSolver
  ) -> LeadingMethod {
    LeadingMethod(name: name, isGrowing: true) { input, width, planner in
      BLASThreads.use(planner.threads)
      var solver = try open(input, planner.threads)
      try solver.extend(to: min(width, input.matrix.shape.shortSide), control: WorkControl())
      let spectrum = try solver.spectrum(control: WorkControl())
      return (name, try solver.leadingSVD(control: WorkControl()).singularValues, spectrum)
    }
  }
}
