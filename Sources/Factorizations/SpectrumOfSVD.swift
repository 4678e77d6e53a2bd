import LinearAlgebra

extension Spectrum {
  /// The spectrum that `svd` already holds, so that values need not be computed again beside the vectors.
  ///
  /// - Parameters:
  ///   - svd: an exact thin SVD, all min(m, n) triplets.
  ///   - summary: what one pass over the entries of A found.
  ///   - sourceEpsilon: eps of the format that the entries came from, 2⁻²³ or 2⁻⁵².
  package init(_ svd: SVD, summary: EntrySummary, sourceEpsilon: Double) {
    let epsilon = svd.leftVectors.epsilon
    let norm = summary.frobeniusNorm
    // Values in the subnormal range are rounded once more.
    let subnormal = Double(svd.singularValues.count).squareRoot() * Double.leastNonzeroMagnitude
    self.init(
      shape: svd.shape, values: svd.singularValues, frobeniusNorm: norm,
      precisionFloor: Double(svd.shape.longSide) * max(sourceEpsilon, epsilon),
      rounding: DivideAndConquerSolver.rounding(svd.shape, epsilon: epsilon) + (norm > 0 ? subnormal / norm : 0))
  }
}
