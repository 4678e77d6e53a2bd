import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis

/// A matrix and everything that was found out about its spectrum: what reports are made of.
package struct SpectrumResult: Sendable {
  /// What the user named.
  package let source: String
  /// The tensor as its file describes it.
  package let entry: TensorEntry
  /// What was done on the way from the file to the matrix.
  package let notes: [String]
  /// What was asked to be done to the matrix before it was factored.
  package let preparation: Preparation
  /// What a look at the table's columns found.
  package let advice: [TableAdvice]
  /// The read-outs of every rank, and what each costs.
  package let context: RuleContext
  /// The solver, and why it was chosen.
  package let decision: SolverDecision
  /// What each rank rule answers, in the catalog's order; nil where a rule has no answer for such a matrix.
  package let answers: [(rule: any RankRule, answer: RankAnswer?)]
  /// Seconds of wall clock: of the solver, and of opening and reading.
  package let seconds: Double
  package let readSeconds: Double
  /// What was measured at the one rank that was asked for.
  package let measured: ResidualMeasurement?

  /// The result for `matrix`, called `source`.
  package init(
    source: String, matrix: PreparedMatrix, preparation: Preparation, analysis: SpectrumAnalysis,
    decision: SolverDecision,
    seconds: Double,
    readSeconds: Double, measured: ResidualMeasurement? = nil
  ) {
    self.source = source
    entry = matrix.loaded.entry
    notes = matrix.loaded.notes
    self.preparation = preparation
    advice = matrix.advice
    self.decision = decision
    let context = RuleContext(analysis: analysis, costs: ParameterCosts(matrix))
    self.context = context
    answers = RankRuleCatalog.all.map { ($0, $0.answer(context)) }
    self.seconds = seconds
    self.readSeconds = readSeconds
    self.measured = measured
  }

  /// The read-outs of every rank.
  package var analysis: SpectrumAnalysis { context.analysis }
  /// m × n.
  package var shape: Shape { analysis.spectrum.shape }

  /// The counts of parameters at every rank.
  package var costs: ParameterCosts { context.costs }
}

extension RankReadout {
  /// The read-outs that `context` predicts beside the `measured` ones.
  package init(_ context: RuleContext, measured: ResidualMeasurement) {
    let (analysis, costs) = (context.analysis, context.costs)
    let rank = measured.rank
    let values = analysis.spectrum.values
    guard !analysis.isExact else {
      let tail = analysis.tailEnergies[rank]
      self.init(
        rank: rank, parameters: costs.factored(rank), parameterRatio: costs.ratio(rank),
        relativeFrobeniusError: tail.squareRoot(), spectralError: rank < values.count ? values[rank] : 0,
        energy: 1 - tail, measuredRelativeFrobeniusError: measured.computedFrobeniusError,
        measuredMaxError: measured.largestError)
      return
    }
    let (error, energy) = (analysis.relativeFrobeniusError(rank: rank), analysis.energy(rank: rank))
    let missed = analysis.spectralError(rank: rank)
    self.init(
      rank: rank, parameters: costs.factored(rank), parameterRatio: costs.ratio(rank),
      relativeFrobeniusError: error.upper, relativeFrobeniusErrorLower: error.lower,
      relativeFrobeniusErrorUpper: error.upper, spectralError: missed.upper, spectralErrorLower: missed.lower,
      spectralErrorUpper: missed.upper, energy: energy.lower, energyLower: energy.lower, energyUpper: energy.upper,
      measuredRelativeFrobeniusError: measured.computedFrobeniusError, measuredMaxError: measured.largestError)
  }
}

extension SpectrumReport.Measures {
  /// The measures of `analysis`, with both ends when they are intervals.
  init(_ analysis: SpectrumAnalysis) {
    let (stable, participation) = (analysis.stableRank, analysis.participationRatio)
    let effective = analysis.effectiveRank
    self.init(
      stableRank: Nullable(stable?.lower), effectiveRank: Nullable(effective?.lower),
      participationRatio: Nullable(participation?.lower))
    guard !analysis.isExact else { return }
    (stableRankLower, stableRankUpper) = (stable?.lower, stable?.upper)
    (effectiveRankLower, effectiveRankUpper) = (effective?.lower, effective?.upper)
    (participationRatioLower, participationRatioUpper) = (participation?.lower, participation?.upper)
  }
}

extension SpectrumReport {
  /// `result` for scripts, with the first `top` singular values or all of them; with the choice of the solver if it
  /// `explains` it.
  package init(_ result: SpectrumResult, top: Int? = nil, explains: Bool = false) {
    let spectrum = result.analysis.spectrum
    let isExact = result.analysis.isExact
    let count = top ?? spectrum.count
    var lowest: [String: Int] = [:]
    var ranks: [String: Int] = [:]
    var thresholds: [String: Double] = [:]
    // A parameter budget looks at the shape alone: `parameters` holds what it needs.
    for (rule, answer) in result.answers where !(rule is ParameterRule) {
      ranks[rule.id] = answer?.rank
      lowest[rule.id] = answer?.lowest
      thresholds[rule.id] = answer?.threshold
    }
    self.init(
      source: result.source, tensor: Nullable(result.entry.name), rows: result.shape.rows,
      columns: result.shape.columns, dtype: result.entry.type.rawValue,
      preparation: PreparationRecord(result.preparation),
      method: result.decision.plan.title,
      reason: result.decision.reason, exact: isExact,
      confidence: isExact ? nil : 1 - spectrum.failureProbability, precisionFloor: spectrum.precisionFloor,
      frobeniusNorm: spectrum.frobeniusNorm, singularValues: Array(spectrum.values.prefix(count)),
      singularValuesUpper: isExact ? nil : Array(spectrum.upper.prefix(count)), ranks: ranks,
      ranksLower: isExact ? nil : lowest, thresholds: thresholds,
      measures: Measures(result.analysis),
      parameters: Parameters(
        dense: result.costs.dense, breakEvenRank: result.costs.breakEvenRank,
        offsets: result.costs.offsets),
      seconds: result.seconds, readSeconds: result.readSeconds,
      approximation: result.measured.map { RankReadout(result.context, measured: $0) },
      explanation: explains ? SolverExplanation(result.decision) : nil)
  }
}
