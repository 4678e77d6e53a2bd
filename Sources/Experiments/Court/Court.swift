import Factorizations
import LinearAlgebra
import Preparation
import RankAnalysis

/// Every rule that chooses a rank, heard on one matrix.
package struct Court: Experiment {
  /// The standard deviation of the noise, where it is known; that of a planted matrix is known without it.
  package let noise: Double?
  /// What decides the shuffled copies.
  package let seed: UInt64

  /// A court that knows of noise of standard deviation `noise`, not negative, if of any.
  package init(noise: Double? = nil, seed: UInt64 = 1) {
    self.noise = noise
    self.seed = seed
  }

  package func run(
    on subject: ExperimentSubject, control: WorkControl, report: (CourtFinding) -> Void
  ) throws(ExperimentError) -> CourtFinding {
    try ExperimentError.requireEntries(subject.prepared.loaded.shape)
    let prepared = subject.prepared
    let analysis = try subject.exactAnalysis(control.part(0..<0.02))
    let context = RuleContext(analysis: analysis, costs: ParameterCosts(prepared))
    let planted = prepared.loaded.planted
    let noise = noise ?? planted?.noise
    var finding = CourtFinding(
      verdicts: CourtJury.spectralVerdicts(context, noise: noise), noise: noise,
      estimatedNoise: analysis.noiseLevel?.middle ?? 0)
    report(finding)
    let jury = try CourtJury(subject, context: context, seed: seed)
    if let planted {
      finding.truth = DenoisingCurve(
        try subject.exactSVD(control.part(0..<0.02)), signal: planted.signal, noise: planted.noise, analysis: analysis)
      report(finding)
    }
    let shuffled = try jury.shuffledVerdict(control.part(0.02..<0.07))
    finding.shuffledValues = shuffled.values
    finding.hear(shuffled.verdict)
    report(finding)
    finding.hear(try jury.heldOutVerdict(control.part(0.07..<0.25)))
    finding.awaited = [ParallelAnalysis.title]
    report(finding)
    let parallel = try jury.parallelAnalysis(control.part(0.25..<1)) { partial in
      finding.parallel = partial
      report(finding)
    }
    finding.parallel = parallel
    finding.hear(parallel.verdict(fullRank: analysis.fullRank))
    finding.awaited = []
    return finding
  }
}

extension ExperimentSubject {
  /// The exact spectrum of the matrix: what is known of it already, or solved for now.
  func exactAnalysis(_ control: WorkControl) throws(ExperimentError) -> SpectrumAnalysis {
    if let analysis, analysis.isExact { return analysis }
    do throws(FactorizationError) {
      return SpectrumAnalysis(
        try planner.forcing(.values).spectrum(of: prepared.solveInput, control: control).0)
    } catch {
      throw ExperimentError(error)
    }
  }

  /// The thin SVD of the matrix likewise.
  func exactSVD(_ control: WorkControl) throws(ExperimentError) -> SVD {
    if let svd { return svd }
    do throws(FactorizationError) {
      return try planner.forcing(.thinSVD).thinSVD(of: prepared.solveInput, control: control).0
    } catch {
      throw ExperimentError(error)
    }
  }
}

/// What the rules say of a matrix, as far as they were heard.
package struct CourtFinding: Sendable {
  /// What was heard: the rules that tell signal from noise first, then budgets and measures.
  package private(set) var verdicts: [CourtVerdict]
  /// The names of the rules that are still at work.
  package internal(set) var awaited = ["above shuffled", "bi-cross-validation", ParallelAnalysis.title]
  /// The standard deviation of the noise that was given or planted; nil where it is not known.
  package let noise: Double?
  /// That which the median σ would have.
  package let estimatedNoise: Double
  /// All σ of the entry-shuffled copy.
  package internal(set) var shuffledValues: [Double]?
  /// Parallel analysis, with the copies that there are so far.
  package internal(set) var parallel: ParallelAnalysis?
  /// The true error of every A_k, where the signal is known.
  package internal(set) var truth: DenoisingCurve?

  init(verdicts: [CourtVerdict], noise: Double?, estimatedNoise: Double) {
    self.verdicts = verdicts
    self.noise = noise
    self.estimatedNoise = estimatedNoise
  }

  /// Where most of the rules lie that tell signal from noise.
  package var band: AgreementBand? { AgreementBand(verdicts) }

  /// Adds a verdict behind those that count alike.
  mutating func hear(_ verdict: CourtVerdict?) {
    guard let verdict else { return }
    let place = verdicts.lastIndex { $0.judgesNoise }.map { $0 + 1 } ?? 0
    verdicts.insert(verdict, at: verdict.judgesNoise ? place : verdicts.count)
    awaited.removeAll { $0 == verdict.title }
  }
}
