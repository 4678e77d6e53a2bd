import Glibc
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
      return .declined("squaring loses σ below \(Self.text(floor))·σ₁, which the source resolves")
    }
    let (p, long) = (request.short, request.long)
    let flops = p * p * long + 4 / 3 * p * p * p
    return .plan(
      SolverPlan(
        method: name, title: title, reason: "one product with the short side, then its eigenvalues",
        estimatedFlops: flops,
        estimatedBytes: 8 * (p * p + Double(GramMatrix.panelEntries(of: request.shape)) + 64 * p) + 64 * p,
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
      values = try symmetricEigenvalues(consume gram)
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch {
      throw .cancelled
    }
    try control.advance(1)
    let shape = input.shape
    let squares = values.map { max(0, $0) }
    let sourceFloor = Double(shape.longSide) * max(input.sourceEpsilon, input.epsilon)
    let floor = max(Self.floor(shape), sourceFloor)
    let exact = try Spectrum(
      squares.map { $0.squareRoot() }, of: input, method: name, floor: floor, rounding: Self.rounding(shape))
    // Where the source resolves more, the values are no exact ones: σ² is known to within the Gram matrix's rounding.
    guard Self.floor(shape) > sourceFloor else { return exact }
    let norm = input.summary.frobeniusNorm * input.scaling.factor
    let slack = 8 * Double.epsilon * norm * norm
    return Spectrum(
      shape: shape, lower: squares.map { max(0, $0 - slack).squareRoot() * input.scaling.inverse },
      upper: squares.map { ($0 + slack).squareRoot() * input.scaling.inverse },
      frobeniusNorm: input.summary.frobeniusNorm, precisionFloor: sourceFloor,
      rounding: backwardStableRounding(shape, epsilon: Double.epsilon), failureProbability: 0)
  }

  /// "1.3e-7".
  private static func text(_ floor: Double) -> String {
    let exponent = Int(log10(floor).rounded(.down))
    let mantissa = (floor / pow(10, Double(exponent)) * 10).rounded() / 10
    return "\(mantissa)e\(exponent)"
  }

  /// A bound on ‖σ̂ − σ‖₂/‖A‖_F: by Wielandt and Hoffman ‖λ̂ − λ‖₂ ≤ ‖E‖_F, and |σ̂ − σ|² ≤ |λ̂ − λ|, so that
  /// ‖σ̂ − σ‖₂² ≤ √p·‖E‖_F with ‖E‖_F ≤ c·eps·‖A‖_F².
  static func rounding(_ shape: Shape) -> Double {
    let p = max(1, Double(shape.shortSide))
    return (p.squareRoot() * 4 * Double.epsilon).squareRoot()
  }
}
