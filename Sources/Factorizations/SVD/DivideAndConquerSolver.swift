import LinearAlgebra

/// LAPACK's divide-and-conquer SVD (xGESDD) in the stored precision: exact up to rounding, for every shape.
///
/// The stored matrix is copied, for gesdd destroys its input; a stored transpose is solved as it lies and U and V are
/// swapped. One call cannot be interrupted: cancellation is checked before and after it.
package struct DivideAndConquerSolver: SpectrumSolver, ThinSVDSolver {
  package let name = "gesdd"
  package let title = "gesdd (divide and conquer)"

  package init() {}

  package func offer(_ request: SolveRequest) -> SolverOffer {
    let vectors = request.outcome == .thinSVD
    let addressable =
      request.worksInFloat
      ? DivideAndConquer<Float>.canAddress(request.shape, vectors: vectors)
      : DivideAndConquer<Double>.canAddress(request.shape, vectors: vectors)
    guard addressable else { return .declined("a side or its work space reaches 2³¹, beyond 32-bit LAPACK") }
    let flops = flops(request)
    return .plan(
      SolverPlan(
        method: name, title: title, reason: "LAPACK's own, for every shape", estimatedFlops: flops,
        estimatedBytes: bytes(request),
        estimatedSeconds: SolverCosts.shared.seconds(name, request, flops: flops),
        precisionFloor: request.precisionFloor, threads: request.threads))
  }

  /// With p the short side and N the long one, the reduction to bidiagonal form takes 4p²N − 4/3·p³ flops, or 2p²N + 2p³
  /// after a QR factorization when one side is much longer; the vectors take about 4p²N + 20/3·p³ more.
  ///
  /// Source: Golub & Van Loan, Matrix Computations, 4th ed., § 8.6.
  private func flops(_ request: SolveRequest) -> Double {
    let (p, long) = (request.short, request.long)
    let reduction = min(4 * p * p * long - 4 / 3 * p * p * p, 2 * p * p * long + 2 * p * p * p)
    return reduction + (request.outcome == .thinSVD ? 4 * p * p * long + 20 / 3 * p * p * p : 0)
  }

  /// The copy of the matrix, the work space and the results.
  private func bytes(_ request: SolveRequest) -> Double {
    let (p, long) = (request.short, request.long)
    let vectors = request.outcome == .thinSVD
    let scratch = 64 * (p + long) + (vectors ? 5 * p * p + 10 * p : 3 * p + max(long, 7 * p))
    return request.elementSize * (p * long + scratch + (vectors ? p * (p + long) : 0)) + 48 * p
  }

  package func spectrum(
    of input: SolveInput, threads: Int, control: WorkControl
  ) throws(FactorizationError) -> Spectrum {
    let scaled: [Double] =
      switch input.matrix.storage {
      case .float(let a): try singularValues(a, input.scaling).map(Double.init)
      case .double(let a): try singularValues(a, input.scaling)
      }
    try control.advance(1)
    let (shape, epsilon) = (input.shape, input.epsilon)
    return try Spectrum(
      scaled, of: input, method: name, floor: Double(shape.longSide) * max(input.sourceEpsilon, epsilon),
      rounding: backwardStableRounding(shape, epsilon: epsilon))
  }

  package func thinSVD(
    of input: SolveInput, threads: Int, control: WorkControl
  ) throws(FactorizationError) -> SVD {
    let (u, scaled, v): (AnyMatrix, [Double], AnyMatrix)
    switch input.matrix.storage {
    case .float(let a):
      let factors = try thinSVD(a, input.scaling)
      (u, scaled, v) = (.float(factors.u), factors.values.map(Double.init), .float(factors.vt.transposed()))
    case .double(let a):
      let factors = try thinSVD(a, input.scaling)
      (u, scaled, v) = (.double(factors.u), factors.values, .double(factors.vt.transposed()))
    }
    try control.advance(1)
    return try SVD(storedLeft: u, scaledValues: scaled, storedRight: v, of: input, method: name)
  }

  private func singularValues<Scalar: RealScalar>(
    _ a: Matrix<Scalar>, _ scaling: RangeScaling
  ) throws(FactorizationError) -> [Scalar] {
    do { return try DivideAndConquer.singularValues(a.scaled(by: scaling)) } catch { throw .lapack(error) }
  }

  private func thinSVD<Scalar: RealScalar>(
    _ a: Matrix<Scalar>, _ scaling: RangeScaling
  ) throws(FactorizationError) -> (u: Matrix<Scalar>, values: [Scalar], vt: Matrix<Scalar>) {
    do { return try DivideAndConquer.thinSVD(a.scaled(by: scaling)) } catch { throw .lapack(error) }
  }
}

extension Matrix {
  /// The matrix itself in the ordinary range, where a consuming call makes the one copy; otherwise a scaled copy.
  func scaled(by scaling: RangeScaling) -> Matrix {
    guard scaling != .none else { return self }
    var copy = self
    copy.scale(by: Scalar(scaling.factor))
    return copy
  }
}
