import LinearAlgebra

/// Alternating least squares over the entries that are there: every row of U, and every row of V, is the solution of
/// normal equations of its own, (Σ vvᵀ + λI)·u = Σ a·v over the observed entries of the row.
///
/// It works in f64: a row with few entries squares a large condition number.
///
/// Source: Zhou, Wilkinson, Schreiber & Pan, AAIM 2008, LNCS 5034, 337–348, with λ the same for every row.
struct MatrixCompletion {
  private let shape: Shape
  private let rows: ObservedEntries
  private let columns: ObservedEntries
  private let scaling: RangeScaling
  private let isFloat: Bool
  private let options: FactorizationOptions
  private let control: WorkControl
  /// Factors transposed, k × m and k × n: a column is what one row or column of A is made of.
  private var left: Matrix<Double>
  private var right: Matrix<Double>

  init(_ input: FactorizationInput, _ options: FactorizationOptions, _ control: WorkControl) {
    shape = input.shape
    scaling = RangeScaling(largestMagnitude: input.summary.largestMagnitude, worksInFloat: false)
    rows = ObservedEntries(input.matrix, rows: true, scale: scaling.factor)
    columns = ObservedEntries(input.matrix, rows: false, scale: scaling.factor)
    isFloat = input.matrix.storage.isFloat
    self.options = options
    self.control = control
    left = Matrix(zeros: Shape(options.rank, shape.rows))
    right =
      options.start.map { Matrix<Double>(rounding: $0.right) }
      ?? .gaussian(Shape(shape.columns, options.rank), seed: options.seed).transposed()
  }

  /// Alternates until it is done.
  mutating func factor(
    method: String, report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    let watch = Stopwatch()
    let ridge = max(0, options.ridge * scaling.factor)
    var end = Factorization.End.limit
    var last = FactorizationProgress(iteration: 0, seconds: 0, error: .infinity)
    let norm = columns.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for number in 1...max(1, options.iterations) {
      _ = try Self.solve(&left, with: right, rows, ridge, control)
      let error = try Self.solve(&right, with: left, columns, ridge, control).squareRoot()
      let progress = FactorizationProgress(
        iteration: number, seconds: watch.seconds, error: error * scaling.inverse,
        factors: options.reportsFactors ? pair : nil)
      let fall = last.error - progress.error
      last = progress
      try control.advance(Double(number) / Double(max(1, options.iterations)))
      report(progress)
      if options.tolerance > 0 && number > 1 && fall <= options.tolerance * (fall + progress.error)
        || error <= 1e-14 * norm
      {
        end = .converged
        break
      }
      if let limit = options.secondsLimit, watch.seconds >= limit { break }
    }
    return Factorization(method: method, factors: pair, progress: last, end: end)
  }

  /// The factors in A's units and precision.
  private var pair: FactorPair {
    var b = left.transposed()
    if scaling != .none { b.scale(by: scaling.inverse) }
    return isFloat
      ? FactorPair(left: .float(Matrix<Float>(b)), right: .float(Matrix<Float>(right)))
      : FactorPair(left: .double(b), right: .double(right))
  }

  /// Every column of `target` from the normal equations of its line's entries; the sum of squares that is left.
  ///
  /// - Complexity: 2k² + 4k flops an entry, k³/3 a line.
  private static func solve(
    _ target: inout Matrix<Double>, with held: Matrix<Double>, _ lines: ObservedEntries, _ ridge: Double,
    _ control: WorkControl
  ) throws(FactorizationError) -> Double {
    var solver = LineSolver(held, ridge: ridge)
    var rest = 0.0
    for line in 0..<lines.count {
      if line % 16 == 0 { try control.goOn() }
      let range = lines.starts[line]..<lines.starts[line + 1]
      rest += target.withMutableBlock(columns: line..<line + 1) { x in
        lines.values.withUnsafeBufferPointer { values in
          let entries = Block(
            values.baseAddress.map { UnsafeMutablePointer(mutating: $0 + range.lowerBound) }, Shape(range.count, 1),
            stride: max(1, range.count))
          return solver.solve(entries, at: lines.places[range], into: x)
        }
      }
    }
    return rest
  }
}
