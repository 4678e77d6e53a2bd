import Factorizations
import LinearAlgebra
import Preparation
import RankAnalysis

extension Solving {
  /// The leading triplets of `prepared` with bounds of all its values; nil when the exact spectrum is as soon, or a method
  /// was asked for, which then decides.
  ///
  /// - Parameter rank: triplets that are wanted in any case.
  static func preview(
    of prepared: PreparedMatrix, _ planner: SolverPlanner, atLeast rank: Int = 0,
    _ outcome: SolveRequest.Outcome = .values, _ progress: ProgressLine
  ) throws(FactorizationError) -> SolvedPreview? {
    guard planner.accuracy == .preview, planner.method == nil else { return nil }
    let input = prepared.solveInput
    var planner = planner
    planner.isAlone = true
    // Good figures of the leading triplets take more columns; where the exact result comes sooner than those, the least.
    let leading = max(SolvedPreview.usualCount, rank)
    let counts = [KrylovSolver.columns(leading: leading), leading]
    guard let (count, decision) = planner.firstPreview(of: input, counts: counts, outcome) else { return nil }
    progress.begin("leading singular values of \(input.shape)")
    let clock = Stopwatch()
    var solver = try planner.leadingSolver(of: input, count: count, decision, control: progress.control())
    let analysis = SpectrumAnalysis(try solver.spectrum(control: progress.control()))
    return SolvedPreview(solver: solver, analysis: analysis, decision: decision, seconds: clock.seconds)
  }
}

/// Leading triplets and the bounds that follow from them.
struct SolvedPreview {
  /// The triplets that a preview begins with.
  static let usualCount = 64

  private(set) var solver: KrylovSolver
  private(set) var analysis: SpectrumAnalysis
  private(set) var decision: SolverDecision
  private(set) var seconds: Double

  fileprivate init(solver: KrylovSolver, analysis: SpectrumAnalysis, decision: SolverDecision, seconds: Double) {
    self.solver = solver
    self.analysis = analysis
    self.decision = decision
    self.seconds = seconds
  }

  /// The triplets there are, as an SVD to take approximations from.
  func leadingSVD(_ progress: ProgressLine) throws(FactorizationError) -> SolvedSVD {
    let clock = Stopwatch()
    let svd = try solver.leadingSVD(control: progress.control())
    return SolvedSVD(svd: svd, analysis: analysis, decision: decision, seconds: seconds + clock.seconds)
  }

  /// Twice as many triplets; false when the exact decomposition is the sooner way to so many.
  mutating func widen(
    _ prepared: PreparedMatrix, _ planner: SolverPlanner, _ progress: ProgressLine
  ) throws(FactorizationError) -> Bool {
    let count = 2 * solver.count
    guard let wider = planner.previewDecision(of: prepared.solveInput, count: count, .thinSVD) else { return false }
    let clock = Stopwatch()
    try solver.extend(to: count, control: progress.control())
    analysis = SpectrumAnalysis(try solver.spectrum(control: progress.control()))
    (decision, seconds) = (wider, seconds + clock.seconds)
    return true
  }
}
