import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Reports

/// The computations that commands share, with what they tell a terminal meanwhile.
enum Solving {
  /// The singular values of `matrix` alone.
  static func spectrum(
    of prepared: PreparedMatrix, _ progress: ProgressLine
  ) throws(FactorizationError) -> (analysis: SpectrumAnalysis, plan: SolverPlan, seconds: Double) {
    let matrix = prepared.loaded
    progress.begin("singular values of \(matrix.matrix.shape)")
    BLASThreads.useAllCores()
    let clock = Stopwatch()
    let (spectrum, plan) = try SolverPlanner.spectrum(
      of: matrix.matrix, summary: matrix.summary, sourceEpsilon: prepared.sourceEpsilon, control: WorkControl())
    return (SpectrumAnalysis(spectrum), plan, clock.seconds)
  }

  /// The thin SVD of `matrix`.
  static func thinSVD(of prepared: PreparedMatrix, _ progress: ProgressLine) throws(FactorizationError) -> SolvedSVD {
    let matrix = prepared.loaded
    progress.begin("singular value decomposition of \(matrix.matrix.shape)")
    BLASThreads.useAllCores()
    let clock = Stopwatch()
    let (svd, plan) = try SolverPlanner.thinSVD(of: matrix.matrix, summary: matrix.summary, control: WorkControl())
    let seconds = clock.seconds
    let spectrum = Spectrum(svd, summary: matrix.summary, sourceEpsilon: prepared.sourceEpsilon)
    return SolvedSVD(svd: svd, analysis: SpectrumAnalysis(spectrum), plan: plan, seconds: seconds)
  }
}

/// A thin SVD with the read-outs of its spectrum.
struct SolvedSVD {
  let svd: SVD
  let analysis: SpectrumAnalysis
  let plan: SolverPlan
  let seconds: Double

  /// What the product of the factors of `rank` leaves of the matrix.
  func measure(
    rank: Int, of matrix: LoadedMatrix, _ progress: ProgressLine
  ) throws(Cancelled) -> ResidualMeasurement {
    progress.begin("measuring the error at rank \(rank)")
    return try measureResidual(
      of: matrix.matrix, summary: matrix.summary, svd: svd, rank: rank, grid: nil,
      control: progress.control())
  }
}
