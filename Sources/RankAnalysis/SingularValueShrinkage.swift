import LinearAlgebra

/// Shrinks the singular values of a noisy matrix, so that U·η(Σ)·Vᵀ is as close to what lies under the noise as singular
/// vectors of the noisy matrix allow.
///
/// Noise makes every σ larger than the signal's own and turns its vectors away; truncation at the best rank leaves both. In
/// units of √N·s and for y ≥ 1 + √β: η(y) = √((y² − β − 1)² − 4β)/y, and 0 below.
///
/// Source: Gavish & Donoho, "Optimal shrinkage of singular values", IEEE Trans. Inf. Theory 63 (2017), 2137–2152.
package struct SingularValueShrinkage: Hashable, Sendable {
  /// β = p/N.
  package let beta: Double
  /// √N·s.
  package let unit: Double

  /// Shrinkage for a matrix of `shape` under white noise of standard deviation `noise`.
  package init(_ shape: Shape, noise: Double) {
    beta = shape.longSide > 0 ? Double(shape.shortSide) / Double(shape.longSide) : 1
    unit = Double(shape.longSide).squareRoot() * noise
  }

  /// η(σ), for the least squared error.
  package func shrunk(_ value: Double) -> Double {
    guard unit > 0 else { return value }
    let y = value / unit
    guard y > 1 + beta.squareRoot() else { return 0 }
    let gap = y * y - beta - 1
    return max(0, gap * gap - 4 * beta).squareRoot() / y * unit
  }

  /// The σ that a signal of singular value `value` shows under the noise, in the limit of large matrices; the noise's own
  /// edge where the noise hides it.
  package func observed(_ value: Double) -> Double {
    guard unit > 0 else { return value }
    let x = value / unit
    guard x > beta.squareRoot().squareRoot() else { return (1 + beta.squareRoot()) * unit }
    return ((x + 1 / x) * (x + beta / x)).squareRoot() * unit
  }
}
