import LinearAlgebra

/// All singular values in two stages, in the stored precision: dense → band by matrix products, band → bidiagonal by
/// chasing bulges in f64, then dqds. Backward stable; a tall matrix is made square by QR first.
///
/// It can be cancelled between panels and between groups of sweeps; only dqds runs in one piece.
///
/// Source: Großer & Lang, Parallel Comput. 25 (1999), 969–986; Haidar, Kurzak & Luszczek, SC '13, art. 90.
package struct TwoStageSolver: SpectrumSolver {
  package let name = "two-stage"
  package let title = "two-stage (band, then bidiagonal)"
  private let bandwidth: Int?

  /// - Parameter bandwidth: the width of the band between the stages; nil chooses it by size.
  package init(bandwidth: Int? = nil) { self.bandwidth = bandwidth }

  package func offer(_ request: SolveRequest) -> SolverOffer {
    guard Int32(exactly: request.shape.longSide) != nil else {
      return .declined("a side reaches 2³¹, beyond 32-bit BLAS")
    }
    let width = Double(bandwidth(for: request.shape))
    let (p, long) = (request.short, request.long)
    let tall = isTall(request.shape)
    let flops = (tall ? 2.5 * p * p * long + 2 * p * p * p : 4 * (long - p / 3) * p * p) + 8 * p * p * width
    let copied = tall ? 6 * p * p : p * long
    let copies = request.elementSize * (copied + 7 * width * (p + min(long, 5 * p)))
    return .plan(
      SolverPlan(
        method: name, title: title, reason: "matrix products, then a band that stays in the cache",
        estimatedFlops: flops,
        estimatedBytes: copies + BandMatrix.bytes(count: request.shape.shortSide, bandwidth: Int(width)) + 64 * p,
        estimatedSeconds: SolverCosts.shared.seconds(name, request, flops: flops),
        precisionFloor: request.precisionFloor, threads: request.threads))
  }

  package func spectrum(
    of input: SolveInput, threads: Int, control: WorkControl
  ) throws(FactorizationError) -> Spectrum {
    let scaled: [Double] =
      switch input.matrix.storage {
      case .float(let a): try singularValues(a, input.scaling, threads, control)
      case .double(let a): try singularValues(a, input.scaling, threads, control)
      }
    try control.advance(1)
    let (shape, epsilon) = (input.shape, input.epsilon)
    return try Spectrum(
      scaled, of: input, method: name, floor: Double(shape.longSide) * max(input.sourceEpsilon, epsilon),
      rounding: backwardStableRounding(shape, epsilon: epsilon))
  }

  private func singularValues<Scalar: LAPACKScalar>(
    _ a: Matrix<Scalar>, _ scaling: RangeScaling, _ threads: Int, _ control: WorkControl
  ) throws(FactorizationError) -> [Double] {
    guard a.shape.shortSide > 0 else { return [] }
    let width = bandwidth(for: a.shape)
    do {
      let band = try band(of: a, scaling, width: width, control.part(0..<0.85))
      let (diagonal, superdiagonal) = try band.bidiagonal(threads: threads, control: control.part(0.85..<0.97))
      return try bidiagonalSingularValues(diagonal: diagonal, superdiagonal: superdiagonal)
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch BandReductionError.lapack(let error) {
      throw .lapack(error)
    } catch {
      throw .cancelled
    }
  }

  private func band<Scalar: LAPACKScalar>(
    of a: Matrix<Scalar>, _ scaling: RangeScaling, width: Int, _ control: WorkControl
  ) throws(BandReductionError) -> BandMatrix {
    // A copy that stands upright: the reduction destroys it.
    var copy: Matrix<Scalar>
    var rest = control
    if isTall(a.shape) {
      copy = try TallQR.triangle(of: a, scale: Scalar(scaling.factor), control: control.part(0..<0.5))
      rest = control.part(0.5..<1)
    } else {
      copy = a.rows >= a.columns ? a : a.transposed()
      if scaling != .none { copy.scale(by: Scalar(scaling.factor)) }
    }
    let shape = copy.shape
    return try copy.withMutableEntries { entries throws(BandReductionError) in
      let whole = Block(entries.baseAddress, shape, stride: shape.rows)
      try BandReduction.reduce(whole, bandwidth: width, control: rest)
      return BandMatrix(whole, bandwidth: width)
    }
  }

  /// Whether a QR first pays: 2p²N + 2p³ flops are fewer than 4p²N − 4/3·p³.
  private func isTall(_ shape: Shape) -> Bool { 3 * shape.longSide > 5 * shape.shortSide }

  /// Wide enough for the products, narrow enough for the chase, whose work grows with it.
  private func bandwidth(for shape: Shape) -> Int {
    if let bandwidth { return bandwidth }
    switch shape.shortSide {
    case ..<384: return 12
    case ..<1536: return 16
    case ..<3072: return 32
    default: return 48
    }
  }
}
