import Explorer
import LinearAlgebra
import RankAnalysis

/// A line of the report at the current rank, and what explains it.
package struct ReportRow: Sendable {
  /// What it is, for a narrow column.
  package let label: String
  /// The figure.
  package let value: String
  /// How it is drawn.
  package let role: Role
  /// One sentence: what it is.
  package let sentence: String
  /// The formula with this matrix's numbers.
  package let formula: String
  /// Whether a blank line may stand before it.
  package let startsGroup: Bool

  init(
    _ label: String, _ value: String, _ role: Role = .value, startsGroup: Bool = false, sentence: String,
    formula: String
  ) {
    self.label = label
    self.value = value
    self.role = role
    self.startsGroup = startsGroup
    self.sentence = sentence
    self.formula = formula
  }
}

/// The read-outs at the current rank.
package struct Report {
  let state: ExplorerState
  let result: SolvedSpectrum
  let info: MatrixInfo

  /// The report of `state`, once there is a spectrum.
  package init?(_ state: ExplorerState) {
    guard let result = state.spectrum, let info = state.info else { return nil }
    self.state = state
    self.result = result
    self.info = info
  }

  var rank: Int { state.rank }
  var shape: Shape { info.shape }
  var analysis: SpectrumAnalysis { result.analysis }
  var costs: ParameterCosts { result.costs }
  /// "A₄₀".
  var approximation: String { "A" + subscripted(rank) }

  func grouped(_ number: Int) -> String { NumberFormat.grouped(number) }

  /// Every row, in the order of the screen.
  package var rows: [ReportRow] { parameterRows + errorRows + markRows + costRows + measureRows }

  /// The rows that the explanation lists: the report, then every rule, then how it was
  /// computed.
  package var explainable: [ReportRow] { rows + ruleRows + [methodRow] }

  private var parameterRows: [ReportRow] {
    let (m, n, k) = (shape.rows, shape.columns, rank)
    return [
      ReportRow(
        "rank k", "\(grouped(k)) of \(grouped(result.count))", .kept,
        sentence: "How many singular triplets are kept. No matrix of rank k is closer to A in the Frobenius or the "
          + "spectral norm.",
        formula:
          "\(approximation) = Σ σᵢ uᵢ vᵢᵀ for i ≤ \(grouped(k)) of min(\(grouped(m)), \(grouped(n))) = \(grouped(result.count))"
      ),
      ReportRow(
        costs.offsets > 0 ? "factored + means" : "factored k(m+n)", grouped(costs.factored(k)), startsGroup: true,
        sentence: "The numbers in the two factors, m × k and k × n, with σ absorbed in the left one"
          + (costs.offsets > 0 ? ", and the means and scales that lead back to the table." : "."),
        formula: "\(grouped(k)) · (\(grouped(m)) + \(grouped(n)))"
          + (costs.offsets > 0 ? " + \(grouped(costs.offsets))" : "") + " = \(grouped(costs.factored(k)))"),
      ReportRow(
        "dense m·n", grouped(costs.dense), sentence: "The numbers in A itself.",
        formula: "\(grouped(m)) · \(grouped(n)) = \(grouped(costs.dense))"),
      ReportRow(
        "ratio", NumberFormat.percent(Bounded(costs.ratio(k))), costs.ratio(k) < 1 ? .value : .limit,
        sentence: "Parameters of the factors over those of A. It says nothing of bytes, nor of what is lost.",
        formula:
          "\(grouped(costs.factored(k))) / \(grouped(costs.dense)) = \(NumberFormat.percent(Bounded(costs.ratio(k))))"),
      ReportRow(
        "break-even rank", grouped(costs.breakEvenRank), .limit,
        sentence:
          "The largest k whose two factors hold fewer numbers than A. Past it, the pair of factors costs more; the "
          + "rank-k matrix itself still has fewer degrees of freedom.",
        formula: "largest k with k · \(grouped(m + n))" + (costs.offsets > 0 ? " + \(grouped(costs.offsets))" : "")
          + " < \(grouped(costs.dense)) → \(grouped(costs.breakEvenRank))"),
    ]
  }

  private var errorRows: [ReportRow] {
    let error = errorTexts
    // What was measured last, which may be another rank.
    let measured = "A" + subscripted(state.measurement?.rank ?? rank)
    let missed = analysis.spectralErrorText(rank: rank)
    let kept = analysis.energyText(rank: rank)
    return [
      ReportRow(
        "error ‖A−Aₖ‖/‖A‖", error.predicted, .kept, startsGroup: true,
        sentence:
          "The relative Frobenius error, predicted from the singular values that are cut (Eckart–Young–Mirsky).",
        formula: "√(Σ σᵢ² for i > \(grouped(rank))) / ‖A‖ \(equals(error.predicted))"),
      ReportRow(
        error.label, error.measured, error.isCurrent ? .kept : .label,
        sentence: state.vectors?.isExact ?? true
          ? "The same error, measured: every entry of A minus its approximation, squared and summed."
          : "The error of what is shown, measured entry by entry. The vectors are a preview's: the best Aₖ is closer.",
        formula: "‖A − \(measured)‖ / ‖A‖ over \(grouped(shape.count)) entries = \(error.measured)"),
      ReportRow(
        "largest error", largestError, error.isCurrent ? .value : .label,
        sentence:
          "The worst single entry, in A's units. It may rise with k: the best rank-k matrix is best in the sum of "
          + "squares, not entry by entry.",
        formula: "max |A − \(measured)| = \(largestError)"),
      ReportRow(
        "missed σₖ₊₁/σ₁", missed,
        sentence: "The largest missed direction: the spectral error ‖A − Aₖ‖₂ relative to ‖A‖₂.",
        formula: rank < result.count
          ? analysis.isExact
            ? "σ\(subscripted(rank + 1)) / σ₁ = \(sigma(rank + 1)) / \(sigma(1)) = \(missed)"
            : "σ\(subscripted(rank + 1)) / σ₁ \(equals(missed))"
          : "nothing is missed at k = p"),
      ReportRow(
        "energy kept", kept,
        sentence: "The share of ‖A‖² that is kept. 99 % energy is 10 % error: energy is one minus the error squared.",
        formula: "Σ σᵢ² for i ≤ \(grouped(rank)) / ‖A‖² \(equals(kept))"),
    ]
  }

  /// The marked rank beside this one.
  private var markRows: [ReportRow] {
    guard let mark = state.mark else { return [] }
    let error = analysis.errorText(rank: mark)
    let ratio = NumberFormat.percent(Bounded(costs.ratio(mark)))
    return [
      ReportRow(
        "marked k \(grouped(mark))", "\(ratio), err \(error)", .limit,
        sentence: "The rank that was marked: its ratio of parameters and its error. ' goes back and forth.",
        formula: "k = \(grouped(mark)): \(grouped(costs.factored(mark))) parameters, error \(error)")
    ]
  }

  private var costRows: [ReportRow] {
    let dense = NumberFormat.bytes(costs.denseBytes)
    let size = info.type.bytesPerElement
    let sourceSize = size == size.rounded() ? "\(Int(size))" : "\(size)"
    let factored = NumberFormat.bytes(costs.factoredBytes(rank))
    let flops = (NumberFormat.count(Double(costs.factoredFlops(rank))), NumberFormat.count(Double(costs.denseFlops)))
    return [
      ReportRow(
        "bytes, \(info.type.factorType.rawValue)", "\(factored) of \(dense)",
        costs.factoredBytes(rank) < costs.denseBytes ? .value : .limit,
        startsGroup: true,
        sentence:
          "The factors in \(info.type.factorType.rawValue), against A as its file stores it (\(info.type.rawValue)). Fewer "
          + "parameters are not always fewer bytes.",
        formula:
          "break-even in bytes at rank \(grouped(costs.byteBreakEvenRank)): \(info.type.factorElementSize) bytes a "
          + "factor's number, \(sourceSize) an entry of A"),
      ReportRow(
        "flop for A·x", "\(flops.0) of \(flops.1)",
        sentence: "Floating-point operations for one product with a vector: 2k(m + n) through the factors, 2mn with A.",
        formula:
          "2 · \(grouped(rank)) · \(grouped(shape.rows + shape.columns)) = \(grouped(costs.factoredFlops(rank))) of 2 · \(grouped(costs.dense)) = \(grouped(costs.denseFlops))"
      ),
      ReportRow(
        "degrees of freedom", grouped(costs.degreesOfFreedom(rank)),
        sentence:
          "The dimension of the set of rank-k matrices of this shape: the factors' numbers less the k² that only "
          + "change the basis between them. Never more than m·n.",
        formula:
          "\(grouped(rank)) · (\(grouped(shape.rows)) + \(grouped(shape.columns)) − \(grouped(rank))) = \(grouped(costs.degreesOfFreedom(rank)))"
      ),
    ]
  }

  private var measureRows: [ReportRow] {
    func figure(_ value: Bounded?) -> String { value == nil ? "–" : analysis.measureText(value) }
    return [
      ReportRow(
        "stable rank", figure(analysis.stableRank), startsGroup: true,
        sentence: "How many directions as strong as the strongest would hold A's energy (Rudelson & Vershynin 2007).",
        formula: "‖A‖² / σ₁² \(equals(figure(analysis.stableRank)))"),
      ReportRow(
        "effective rank", figure(analysis.effectiveRank),
        sentence: "The exponential of the entropy of the singular values taken as shares (Roy & Vetterli 2007).",
        formula: "exp(−Σ q ln q), q = σᵢ / Σσ → \(figure(analysis.effectiveRank))"),
      ReportRow(
        "participation ratio", figure(analysis.participationRatio),
        sentence: "How many directions share the energy: 1 when one holds it all, p when all hold the same.",
        formula: "(Σσ²)² / Σσ⁴ \(equals(figure(analysis.participationRatio)))"),
    ]
  }

  /// σ_i with the digits that survive rounding.
  func sigma(_ index: Int) -> String { analysis.valueText(index) }

  private var largestError: String {
    guard let measured = state.measurement else { return waiting }
    return analysis.largestErrorText(measured)
  }

  /// "= 37" or, of a bound, "≤ 41".
  func equals(_ text: String) -> String { text.first.map { "<>≤≥".contains($0) } == true ? text : "= \(text)" }

  private var waiting: String { state.hasVectors ? "…" : "needs U, V …" }

  /// The predicted and the measured error in the digits that both can stand by; a measurement of another rank is named.
  private var errorTexts: (predicted: String, measured: String, label: String, isCurrent: Bool) {
    let predicted = analysis.errorText(rank: rank)
    guard let measured = state.measurement else { return (predicted, waiting, "measured", false) }
    if measured.rank == rank {
      let texts = analysis.errorTexts(measured)
      return (texts.predicted, texts.measured, measuredLabel, true)
    }
    return (
      predicted, NumberFormat.percent(measured.relativeFrobeniusError, floor: analysis.errorFloor),
      "\(measuredLabel) at k \(grouped(measured.rank))", false
    )
  }

  /// "measured, preview" while the vectors are a preview's, whose A_k is not the best.
  private var measuredLabel: String { state.vectors?.isExact ?? true ? "measured" : "measured, preview" }

  /// The report in one line of `width` cells, for screens without a column for it.
  package func line(width: Int) -> String {
    let error = errorTexts
    let parts = [
      "k \(grouped(rank))", "params \(NumberFormat.percent(Bounded(costs.ratio(rank))))", "error \(error.predicted)",
      "\(error.isCurrent ? "measured" : error.label) \(error.measured)", "energy \(analysis.energyText(rank: rank))",
    ]
    return joined(parts, width: width, isASCII: state.display.glyphs == .ascii)
  }
}
