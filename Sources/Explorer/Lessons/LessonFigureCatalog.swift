import Experiments
import RankAnalysis

/// A read-out that lessons can name: registered in ``LessonFigureCatalog/all``.
package struct LessonFigure: Sendable {
  /// Its name: "error".
  package let name: String
  /// What it is, in a few words.
  package let summary: String
  /// What kind of value it is.
  package let kind: LessonValueKind
  /// Whether it depends on the rank, and may stand `at` another one.
  package let followsRank: Bool
  /// Its value in a state at a rank; nil while it is not known.
  let value: @Sendable (ExplorerState, Int) -> LessonValue?

  private init(
    _ name: String, _ summary: String, _ kind: LessonValueKind = .number, followsRank: Bool = false,
    _ value: @escaping @Sendable (ExplorerState, Int) -> LessonValue?
  ) {
    self.name = name
    self.summary = summary
    self.kind = kind
    self.followsRank = followsRank
    self.value = value
  }

  /// One of the exact spectrum at a rank.
  static func ofRank(
    _ name: String, _ unit: LessonValue.Unit, _ summary: String,
    _ value: @escaping @Sendable (SolvedSpectrum, Int) -> Double?
  ) -> LessonFigure {
    LessonFigure(name, summary, followsRank: true) { state, rank in
      exact(state).flatMap { value($0, rank) }.map { .number($0, unit) }
    }
  }

  /// One of the exact spectrum alone.
  static func ofMatrix(
    _ name: String, _ unit: LessonValue.Unit, _ summary: String,
    _ value: @escaping @Sendable (SolvedSpectrum) -> Double?
  ) -> LessonFigure {
    LessonFigure(name, summary) { state, _ in exact(state).flatMap(value).map { .number($0, unit) } }
  }

  /// One of the state as it is.
  static func ofState(
    _ name: String, _ unit: LessonValue.Unit, _ summary: String,
    _ value: @escaping @Sendable (ExplorerState) -> Double?
  ) -> LessonFigure {
    LessonFigure(name, summary) { state, _ in value(state).map { .number($0, unit) } }
  }

  /// A word of the state.
  static func word(
    _ name: String, _ summary: String, _ value: @escaping @Sendable (ExplorerState) -> String
  ) -> LessonFigure {
    LessonFigure(name, summary, .word) { state, _ in .word(value(state)) }
  }

  /// One of what the experiment behind a view found, once it is done.
  static func ofStudy<Finding>(
    _ name: String, _ unit: LessonValue.Unit, _ summary: String, _ view: ExplorerView, _ type: Finding.Type,
    followsRank: Bool = false, _ value: @escaping @Sendable (Finding, Int) -> Double?
  ) -> LessonFigure {
    LessonFigure(name, summary, followsRank: followsRank) { state, rank in
      guard let study = state.studies[view], !study.isRunning, let finding = study.finding as? Finding else {
        return nil
      }
      return value(finding, rank).map { .number($0, unit) }
    }
  }

  private static func exact(_ state: ExplorerState) -> SolvedSpectrum? {
    state.spectrum.flatMap { $0.isPreview ? nil : $0 }
  }
}

