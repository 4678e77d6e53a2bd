import LinearAlgebra

/// A Krylov subspace with the best bounds that it has given so far.
struct CertifiedSubspace<Scalar: LAPACKScalar>: Sendable {
  /// Q, AᵀQ and the way on.
  private(set) var subspace: KrylovSubspace<Scalar>
  /// ‖A‖_F in scaled units.
  let frobeniusNorm: Double
  /// Draws the starts of certificates: independent of the subspace's own start.
  private var generator: SeededGenerator
  /// Certificates made so far.
  private var stages = 0
  private var known: CertifiedValues?

  init(
    _ a: Matrix<Scalar>, _ frobeniusNorm: Double, seed: UInt64, blockSize: Int
  ) throws(FactorizationError) {
    var seeds = SeededGenerator(seed: seed)
    subspace = try KrylovSubspace(
      NormalProduct(a), blockSize: blockSize, generator: SeededGenerator(seed: seeds.next()))
    generator = SeededGenerator(seed: seeds.next())
    self.frobeniusNorm = frobeniusNorm
  }

  /// Whole blocks until `count` columns are there.
  mutating func extend(to count: Int, control: WorkControl) throws(FactorizationError) {
    let start = subspace.count
    let wanted = min(count, subspace.product.short)
    subspace.reserve(wanted)
    while subspace.count < wanted {
      try control.advance(Double(subspace.count - start) / Double(wanted - start))
      try subspace.advance(control: control)
    }
  }

  /// Bounds of all p values in scaled units; those of an earlier call are kept where they are better.
  mutating func bounds(control: WorkControl) throws(FactorizationError) -> CertifiedValues {
    if let known, known.subspaceCount == subspace.count { return known }
    try control.advance(0)
    let (gram, values) = try subspace.imageValues(control: control)
    try control.advance(0.1)
    let fresh =
      subspace.isComplete && subspace.locked == 0
      ? CertifiedValues(exact: values)
      : try certified(values, gram, control)
    let result = known.map { fresh.intersected(with: $0) } ?? fresh
    known = result
    return result
  }

  private mutating func certified(
    _ values: [Double], _ gram: Matrix<Double>, _ control: WorkControl
  ) throws(FactorizationError) -> CertifiedValues {
    let slack = try self.slack(values.first ?? 0, control)
    let inner = CertifiedBounds(
      count: subspace.product.short, values: values, gram: gram,
      coupling: subspace.coupling.doubleColumns(subspace.coupling.columns), frobeniusNorm: frobeniusNorm,
      slack: slack, leak: subspace.leak.squareRoot())
    // Every stage has half the probability of the one before, and its two bounds share it.
    let failure = KrylovSolver.failureProbability / Double(sign: .plus, exponent: stages + 2, significand: 1)
    let missed = try missedSquare(slack, failure: failure, control)
    try control.advance(0.9)
    let certain = inner.certainMissedSquare
    let isCertain = missed.isCertain || certain <= missed.square
    let square = min(certain, missed.square)
    var upper = try lapack { () throws(LAPACKError) in try inner.upper(missedSquare: square) }
    for (i, bound) in inner.upperFromNorm().enumerated() { upper[i] = min(upper[i], bound) }
    // The start of the subspace itself is random: its largest Ritz value bounds σ₁.
    var usesStart = false
    if let largest = largestValueBound(values.first ?? 0, slack, failure: failure) {
      for i in upper.indices where upper[i] > largest {
        upper[i] = largest
        usesStart = true
      }
    }
    stages += 1
    return CertifiedValues(
      lower: inner.lower, upper: upper, subspaceCount: subspace.count, isCertain: isCertain && !usesStart)
  }

  /// σ₁ ≤ (σ₁(B) + β)/√(1 − ε), from the random start of the subspace.
  private func largestValueBound(_ largest: Double, _ slack: Double, failure: Double) -> Double? {
    let gap = RandomStartBound(
      dimension: subspace.product.short, starts: min(subspace.blockSize, subspace.product.short), steps: subspace.steps
    ).relativeGap(failure: failure)
    return gap.map { (largest + slack) / (1 - $0).squareRoot() }
  }

