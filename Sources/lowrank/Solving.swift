import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Reports

/// The computations that commands share, with what they tell a terminal meanwhile. Ctrl-C ends the process at once: nothing
/// is being written yet that would have to be taken back.
enum Solving {
  /// The singular values of `matrix` alone.
  static func spectrum(
    of prepared: PreparedMatrix, _ planner: SolverPlanner, _ progress: ProgressLine
  ) throws(FactorizationError) -> (analysis: SpectrumAnalysis, decision: SolverDecision, seconds: Double) {
    progress.begin("singular values of \(prepared.loaded.shape)")
    let planner = planner.unlessForced(.full)
    let clock = Stopwatch()
    let (spectrum, decision) = try planner.spectrum(of: prepared.solveInput, control: progress.control())
    return (SpectrumAnalysis(spectrum), decision, clock.seconds)
  }

  /// The thin SVD of `matrix`.
  static func thinSVD(
    of prepared: PreparedMatrix, _ planner: SolverPlanner, _ progress: ProgressLine
  ) throws(FactorizationError) -> SolvedSVD {
    progress.begin("singular value decomposition of \(prepared.loaded.shape)")
    let planner = planner.unlessForced(.full)
    let clock = Stopwatch()
    let (svd, decision) = try planner.thinSVD(of: prepared.solveInput, control: progress.control())
    let seconds = clock.seconds
    let analysis = SpectrumAnalysis(Spectrum(svd, of: prepared.solveInput))
    return SolvedSVD(svd: svd, analysis: analysis, decision: decision, seconds: seconds)
  }
}

extension SolverPlanner {
  /// The same planner with `accuracy`, unless a method was asked for: what is left when no preview pays is the exact
  /// result. It also reads the table of costs, which no clock should count.
  fileprivate func unlessForced(_ accuracy: SolveRequest.Accuracy) -> SolverPlanner {
    _ = SolverCosts.shared
    var planner = self
    planner.isAlone = true
    if method == nil { planner.accuracy = accuracy }
    return planner
  }
}

/// A thin SVD with the read-outs of its spectrum.
struct SolvedSVD {
  let svd: SVD
  let analysis: SpectrumAnalysis
  let decision: SolverDecision
  let seconds: Double

  /// What the product of the factors of `rank` leaves of the matrix.
  func measure(
    rank: Int, of matrix: LoadedMatrix, _ progress: ProgressLine
  ) throws(Cancelled) -> ResidualMeasurement {
    progress.begin("measuring the error at rank \(rank)")
    return try measureResidual(
      of: matrix.content.entries, summary: matrix.summary, svd: svd, rank: rank, grid: nil,
      control: progress.control())
  }
}
