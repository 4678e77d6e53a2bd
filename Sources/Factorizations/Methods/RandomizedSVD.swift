import LinearAlgebra

/// The SVD within a subspace that random products found.
package struct RandomizedSVD: FactorizationMethod {
  package let id = "randomized"
  package let title = "randomized SVD"
  package let summary =
    "comes near the least ‖A − BC‖ by a small SVD within the span of (AAᵀ)^q·A·Ω, Ω a few more than k random columns "
    + "(Halko, Martinsson & Tropp, SIAM Review 53, 2011)"
  package let parameterRule = "k(m + n): the entries of both factors, σ within the left one"
  package let isIterative = false

  package init() {}

  package func factor(
    _ input: FactorizationInput, options: FactorizationOptions, control: WorkControl,
    report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    try admit(input, rank: options.rank)
    let watch = Stopwatch()
    let svd: SVD
    switch input.matrix.storage {
    case .float(let stored): svd = try leading(WorkingMatrix(stored, of: input), options, control)
    case .double(let stored): svd = try leading(WorkingMatrix(stored, of: input), options, control)
    }
    return try direct(svd, of: input, watch, options, control, report)
  }

  private func leading<Scalar: LAPACKScalar>(
    _ a: WorkingMatrix<Scalar>, _ options: FactorizationOptions, _ control: WorkControl
  ) throws(FactorizationError) -> SVD {
    let found = try RandomizedTriplets(a, options: options, control: control)
    return SVD(
      leftVectors: AnyMatrix(wrapping: found.left), singularValues: found.values.map { $0 * a.scaling.inverse },
      rightVectors: AnyMatrix(wrapping: found.right))
  }
}
