import LinearAlgebra

/// LAPACK's gesdd: every singular value, or all of the thin SVD, in the working precision.
///
/// Source: Gu & Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995), 172–191.
package struct DivideAndConquerSolver: SVDSolver {
  package init() {}

  package func plan(_ request: SolveRequest) -> SolverPlan? {
    let (p, n) = (Double(request.shape.shortSide), Double(request.shape.longSide))
    let size = request.worksInFloat ? 4.0 : 8.0
    let isTall = n >= 1.6 * p
    // Bidiagonalisation, after a QR factorization where one side is much longer; vectors need about as much again.
    let values = isTall ? 2 * n * p * p + 2 * p * p * p : 4 * n * p * p - 4 / 3 * p * p * p
    let flops = request.outcome == .values ? values : values + (isTall ? 4 * n * p * p + 9 * p * p * p : 14 * n * p * p)
    let work =
      request.worksInFloat
      ? DivideAndConquer<Float>.workSpaceBytes(request.shape, vectors: request.outcome == .thinSVD)
      : DivideAndConquer<Double>.workSpaceBytes(request.shape, vectors: request.outcome == .thinSVD)
    let results = request.outcome == .values ? 0 : 2 * (n + p) * p * size
    return SolverPlan(
      method: "gesdd", reason: "divide and conquer: exact to working precision, and small enough here",
      estimatedFlops: flops, estimatedBytes: n * p * size + Double(work) + results,
      estimatedSeconds: flops / Self.rate(request))
  }

  /// FLOPs a second on one core of the machine it was measured on: half of bidiagonalisation is bound by memory, so that
  /// the rate falls once the matrix leaves the cache.
  private static func rate(_ request: SolveRequest) -> Double {
    let isLarge = request.shape.count * (request.worksInFloat ? 4 : 8) > 16 << 20
    switch (request.outcome, request.worksInFloat) {
    case (.values, true): return isLarge ? 17e9 : 22e9
    case (.values, false): return isLarge ? 7e9 : 11e9
    case (.thinSVD, true): return isLarge ? 50e9 : 40e9
    case (.thinSVD, false): return isLarge ? 22e9 : 20e9
    }
  }

  package func spectrum(
    of matrix: DenseMatrix, summary: EntrySummary, sourceEpsilon: Double, control: WorkControl
  ) throws(FactorizationError) -> Spectrum {
    let values: [Double]
    switch matrix.storage {
    case .float(let entries): values = try Self.values(entries, summary)
    case .double(let entries): values = try Self.values(entries, summary)
    }
    let long = Double(matrix.shape.longSide)
    let epsilon = matrix.storage.epsilon
    return Spectrum(
      shape: matrix.shape, values: values, frobeniusNorm: summary.frobeniusNorm,
      precisionFloor: long * max(sourceEpsilon, epsilon), rounding: 4 * long.squareRoot() * epsilon)
  }

  package func thinSVD(
    of matrix: DenseMatrix, summary: EntrySummary, control: WorkControl
  ) throws(FactorizationError) -> SVD {
    switch matrix.storage {
    case .float(let entries):
      let (u, values, v) = try Self.factors(entries, summary)
      return Self.svd(.float(u), values, .float(v), isTransposed: matrix.isStoredTransposed)
    case .double(let entries):
      let (u, values, v) = try Self.factors(entries, summary)
      return Self.svd(.double(u), values, .double(v), isTransposed: matrix.isStoredTransposed)
    }
  }

  private static func svd(_ u: AnyMatrix, _ values: [Double], _ v: AnyMatrix, isTransposed: Bool) -> SVD {
    isTransposed
      ? SVD(leftVectors: v, singularValues: values, rightVectors: u)
      : SVD(leftVectors: u, singularValues: values, rightVectors: v)
  }

  private static func values<Scalar: RealScalar>(
    _ entries: Matrix<Scalar>, _ summary: EntrySummary
  ) throws(FactorizationError) -> [Double] {
    let (scaled, scale) = try scaledCopy(entries, summary)
    do { return ordered(try DivideAndConquer.singularValues(scaled), scale) } catch { throw .lapack(error) }
  }

  private static func factors<Scalar: RealScalar>(
    _ entries: Matrix<Scalar>, _ summary: EntrySummary
  ) throws(FactorizationError) -> (u: Matrix<Scalar>, values: [Double], v: Matrix<Scalar>) {
    let (scaled, scale) = try scaledCopy(entries, summary)
    do {
      let (u, values, vt) = try DivideAndConquer.thinSVD(scaled)
      return (u, ordered(values, scale), vt.transposed())
    } catch {
      throw .lapack(error)
    }
  }

  /// A copy for gesdd to destroy, its entries brought near 1 by a power of two where their squares would leave the range
  /// of the scalar.
  private static func scaledCopy<Scalar: RealScalar>(
    _ entries: Matrix<Scalar>, _ summary: EntrySummary
  ) throws(FactorizationError) -> (Matrix<Scalar>, scale: Double) {
    guard summary.nonFiniteCount == 0 else { throw .nonFinite(count: summary.nonFiniteCount) }
    let largest = summary.largestMagnitude
    let limit = Scalar.self == Float.self ? 0x1p40 : 0x1p400
    guard largest > 0, largest > limit || largest < 1 / limit else { return (entries, 1) }
    // Two exact factors: the reciprocal of a subnormal's power of two is not representable.
    let scale = largest.binade
    let half = Double(sign: .plus, exponent: -Int(scale.exponent) / 2, significand: 1)
    let rest = Double(sign: .plus, exponent: -Int(scale.exponent) - Int(half.exponent), significand: 1)
    let scaled = Matrix<Scalar>(entries.shape) { target in
      entries.withEntries { source in
        for index in source.indices { target[index] = Scalar(Double(source[index]) * half * rest) }
      }
    }
    return (scaled, scale)
  }

  private static func ordered<Scalar: RealScalar>(_ values: [Scalar], _ scale: Double) -> [Double] {
    values.map { Double($0) * scale }.sorted(by: >)
  }
}
