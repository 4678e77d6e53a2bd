import LinearAlgebra

/// The exact SVD of a product of thin factors by their QR factorizations, in f64: the m × n product is never formed.
///
/// See ``ThinProduct``. Beyond the r triplets of the factors σ is exactly zero; a thin SVD holds no vectors for those, since
/// they add nothing to any A_k.
package struct ProductSolver: SpectrumSolver, ThinSVDSolver {
  package let name = "product"
  package let title = "thin QR of both factors"

  package init() {}

  package func isMeant(for request: SolveRequest) -> Bool { request.innerSide != nil }
  package var takesFactors: Bool { true }

  package func offer(_ request: SolveRequest) -> SolverOffer {
    guard let r = request.innerSide else { return .declined("it is for products of thin factors") }
    let (m, n) = (min(r, request.shape.rows), min(r, request.shape.columns))
    var core = SolveRequest(
      shape: Shape(m, n), worksInFloat: false, outcome: request.outcome, accuracy: request.accuracy,
      threads: request.threads)
    core.sourceEpsilon = request.sourceEpsilon
    guard case .plan(let plan) = DivideAndConquerSolver().offer(core) else {
      return .declined("the factors have a side beyond 32-bit LAPACK")
    }
    let sides = request.short + request.long
    // Q of both factors and its product with the core's vectors; the triangles are there since the factors were read.
    let flops = request.outcome == .thinSVD ? 6 * sides * Double(r) * Double(r) : 0
    return .plan(
      SolverPlan(
        method: name, title: title, reason: "thin factors of \(r) columns, whose product is never formed",
        estimatedFlops: plan.estimatedFlops + flops,
        estimatedBytes: plan.estimatedBytes + (request.outcome == .thinSVD ? 24 * sides * Double(r) : 0),
        estimatedSeconds: plan.estimatedSeconds + SolverCosts.shared.seconds(name, core, flops: flops),
        precisionFloor: request.precisionFloor, threads: request.threads))
  }

  package func spectrum(
    of input: SolveInput, threads: Int, control: WorkControl
  ) throws(FactorizationError) -> Spectrum {
    let product = try product(of: input)
    let values: [Double]
    do { values = try product.singularValues() } catch { throw .lapack(error) }
    try control.advance(1)
    let shape = product.shape
    let norm = product.frobeniusNorm
    // Rounding is relative to the factors; where they cancel the product has fewer digits.
    let cancellation = norm > 0 ? product.factorNorm / norm : 1
    return try Spectrum(
      padded(values, of: shape), of: input, method: name,
      floor: Double(shape.longSide) * max(input.sourceEpsilon, input.epsilon),
      rounding: backwardStableRounding(shape, epsilon: Double.epsilon) * max(1, cancellation),
      scaling: RangeScaling.none)
  }

  package func thinSVD(
    of input: SolveInput, threads: Int, control: WorkControl
  ) throws(FactorizationError) -> SVD {
    let product = try product(of: input)
    let (u, values, v): (Matrix<Double>, [Double], Matrix<Double>)
    do { (u, values, v) = try product.thinSVD() } catch { throw .lapack(error) }
    try control.advance(1)
    _ = try Spectrum(
      padded(values, of: product.shape), of: input, method: name, floor: 0, rounding: 0, scaling: RangeScaling.none)
    return product.worksInFloat
      ? SVD(leftVectors: .float(narrowed(u)), singularValues: values, rightVectors: .float(narrowed(v)))
      : SVD(leftVectors: .double(u), singularValues: values, rightVectors: .double(v))
  }

  private func product(of input: SolveInput) throws(FactorizationError) -> ThinProduct {
    guard let product = input.source.product else {
      throw .declined(method: name, input.shape, reason: "it is no product of thin factors")
    }
    return product
  }

  private func padded(_ values: [Double], of shape: Shape) -> [Double] {
    values + Array(repeating: 0, count: shape.shortSide - values.count)
  }

  private func narrowed(_ matrix: Matrix<Double>) -> Matrix<Float> {
    Matrix<Float>(matrix.shape) { target in
      matrix.withEntries { for (index, value) in $0.enumerated() { target[index] = Float(value) } }
    }
  }
}
