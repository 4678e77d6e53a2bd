import Factorizations
import LinearAlgebra

/// What one solve cost.
struct Solve: Encodable {
  /// The method taken.
  var method = ""
  /// The threads that it took of those that it might.
  var threads = 1
  /// Monotonic seconds from entries in memory to the result: the planner, the pass over the entries, the solver.
  var seconds = 0.0
  /// … of which the pass over the entries took this.
  var summarySeconds = 0.0
  /// Resident bytes beyond those before, at the peak.
  var extraBytes = 0
  /// All resident bytes at the peak.
  var totalBytes = 0
  /// What the planner had foretold.
  var estimatedSeconds: Double?
  var estimatedBytes: Double?
  /// The flops by the method's own formula.
  var flops: Double?
  /// Of leading triplets: the widest of the first ten certified intervals, relative to its lower end.
  var leadingWidth: Double?
  /// … and how probable it is, at most, that one does not hold.
  var failureProbability: Double?

  private init() {}

  /// All singular values.
  static func values(_ matrix: SolveMatrix, _ planner: SolverPlanner) throws -> (Solve, [Double]) {
    try timed(matrix) { solve, input in
      let (spectrum, decision) = try planner.spectrum(of: input, control: WorkControl())
      solve.take(decision)
      return spectrum.values
    }
  }

  /// All triplets.
  static func thinSVD(_ matrix: SolveMatrix, _ planner: SolverPlanner) throws -> (Solve, [Double]) {
    try timed(matrix) { solve, input in
      let (svd, decision) = try planner.thinSVD(of: input, control: WorkControl())
      solve.take(decision)
      return svd.singularValues
    }
  }

  /// The first `count` triplets from a subspace of `width`, and what is certain of the spectrum when they are there.
  static func leading(
    _ matrix: SolveMatrix, _ count: Int, width: Int, _ planner: SolverPlanner
  ) throws -> (Solve, [Double]) {
    let method = try LeadingMethod.named(planner.method)
    return try timed(matrix) { solve, input in
      let leading = try method.solve(input, width, planner)
      (solve.method, solve.threads) = (leading.method, planner.threads)
      if method.isGrowing {
        let request = planner.request(.values, of: input.matrix, sourceEpsilon: input.sourceEpsilon)
        solve.flops = planner.leadingPlan(request, count: width).estimatedFlops
      }
      solve.leadingWidth = widest(leading.spectrum, count: 10)
      solve.failureProbability = leading.spectrum.failureProbability
      return Array(leading.values.prefix(count))
    }
  }

  /// What the catalog's `method` costs on `threads` threads, whatever the planner thinks of it.
  static func unplanned(
    _ matrix: SolveMatrix, _ outcome: SolveRequest.Outcome, _ method: String, threads: Int
  ) throws -> Solve {
    BLASThreads.use(threads)
    let (values, thin) = (
      SolverCatalog.values.first { $0.name == method }, SolverCatalog.thinSVD.first { $0.name == method }
    )
    return try timed(matrix) { solve, input in
      (solve.method, solve.threads) = (method, threads)
      switch outcome {
      case .values:
        guard let values else { throw BenchError("“\(method)” has no values") }
        return try values.spectrum(of: input, threads: threads, control: WorkControl()).values
      case .thinSVD:
        guard let thin else { throw BenchError("“\(method)” has no vectors") }
        return try thin.thinSVD(of: input, threads: threads, control: WorkControl()).singularValues
      }
    }.0
  }

  /// Times `work` and watches its memory.
  private static func timed(
    _ matrix: SolveMatrix, _ work: (inout Solve, SolveInput) throws -> [Double]
  ) throws -> (Solve, [Double]) {
    var solve = Solve()
    let memory = PeakMemory()
    let clock = ContinuousClock()
    let start = clock.now
    let input = matrix.input
    let prepared = clock.now
    let values = try work(&solve, input)
    let end = clock.now
    solve.seconds = (end - start) / .seconds(1)
    solve.summarySeconds = (prepared - start) / .seconds(1)
    (solve.extraBytes, solve.totalBytes) = (memory.extraBytes, memory.totalBytes)
    return (solve, values)
  }

  private mutating func take(_ decision: SolverDecision) {
    method = decision.plan.method
    threads = decision.plan.threads
    estimatedSeconds = decision.plan.estimatedSeconds
    estimatedBytes = decision.plan.estimatedBytes
    flops = decision.plan.estimatedFlops
  }
}

/// The widest of the first `count` intervals of `spectrum`, relative to its lower end.
private func widest(_ spectrum: Spectrum, count: Int) -> Double {
  zip(spectrum.lower, spectrum.upper).prefix(count).map { $0 > 0 ? ($1 - $0) / $0 : .infinity }.max() ?? 0
}
