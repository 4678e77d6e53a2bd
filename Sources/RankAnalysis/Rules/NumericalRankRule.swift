/// #{σ_i > f·σ₁}, f the precision floor: N·eps as in NumPy's `matrix_rank`, or the solver's own floor if that is higher.
package struct NumericalRankRule: RankRule {
  package let id = "numerical"
  package let aliases = ["numerical_rank", "rank"]
  package let title = "numerical rank"
  package let summary =
    "Keeps every σ above the rounding of its source, σ₁ · max(m, n) · eps as in NumPy; it assumes that nothing else "
    + "disturbed the entries."

  package init() {}

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(above: Bounded(0), of: context.analysis)
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let spectrum = context.analysis.spectrum
    let floor = NumberFormat.plain(spectrum.precisionFloor, digits: 3)
    let cut = context.analysis.floorValue
    let largest = Bounded(lower: spectrum.largest, upper: spectrum.upper.first ?? 0)
    return "σᵢ > f·σ₁ = \(floor) · \(figure(largest)) = \(figure(cut)) → " + answer.text(context)
  }
}

/// A singular value inside a rule's explanation.
func figure(_ value: Double) -> String { NumberFormat.plain(value, digits: 4) }

/// The same of one that is known between two ends.
func figure(_ value: Bounded) -> String {
  value.isExact ? figure(value.lower) : NumberFormat.significant(value, digits: 4)
}

extension RankAnswer {
  /// The rank as an explanation ends with it.
  func text(_ context: RuleContext) -> String { NumberFormat.rank(ranks, of: context.analysis.fullRank) }
}
