import LinearAlgebra

extension Spectrum {
  /// The exact spectrum of `input` from what a solver computed on scaled entries, after a check of what a solver promises:
  /// finite, non-negative, non-increasing.
  ///
  /// - Parameters:
  ///   - scaled: σ in units of `input.scaling`.
  ///   - floor: relative to σ₁, the solver's own precision floor.
  ///   - rounding: relative to ‖A‖_F, a bound on what the solver's rounding did to all σ together.
  ///   - scaling: the units of `scaled` where they are not those of `input.scaling`.
  init(
    _ scaled: [Double], of input: SolveInput, method: String, floor: Double, rounding: Double,
    scaling: RangeScaling? = nil
  ) throws(FactorizationError) {
    let shape = input.shape
    let isOrdered = zip(scaled, scaled.dropFirst()).allSatisfy { $0 >= $1 }
    guard isOrdered, scaled.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw .lapack(.didNotConverge(routine: method, info: 0))
    }
    let inverse = (scaling ?? input.scaling).inverse
    let values = scaled.map { $0 * inverse }
    guard values.first?.isFinite ?? true else { throw .overflow(shape) }
    // Values in the subnormal range are rounded once more, to multiples of the least number.
    let norm = input.summary.frobeniusNorm
    let subnormal = Double(values.count).squareRoot() * Double.leastNonzeroMagnitude
    self.init(
      shape: shape, values: values, frobeniusNorm: norm, precisionFloor: floor,
      rounding: rounding + (norm > 0 ? subnormal / norm : 0))
  }

  /// The spectrum that `svd` already holds, so that values need not be computed again beside the vectors.
  ///
  /// - Parameter svd: an exact thin SVD, all min(m, n) triplets, or all that are not zero.
  package init(_ svd: SVD, of input: SolveInput) {
    let epsilon = svd.leftVectors.epsilon
    let norm = input.summary.frobeniusNorm
    let subnormal = Double(svd.singularValues.count).squareRoot() * Double.leastNonzeroMagnitude
    let zeros = svd.shape.shortSide - svd.singularValues.count
    self.init(
      shape: svd.shape, values: svd.singularValues + Array(repeating: 0, count: zeros), frobeniusNorm: norm,
      precisionFloor: Double(svd.shape.longSide) * max(input.sourceEpsilon, epsilon),
      rounding: backwardStableRounding(svd.shape, epsilon: epsilon) + (norm > 0 ? subnormal / norm : 0))
  }
}

/// A bound on ‖σ̂ − σ‖₂/‖A‖_F of a backward-stable solver in a precision of `epsilon`: √N·eps, about twice the worst that
/// was seen.
///
/// Over 80 matrices of 4² … 1024², 1 × 400, 768 × 3072 and 20000 × 200 (Gaussian, power law, geometric, flat, one spike,
/// large mean; and dense matrices whose spectra are known exactly) gesdd's error was at most 0.56·√N·eps in either
/// precision, and at most 0.29·√N·eps from 64 × 64 on.
package func backwardStableRounding(_ shape: Shape, epsilon: Double) -> Double {
  Double(shape.longSide).squareRoot() * epsilon
}

extension SVD {
  /// The thin SVD of `input` from the factors of its *stored* matrix on scaled entries, checked.
  init(
    storedLeft u: AnyMatrix, scaledValues: [Double], storedRight v: AnyMatrix, of input: SolveInput, method: String
  ) throws(FactorizationError) {
    let values = try Spectrum(scaledValues, of: input, method: method, floor: 0, rounding: 0).values
    // Aᵀ = UΣVᵀ is A = VΣUᵀ.
    self =
      input.source.isStoredTransposed
      ? SVD(leftVectors: v, singularValues: values, rightVectors: u)
      : SVD(leftVectors: u, singularValues: values, rightVectors: v)
  }
}
