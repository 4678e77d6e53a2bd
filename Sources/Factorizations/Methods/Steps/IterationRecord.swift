import LinearAlgebra

/// The bookkeeping of an iterative method: its clock, its errors, its reports and its end.
struct IterationRecord<Scalar: LAPACKScalar> {
  private let meter: ErrorMeter<Scalar>
  private let options: FactorizationOptions
  private let control: WorkControl
  private var watch = Stopwatch()
  /// What was reported last.
  private(set) var last: FactorizationProgress?
  /// Why no iteration should follow; nil as long as one should.
  private(set) var end: Factorization.End?

  init(_ matrix: WorkingMatrix<Scalar>, _ options: FactorizationOptions, _ control: WorkControl) {
    meter = ErrorMeter(matrix: matrix)
    self.options = options
    self.control = control
  }

  /// The number of the iteration that comes next, from 1; nil at the end.
  mutating func next() -> Int? {
    let number = (last?.iteration ?? 0) + 1
    if end == nil, number > options.iterations { end = .limit }
    return end == nil ? number : nil
  }

  /// Measures and reports iteration `number`; what measuring takes beyond the estimate is not the method's time.
  ///
  /// - Parameters:
  ///   - estimate: the error, where it is known well enough.
  ///   - mayEnd: whether a small decrease means that the method is done.
  /// - Returns: the error, in the units of the working matrix.
  @discardableResult
  mutating func note(
    _ number: Int, estimate: Double?, _ u: Matrix<Scalar>, _ v: Matrix<Scalar>, stepSize: Double? = nil,
    mayEnd: Bool = true, report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Double {
    watch.pause()
    defer { watch.goOn() }
    let scaling = meter.matrix.scaling
    let error = if let estimate { estimate } else { try meter.exact(u, v, control: control) }
    let progress = FactorizationProgress(
      iteration: number, seconds: watch.seconds, error: error * scaling.inverse, stepSize: stepSize,
      factors: options.reportsFactors ? meter.matrix.pair(u, v) : nil)
    if mayEnd, let last, last.error - progress.error <= options.tolerance * last.error, options.tolerance > 0 {
      end = .converged
    } else if error <= 4 * Scalar.epsilon * meter.matrix.norm {
      end = .converged
    } else if let limit = options.secondsLimit, watch.seconds >= limit {
      end = .limit
    }
    last = progress
    try control.advance(Double(number) / Double(max(1, options.iterations)))
    report(progress)
    return error
  }

  /// The result with factors U and V, its error measured from every entry.
  mutating func finish(
    _ method: String, _ u: Matrix<Scalar>, _ v: Matrix<Scalar>
  ) throws(FactorizationError) -> Factorization {
    watch.pause()
    let error = try meter.exact(u, v, control: control) * meter.matrix.scaling.inverse
    let pair = meter.matrix.pair(u, v)
    let progress = FactorizationProgress(
      iteration: last?.iteration ?? 0, seconds: last?.seconds ?? watch.seconds, error: error, stepSize: last?.stepSize,
      factors: options.reportsFactors ? pair : nil)
    return Factorization(method: method, factors: pair, progress: progress, end: end ?? .limit)
  }
}

/// Seconds of work; pauses do not count.
struct Stopwatch {
  private let clock = ContinuousClock()
  private var began: ContinuousClock.Instant?
  private var before = Duration.zero

  init() { began = clock.now }

  mutating func pause() {
    if let began { before += began.duration(to: clock.now) }
    began = nil
  }

  mutating func goOn() { if began == nil { began = clock.now } }

  /// What has passed so far.
  var seconds: Double {
    let all = before + (began.map { $0.duration(to: clock.now) } ?? .zero)
    return Double(all.components.seconds) + Double(all.components.attoseconds) * 1e-18
  }
}
