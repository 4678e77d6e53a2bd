import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis

/// The rules that the court hears on one matrix: those that follow from the spectrum at once, and those that shuffle it.
struct CourtJury {
  private let subject: ExperimentSubject
  /// A, column by column.
  private let matrix: AnyMatrix
  /// Its exact spectrum, and what a rank costs.
  let context: RuleContext
  private let planner: SolverPlanner
  private let seed: UInt64

  /// How many shuffled copies parallel analysis compares with.
  static let copies = 20

  /// A jury on the matrix of `subject`, whose spectrum is in `context`.
  ///
  /// - Throws: a refusal where the entries of a product of thin factors would not fit in memory.
  init(_ subject: ExperimentSubject, context: RuleContext, seed: UInt64) throws(ExperimentError) {
    let loaded = subject.prepared.loaded
    do throws(FileError) { try loaded.requireEntries(source: "this product") } catch {
      throw .refused(error.description)
    }
    let formed = loaded.matrix
    self.subject = subject
    matrix = formed.isStoredTransposed ? formed.storage.transposed() : formed.storage
    self.context = context
    // A method for vectors would not do for all values of a copy.
    planner = subject.planner.forcing(.values)
    self.seed = seed
  }

  /// The rules of the catalog that tell signal from noise; the others are budgets and measures.
  private static let noiseRules: Set<String> = [GavishDonohoRule().id, MarchenkoPasturRule().id]

  /// What follows from the spectrum alone, the noise rules first; with thresholds for noise of standard deviation `noise`
  /// where that is known.
  static func spectralVerdicts(_ context: RuleContext, noise: Double?) -> [CourtVerdict] {
    var judges: [any RankRule] = RankRuleCatalog.all.filter { noiseRules.contains($0.id) }
    if let noise { judges += [KnownNoiseThresholdRule(noise: noise), KnownNoiseEdgeRule(noise: noise)] }
    judges.append(ScreeNOTRule())
    let others = RankRuleCatalog.all.filter { !noiseRules.contains($0.id) }
    return judges.compactMap { CourtVerdict($0, context, judgesNoise: true) }
      + others.compactMap { CourtVerdict($0, context, judgesNoise: false) }
  }

  /// The rule that counts what stands above the entry-shuffled copy, and all σ of that copy.
  func shuffledVerdict(_ control: WorkControl) throws(ExperimentError) -> (verdict: CourtVerdict?, values: [Double]) {
    let values = try values(of: matrix.shuffled(seed: seed), subject.prepared.loaded.summary, control)
    return (CourtVerdict(ShuffledRule(edge: values.first ?? 0), context, judgesNoise: true), values)
  }

  /// Bi-cross-validation, the sum of squares that is held out at each rank; nil where the matrix has no two rows or columns,
  /// or nothing but zeros.
  func heldOutVerdict(_ control: WorkControl) throws(ExperimentError) -> CourtVerdict? {
    let shape = context.analysis.spectrum.shape
    guard shape.shortSide >= 2, context.analysis.spectrum.largest > 0 else { return nil }
    var validation = BiCrossValidation()
    validation.seed = seed
    return try validation.run(on: subject, control: control) { _ in }.verdict(fullRank: context.analysis.fullRank)
  }

  /// Parallel analysis; `report` hears of it after every copy.
  func parallelAnalysis(
    _ control: WorkControl, report: (ParallelAnalysis) -> Void
  ) throws(ExperimentError) -> ParallelAnalysis {
    let centered = matrix.columnsCentered()
    let summary = EntrySummary(centered)
    let share = 1 / Double(Self.copies + 1)
    let own = try values(of: centered, summary, control.part(0..<share))
    // Centring leaves the rounding of what was there before.
    let floor = context.analysis.spectrum.floorValue
    var analysis = ParallelAnalysis(values: own, floor: floor)
    var seeds = SeededGenerator(seed: seed)
    for copy in 1...Self.copies {
      let shuffled = centered.columnsShuffled(seed: seeds.next())
      let part = control.part(Double(copy) * share..<Double(copy + 1) * share)
      analysis.add(copy: try values(of: shuffled, summary, part))
      report(analysis)
    }
    return analysis
  }

  private func values(
    of matrix: AnyMatrix, _ summary: EntrySummary, _ control: WorkControl
  ) throws(ExperimentError) -> [Double] {
    let input = SolveInput(
      matrix: DenseMatrix(matrix), summary: summary, sourceEpsilon: subject.prepared.sourceEpsilon)
    do throws(FactorizationError) {
      let spectrum = try planner.spectrum(of: input, control: control).0
      if control.token.isCancelled { throw .cancelled }
      return spectrum.values
    } catch {
      throw ExperimentError(error)
    }
  }
}
