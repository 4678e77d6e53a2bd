import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis

/// One planted matrix, what every rule picks on it, and how far each is from the truth.
package struct PlantedTrial: Sendable {
  /// What was planted.
  package let model: PlantedModel
  /// What decided it.
  package let seed: UInt64
  /// What the rules say of the noisy matrix; those that need the noise were given it.
  package let verdicts: [CourtVerdict]
  /// The true error of every A_k, and of shrinkage.
  package let curve: DenoisingCurve
  /// σ of the noisy matrix.
  package let values: [Double]
  /// The signal and the noisy matrix.
  package let signal: PlantedSignal
  package let noisy: Matrix<Double>

  /// Draws the matrix of `model` that `seed` decides and hears every rule on it.
  ///
  /// - Throws: what factoring throws.
  package init(
    _ model: PlantedModel, seed: UInt64, planner: SolverPlanner, control: WorkControl
  ) throws(ExperimentError) {
    let (signal, noisy) = model.draw(seed: seed)
    let entry = TensorEntry(name: nil, type: .f64, axes: [model.shape.rows, model.shape.columns])
    let loaded = LoadedMatrix(matrix: DenseMatrix(noisy), entry: entry, summary: EntrySummary(noisy))
    let unsolved = ExperimentSubject(PreparedMatrix(loaded), planner: planner)
    let svd = try unsolved.exactSVD(control.part(0..<0.1))
    let analysis = SpectrumAnalysis(Spectrum(svd, of: unsolved.prepared.solveInput))
    let subject = ExperimentSubject(unsolved.prepared, analysis: analysis, svd: svd, planner: planner)
    let context = RuleContext(analysis: analysis, costs: ParameterCosts(unsolved.prepared))
    let jury = try CourtJury(subject, context: context, seed: seed)
    var verdicts = CourtJury.spectralVerdicts(context, noise: model.noise)
    let shuffled = try jury.shuffledVerdict(control.part(0.1..<0.15)).verdict
    let heldOut = try jury.heldOutVerdict(control.part(0.15..<0.3))
    let parallel = try jury.parallelAnalysis(control.part(0.3..<1)) { _ in }
      .verdict(fullRank: analysis.fullRank)
    verdicts.insert(
      contentsOf: [shuffled, heldOut, parallel].compactMap { $0 }, at: verdicts.firstIndex { !$0.judgesNoise } ?? 0)
    self.model = model
    self.seed = seed
    self.verdicts = verdicts
    curve = DenoisingCurve(svd, signal: signal, noise: model.noise, analysis: analysis)
    values = svd.singularValues
    self.signal = signal
    self.noisy = noisy
  }
}
