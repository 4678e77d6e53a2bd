import LinearAlgebra

/// The thin SVD of f32 entries through the eigenvectors of the Gram matrix: the short side's product, tridiagonalisation
/// and eigenproblem in f64, everything that touches all of A in f32.
///
/// With AᵀA = VΛVᵀ the columns of AV are σ_i·u_i, orthogonal to about eps·σ₁. Where σ_min is far above that they only need
/// their length; elsewhere a QR of AV makes U orthonormal – Cholesky's while the columns are nearly orthogonal,
/// Householder's whatever σ_min is. Its R is Σ up to eps·σ₁, so that A = UΣVᵀ holds as well as any f32 factorization.
package struct MixedGramSolver: ThinSVDSolver {
  package let name = "mixed-gram"
  package let title = "Gram matrix in f64, vectors in f32"

  package init() {}

  /// σ_min/σ₁ from which on the columns of AV only need their length. Rounding of V leaves ‖UᵀU − I‖₁ ≈ √p·eps·σ₁/σ_min:
  /// at most a fifth of what LAPACK's tests accept, and no entry above 500·eps/√p.
  private static func wellConditioned(_ shape: Shape) -> Double {
    max(2e-3, Double(shape.shortSide).squareRoot() / (10 * Double(max(1, shape.longSide))))
  }
  /// σ_min/σ₁ below which the smallest columns of AV are rounding.
  private static let resolved = 1e-5

  package func offer(_ request: SolveRequest) -> SolverOffer {
    guard request.worksInFloat else { return .declined("it would square the condition of f64 entries") }
    guard request.shape.shortSide < 32_768, Int32(exactly: request.shape.longSide) != nil else {
      return .declined("the short side's eigenproblem would exceed 32-bit LAPACK")
    }
    let (p, long) = (request.short, request.long)
    let flops = p * p * long + 4 / 3 * p * p * p + 10 / 3 * p * p * p + 2 * p * p * long + 4 * p * p * long
    return .plan(
      SolverPlan(
        method: name, title: title, reason: "the short side's eigenproblem in f64, its vectors made orthonormal",
        estimatedFlops: flops,
        estimatedBytes: 8 * (3 * p * p + Double(GramMatrix.panelEntries(of: request.shape))) + 4
          * (2 * p * p + p * long + 128 * (p + long)),
        estimatedSeconds: SolverCosts.shared.seconds(name, request, flops: flops),
        precisionFloor: request.precisionFloor, threads: request.threads))
  }

  package func thinSVD(
    of input: SolveInput, threads: Int, control: WorkControl
  ) throws(FactorizationError) -> SVD {
    guard case .float(let a) = input.matrix.storage else {
      throw .declined(method: name, input.shape, reason: "its entries are not f32")
    }
    do {
      let scale = input.scaling.factor
      let gram = try GramMatrix.of(a, scale: scale, control: control.part(0..<0.1))
      let tridiagonal = try Tridiagonalization(consume gram)
      try control.step(0.4)
      let (eigenvalues, vectors) = try tridiagonal.eigensystem()
      try control.step(0.6)
      let values = eigenvalues.reversed().map { max(0, $0).squareRoot() }
      let short = try tridiagonal.back(narrowedReversed(vectors))
      try control.step(0.75)
      let isTall = a.rows >= a.columns
      let isResolved = (values.last ?? 0) > Self.resolved * (values.first ?? 0)
      // Dividing V's columns spares a pass over U's.
      let divided = isResolved ? short.scaledLeadingColumns(values.map { 1 / $0 }) : short
      let product = a.scaled(by: input.scaling).multiplied(by: divided, transposeLeft: !isTall)
      try control.step(0.85)
      let long = try isResolved ? orthonormal(product, values) : ThinQR(product).alignedColumns()
      try control.step(1)
      let (u, v) = isTall ? (long, short) : (short, long)
      return try SVD(storedLeft: .float(u), scaledValues: values, storedRight: .float(v), of: input, method: name)
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch let error as FactorizationError {
      throw error
    } catch {
      throw .cancelled
    }
  }

  /// The columns of AVΣ⁻¹, made orthonormal as far as the condition leaves them from it.
  private func orthonormal(
    _ product: consuming Matrix<Float>, _ values: [Double]
  ) throws(LAPACKError) -> Matrix<Float> {
    var columns = product
    guard let first = values.first, let last = values.last else { return columns }
    if last > Self.wellConditioned(columns.shape) * first { return columns }
    if try columns.orthonormalizeNearlyOrthonormalColumns(limit: 0.05) { return columns }
    return try ThinQR(columns).alignedColumns()
  }
}
