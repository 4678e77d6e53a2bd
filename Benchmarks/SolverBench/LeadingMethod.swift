import Factorizations
import LinearAlgebra

/// A way to the first triplets: a subspace that grows, or a thin SVD of which the rest is not wanted.
struct LeadingMethod: Sendable {
  /// The first singular values, and certain bounds of all of them where the method has any.
  typealias Result = (values: [Double], spectrum: Spectrum?)

  let name: String
  /// The first `count` triplets of the input on the planner's threads.
  let solve: @Sendable (SolveInput, Int, SolverPlanner) throws -> Result

  /// The growing subspaces first, then every method of the catalog.
  static var all: [LeadingMethod] { growing + SolverCatalog.thinSVD.map { thin($0.name) } }

  /// Subspaces that grow: a name, and how one is opened.
  private static let growing: [LeadingMethod] = []

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
    LeadingMethod(name: name ?? "thin SVD") { input, _, planner in
      let svd = try planner.thinSVD(of: input, control: WorkControl()).0
      return (svd.singularValues, Spectrum(svd, of: input))
    }
  }

  /// A subspace that `open` starts: widened to the number of triplets asked for, with its triplets and its bounds.
  static func subspace(
    _ name: String, _ open: @escaping @Sendable (SolveInput, Int) throws -> any LeadingSolver
  ) -> LeadingMethod {
    LeadingMethod(name: name) { input, count, planner in
      BLASThreads.use(planner.threads)
      var solver = try open(input, planner.threads)
      try solver.extend(to: min(count, input.matrix.shape.shortSide), control: WorkControl())
      let spectrum = try solver.spectrum(control: WorkControl())
      return (try solver.leadingSVD(control: WorkControl()).singularValues, spectrum)
    }
  }
}
