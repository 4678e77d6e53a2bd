import LinearAlgebra

/// Leading singular triplets by a block Krylov method, with certified bounds of every singular value.
///
/// The working precision is that of the matrix; norms and the small eigenproblems are in f64.
///
/// Sources: Musco & Musco, NeurIPS 2015 (block Krylov); Kuczyński & Woźniakowski 1992 (``RandomStartBound``).
package struct KrylovSolver: LeadingSolver {
  /// The identifier in plans and in the table of costs.
  package static let name = "krylov"
  /// The probability, at most, that any bound of any spectrum of one solver does not hold.
  package static let failureProbability = 1e-10
  /// Columns of a block.
  package static let defaultBlockSize = 16

  /// How many columns to extend to for good figures of the `leading` triplets: 256 for up to 64.
  ///
  /// At 4096² that leaves the leading ten within 0.4 % of a spectrum ∝ 1/i with noise, and within 3.6 % of a flat one.
  package static func columns(leading: Int) -> Int { max(256, leading + 192) }

  private let input: SolveInput
  private var space: any CertifiedSpace

  /// A solver of `input` that has not begun yet; the same matrix and seed give the same results.
  ///
  /// The seed is mixed with figures of the matrix, so that no matrix can be made for a seed: the bounds' probability is
  /// that of a start that does not depend on the entries.
  ///
  /// - Throws: ``FactorizationError/nonFinite(count:)``; ``FactorizationError/overflow(_:)`` when ‖A‖_F is beyond f64.
  package init(
    _ input: SolveInput, seed: UInt64 = 0, blockSize: Int = defaultBlockSize
  ) throws(FactorizationError) {
    let bad = input.summary.nonFiniteCount
    guard bad == 0 else { throw .nonFinite(count: bad) }
    guard input.summary.frobeniusNorm.isFinite else { throw .overflow(input.shape) }
    let norm = input.summary.frobeniusNorm * input.scaling.factor
    self.input = input
    let seed = seed ^ input.summary.fingerprint
    switch input.matrix.storage {
    case .float(let a):
      space = try CertifiedSubspace(a.scaled(by: input.scaling), norm, seed: seed, blockSize: blockSize)
    case .double(let a):
      space = try CertifiedSubspace(a.scaled(by: input.scaling), norm, seed: seed, blockSize: blockSize)
    }
  }

  package var count: Int { space.count }

  package mutating func extend(to count: Int, control: WorkControl) throws(FactorizationError) {
    try space.extend(to: count, control: control)
    try control.advance(1)
  }

  package mutating func spectrum(control: WorkControl) throws(FactorizationError) -> Spectrum {
    let bounds = try space.bounds(control: control)
    try control.advance(1)
    let (shape, epsilon) = (input.shape, input.epsilon)
    let floor = Double(shape.longSide) * max(input.sourceEpsilon, epsilon)
    let rounding = backwardStableRounding(shape, epsilon: epsilon)
    if bounds.isExact {
      return try Spectrum(bounds.lower, of: input, method: "block Krylov", floor: floor, rounding: rounding)
    }
    // Subnormal values are rounded once more. No value exceeds ‖A‖_F.
    let (inverse, norm) = (input.scaling.inverse, input.summary.frobeniusNorm)
    let largest = min(norm * (1 + 1e-13), .greatestFiniteMagnitude)
    let lower = bounds.lower.map { value in
      let scaled = value * inverse
      return value == 0 || scaled.isNormal ? scaled : max(0, scaled.nextDown)
    }
    let upper = zip(bounds.upper, lower).map { value, lower in
      let scaled = value * inverse
      return max(lower, min(largest, value == 0 || scaled.isNormal ? scaled : scaled.nextUp))
    }
    return Spectrum(
      shape: shape, lower: lower, upper: upper, frobeniusNorm: norm, precisionFloor: floor, rounding: rounding,
      failureProbability: bounds.isCertain ? 0 : Self.failureProbability)
  }

  package func leadingSVD(control: WorkControl) throws(FactorizationError) -> SVD {
    let (short, scaled, long) = try space.leadingTriplets(control: control)
    let values = scaled.map { $0 * input.scaling.inverse }
    guard values.first?.isFinite ?? true else { throw .overflow(input.shape) }
    // A has its rows on the short side or the long one.
    return input.shape.rows < input.shape.columns
      || input.shape.rows == input.shape.columns && !input.source.isStoredTransposed
      ? SVD(leftVectors: short, singularValues: values, rightVectors: long)
      : SVD(leftVectors: long, singularValues: values, rightVectors: short)
  }
}

extension EntrySummary {
  /// Bits that any change of the entries changes, and a power of two does not.
  fileprivate var fingerprint: UInt64 {
    [frobeniusNorm, minimum, maximum].reduce(0) { bits, figure in
      (bits ^ figure.significandBitPattern) &* 0x9E37_79B9_7F4A_7C15
    }
  }
}

/// A ``CertifiedSubspace`` of either precision.
private protocol CertifiedSpace: Sendable {
  var count: Int { get }
  mutating func extend(to count: Int, control: WorkControl) throws(FactorizationError)
  mutating func bounds(control: WorkControl) throws(FactorizationError) -> CertifiedValues
  func leadingTriplets(control: WorkControl) throws(FactorizationError) -> (
    short: AnyMatrix, values: [Double], long: AnyMatrix
  )
}

extension CertifiedSubspace: CertifiedSpace {
  var count: Int { subspace.count }

  func leadingTriplets(control: WorkControl) throws(FactorizationError) -> (
    short: AnyMatrix, values: [Double], long: AnyMatrix
  ) {
    let (short, values, long) = try subspace.triplets(control: control)
    return (AnyMatrix(short), values, AnyMatrix(long))
  }
}

extension AnyMatrix {
  /// `matrix` in its own precision.
  fileprivate init<Scalar: RealScalar>(_ matrix: Matrix<Scalar>) {
    if let matrix = matrix as? Matrix<Float> {
      self = .float(matrix)
    } else if let matrix = matrix as? Matrix<Double> {
      self = .double(matrix)
    } else {
      preconditionFailure("BLAS knows two precisions")
    }
  }
}
