import LinearAlgebra

/// (WWᵀ + λI)x = b for a W of m × n and λ > 0; by Cholesky also λ = 0 where WWᵀ is regular.
package struct RidgeSystem {
  /// W: A itself, or the factor L = UΣ of A_k, for which LLᵀ = A_kA_kᵀ because the rows of Vᵀ are orthonormal.
  package let a: Matrix<Double>
  /// λ.
  package let lambda: Double

  /// The system of `a` and `lambda`.
  package init(a: Matrix<Double>, lambda: Double) {
    self.a = a
    self.lambda = lambda
  }

  /// x by the Cholesky factorization of the m × m matrix.
  ///
  /// - Throws: ``NotPositiveDefinite``.
  /// - Complexity: m²n + m³/3 + 2m² flops; m² scalars.
  package func solveByCholesky(_ b: [Double]) throws(NotPositiveDefinite) -> [Double] {
    try Cholesky(lowerTriangleOf: a.shiftedGram(shift: lambda)).solve(b)
  }

  /// x = (b − W(λI + WᵀW)⁻¹Wᵀb)/λ, through the n × n capacitance matrix.
  ///
  /// - Throws: ``NotPositiveDefinite`` where that is singular.
  /// - Complexity: mn² + n³/3 + 4mn + 2n² flops; n² scalars.
  ///
  /// Source: Woodbury, Memorandum Report 42, Princeton (1950); Golub & Van Loan, Matrix Computations, § 2.1.4.
  package func solveByWoodbury(_ b: [Double]) throws(NotPositiveDefinite) -> [Double] {
    let capacitance = try Cholesky(lowerTriangleOf: a.shiftedGram(transposed: true, shift: lambda))
    let correction = a.times(capacitance.solve(a.times(b, transposed: true)))
    return zip(b, correction).map { ($0 - $1) / lambda }
  }

  /// ‖(WWᵀ + λI)x − b‖/‖b‖.
  package func residual(_ x: [Double], _ b: [Double]) -> Double {
    let product = a.times(a.times(x, transposed: true))
    return norm(zip(zip(product, x), b).map { $0.0 + lambda * $0.1 - $1 }) / norm(b)
  }
}

/// ‖x‖₂.
func norm(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }

/// ‖x − y‖₂.
func distance(_ x: [Double], _ y: [Double]) -> Double { norm(zip(x, y).map { $0 - $1 }) }