  /// d ≥ ‖(I − QQᵀ)A‖₂²: θ/(1 − ε) with the largest Ritz value θ of a Krylov space orthogonal to Q from a start of its own;
  /// infinite when that says nothing.
  private mutating func missedSquare(
    _ slack: Double, failure: Double, _ control: WorkControl
  ) throws(FactorizationError) -> (square: Double, isCertain: Bool) {
    var source = generator
    let seed = source.next()
    var certificate = try KrylovSubspace(
      subspace.product, locked: subspace.basis.leadingColumns(subspace.count), blockSize: Certificate.blockSize,
      generator: SeededGenerator(seed: seed))
    let starts = certificate.next.columns
    certificate.reserve(Certificate.blockSize * Certificate.steps)
    while certificate.steps < Certificate.steps, !certificate.isComplete {
      try control.advance(0.2 + 0.7 * Double(certificate.steps) / Double(Certificate.steps))
      try certificate.advance(control: control)
    }
    generator = source
    let theta = try largestRitzValue(certificate, control)
    let bound = RandomStartBound(dimension: subspace.product.short, starts: starts, steps: certificate.steps)
    guard let gap = certificate.isComplete ? 0 : bound.relativeGap(failure: failure) else {
      return (.infinity, false)
    }
    let missed = (theta / (1 - gap)).squareRoot() + slack
    return (missed * missed, certificate.isComplete)
  }

  private func largestRitzValue(
    _ certificate: KrylovSubspace<Scalar>, _ control: WorkControl
  ) throws(FactorizationError) -> Double {
    let images = certificate.images.leadingColumns(certificate.count)
    let token = control.token
    guard let gram = try? GramMatrix.of(images, scale: 1, control: WorkControl(token: token)) else { throw .cancelled }
    return max(0, try lapack { () throws(LAPACKError) in try symmetricEigenvalues(gram) }.first ?? 0)
  }

  /// β: how far the computed B is from QᵀA for an exactly orthonormal Q: ‖QᵀQ − I‖‖A‖₂ and the rounding of the product.
  private func slack(_ largest: Double, _ control: WorkControl) throws(FactorizationError) -> Double {
    let departure = try subspace.departureFromOrthonormality(control: control)
    let systematic = Double(subspace.product.long).squareRoot() * largest
    return departure * largest + Scalar.epsilon * (systematic + 4 * frobeniusNorm)
  }

  private func lapack<Result>(_ body: () throws(LAPACKError) -> Result) throws(FactorizationError) -> Result {
    do { return try body() } catch { throw .lapack(error) }
  }
}

/// The Krylov space that looks at what a basis has missed: 8 random starts, 12 products.
///
/// With a failure probability of 10⁻¹⁰ that leaves ε = 0.11 at p = 4096, as one start with 40 products does, which read A
/// 40 times instead of 12.
private enum Certificate {
  static let blockSize = 8
  static let steps = 12
}

/// Bounds in scaled units.
struct CertifiedValues: Sendable {
  /// Lower and upper bounds, p of each, non-increasing.
  private(set) var lower: [Double]
  private(set) var upper: [Double]
  /// l of the subspace that they come from.
  let subspaceCount: Int
  /// Whether no bound rests on a probability.
  private(set) var isCertain: Bool
  /// Whether the values are exact up to a solver's rounding.
  let isExact: Bool

  /// Exact values.
  init(exact values: [Double]) {
    (lower, upper, subspaceCount, isCertain, isExact) = (values, values, values.count, true, true)
  }

  /// Bounds, made non-increasing.
  init(lower: [Double], upper: [Double], subspaceCount: Int, isCertain: Bool) {
    (self.lower, self.upper) = (lower, upper)
    (self.subspaceCount, self.isCertain, isExact) = (subspaceCount, isCertain, false)
    for i in self.upper.indices.dropFirst() { self.upper[i] = min(self.upper[i], self.upper[i - 1]) }
  }

  /// The better of each bound; exact values stay.
  func intersected(with other: CertifiedValues) -> CertifiedValues {
    guard !isExact else { return self }
    var result = self
    for i in lower.indices {
      result.lower[i] = max(lower[i], other.lower[i])
      result.upper[i] = min(upper[i], other.upper[i])
    }
    result.isCertain = isCertain && other.isCertain
    return result
  }
}
