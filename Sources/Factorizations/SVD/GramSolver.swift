import LinearAlgebra

/// All singular values as the square roots of the eigenvalues of AᵀA or AAᵀ, whichever is smaller, formed in f64.
///
/// Every σ is right to about 1e-8·σ₁, better than any solver that works in f32; σ below that are lost. So it serves f32,
/// f16 and bf16 sources in full, and f64 sources only as a preview.
package struct GramSolver: SpectrumSolver {
  package let name = "gram"
  package let title = "Gram matrix in f64, tridiagonal"

  package init() {}

  package func offer(_ request: SolveRequest) -> SolverOffer {
    guard request.shape.shortSide < 46_340 else { return .declined("the Gram matrix would exceed 32-bit LAPACK") }
    let floor = Self.floor(request.shape)
    guard request.accuracy == .preview || floor <= request.precisionFloor else {
      return .declined("its floor of 1e-8·σ₁ lies above that of the source; --accuracy preview allows it")
    }
    let (p, long) = (request.short, request.long)
    let flops = p * p * long + 4 / 3 * p * p * p
    return .plan(
      SolverPlan(
        method: name, title: title, reason: "one product with the short side, its squares exact in f64",
        estimatedFlops: flops, estimatedBytes: 8 * (p * p + 0x1p20 + 64 * p) + 64 * p,
        estimatedSeconds: SolverCosts.shared.seconds(name, request, flops: flops),
        precisionFloor: max(floor, request.precisionFloor), threads: request.threads))
  }

  /// Relative to σ₁. With λ̂ − λ ≤ c·eps·λ₁ for eigenvalues of the computed Gram matrix, c growing like √p in practice, σ
  /// near zero are off by √(c·eps)·σ₁.
  static func floor(_ shape: Shape) -> Double {
    2 * (Double.epsilon * max(1, Double(shape.shortSide)).squareRoot()).squareRoot()
  }

  package func spectrum(
    of input: SolveInput, threads: Int, control: WorkControl
  ) throws(FactorizationError) -> Spectrum {
    let values: [Double]
    do {
      let gram =
        switch input.matrix.storage {
        case .float(let a): try GramMatrix.of(a, scale: input.scaling.factor, control: control)
        case .double(let a): try GramMatrix.of(a, scale: input.scaling.factor, control: control)
        }
      try control.step(0.5)
      values = try Tridiagonalization(consume gram).eigenvalues()
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch {
      throw .cancelled
    }
    try control.advance(1)
    let shape = input.matrix.shape
    let floor = Self.floor(shape)
    return try Spectrum(
      values.reversed().map { max(0, $0).squareRoot() }, of: input, method: name,
      floor: max(floor, Double(shape.longSide) * max(input.sourceEpsilon, input.matrix.storage.epsilon)),
      rounding: Self.rounding(shape))
  }

  /// A bound on ‖σ̂ − σ‖₂/‖A‖_F: by Wielandt and Hoffman ‖λ̂ − λ‖₂ ≤ ‖E‖_F, and |σ̂ − σ|² ≤ |λ̂ − λ|, so that
  /// ‖σ̂ − σ‖₂² ≤ √p·‖E‖_F with ‖E‖_F ≤ c·eps·‖A‖_F².
  static func rounding(_ shape: Shape) -> Double {
    let p = max(1, Double(shape.shortSide))
    return (p.squareRoot() * 4 * Double.epsilon).squareRoot()
  }
}