/// Every read-out that lessons can name. A new one is one line here.
package enum LessonFigureCatalog {
  /// The figures, in the order of the reference.
  package static let all: [LessonFigure] = [
    .ofState("rank", .count, "where the slider stands") { Double($0.rank) },
    .ofState("mark", .count, "the marked rank") { $0.mark.map(Double.init) },
    .ofState("component", .count, "the layer that is looked at") { Double($0.component) },
    .ofRank("error", .share, "‖A − A_k‖_F/‖A‖_F") { $0.analysis.relativeFrobeniusError(rank: $1).middle },
    .ofRank("energy", .share, "the share of ‖A‖_F² that is kept") { $0.analysis.energy(rank: $1).middle },
    .ofRank("spectral_error", .share, "σ_{k+1}/σ₁") { $0.analysis.relativeSpectralError(rank: $1).middle },
    .ofRank("sigma", .plain, "σ_k") { value(of: $0, $1) },
    .ofRank("condition", .plain, "σ₁/σ_k") { result, rank in
      guard let last = value(of: result, rank), last > 0 else { return nil }
      return result.analysis.spectrum.largest / last
    },
    .ofRank("parameters", .count, "k(m + n)") { Double($0.costs.factored($1)) },
    .ofRank("parameter_ratio", .share, "k(m + n)/(m·n)") { $0.costs.ratio($1) },
    .ofRank("degrees_of_freedom", .count, "k(m + n − k)") { Double($0.costs.degreesOfFreedom($1)) },
    .ofState("measured_error", .share, "the error of the product itself") {
      measured($0)?.relativeFrobeniusError.middle
    },
    .ofState("largest_entry_error", .plain, "max |A − A_k|") { measured($0)?.largestError },
    .ofMatrix("rows", .count, "m") { Double($0.costs.shape.rows) },
    .ofMatrix("columns", .count, "n") { Double($0.costs.shape.columns) },
    .ofMatrix("full_rank", .count, "min(m, n)") { Double($0.count) },
    .ofMatrix("dense_parameters", .count, "m·n") { Double($0.costs.dense) },
    .ofMatrix("break_even", .count, "the largest rank whose factors hold fewer numbers than A") {
      Double($0.costs.breakEvenRank)
    },
    .ofMatrix("byte_break_even", .count, "the largest rank whose factors take fewer bytes than A") {
      Double($0.costs.byteBreakEvenRank)
    },
    .ofMatrix("stable_rank", .plain, "Σσ²/σ₁²") { $0.analysis.stableRank?.middle },
    .ofMatrix("effective_rank", .plain, "the exponential of the entropy of σ/Σσ") { $0.analysis.effectiveRank?.middle },
    .ofMatrix("participation_ratio", .plain, "(Σσ²)²/Σσ⁴") { $0.analysis.participationRatio?.middle },
    .ofStudy(
      "validation_rank", .count, "where the held-out error is least", .validation, ValidationFinding.self
    ) { finding, _ in finding.best.map { Double(finding.ranks[$0]) } },
    .ofStudy(
      "validation_error", .plain, "the held-out error at a rank", .validation, ValidationFinding.self, followsRank: true
    ) { finding, rank in finding.ranks.firstIndex(of: rank).map { finding.errors[$0] } },
    .word("view", "the view on the screen") { "\($0.view)" },
    .word("centering", "which means are taken away") { $0.preparation.centering.rawValue },
    .word("scaling", "what columns are divided by") { $0.preparation.scaling.rawValue },
    .word("transposed", "whether rows and columns are exchanged") { "\($0.preparation.isTransposed)" },
  ]

  /// The rules that only the court hears, by their identifiers: known once its view was looked at.
  package static let courtRules = [
    "screenot", "shuffled", "bi_cross_validation", "parallel_analysis", "gavish_donoho_known_noise",
    "marchenko_pastur_known_noise",
  ]

  /// The rank that a rule picks in the court, once all were heard.
  static func courtRank(_ rule: String, _ state: ExplorerState) -> Int? {
    guard let study = state.studies[.court], !study.isRunning else { return nil }
    return (study.finding as? CourtFinding)?.verdicts.first { $0.id == rule }?.rank
  }

  /// The figure called `name`.
  package static func figure(_ name: String) -> LessonFigure? { byName[name] }

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  private static func value(of result: SolvedSpectrum, _ rank: Int) -> Double? {
    let values = result.analysis.spectrum.values
    return values.indices.contains(rank - 1) ? values[rank - 1] : nil
  }

  /// The measurement of the rank on the screen.
  private static func measured(_ state: ExplorerState) -> ResidualMeasurement? {
    state.measurement.flatMap { $0.rank == state.rank ? $0 : nil }
  }
}
