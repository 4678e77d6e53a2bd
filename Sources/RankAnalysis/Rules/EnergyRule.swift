/// The smallest k with Σ_{i≤k} σ_i² ≥ t·Σσ².
package struct EnergyRule: RankRule {
  /// 100·t.
  package let percent: Int

  /// Keeps `percent` of the energy, 0 … 100.
  package init(percent: Int) { self.percent = percent }

  package var id: String { "energy_\(percent)" }
  package var title: String { "\(percent) % energy" }
  package var isProminent: Bool { percent == 99 }
  package var summary: String {
    "The smallest rank that keeps \(percent) % of Σσ², the squared Frobenius norm; it assumes that every entry matters "
      + "alike."
  }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(ranks: context.analysis.ranks(energy: Double(percent) / 100))
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let (analysis, k) = (context.analysis, answer.rank)
    let kept = "\(stated("Σσ² up to \(NumberFormat.grouped(k))", analysis.energyText(rank: k)))"
    guard analysis.isExact else { return kept + "\n" + openRemark(answer, context) }
    let reached = "\(kept) ≥ \(percent) %"
    guard k > 0 else { return reached }
    return "\(reached)\n" + stated("up to \(NumberFormat.grouped(k - 1))", analysis.energyText(rank: k - 1))
  }
}

/// "left = text", or "left ≤ bound" where the text itself begins with a relation.
func stated(_ left: String, _ text: String) -> String {
  let hasRelation = text.first.map { "<>≤≥".contains($0) } ?? false
  return hasRelation ? "\(left) \(text)" : "\(left) = \(text)"
}

/// A second line for an answer that certain bounds alone support.
func openRemark(_ answer: RankAnswer, _ context: RuleContext) -> String {
  answer.isExact
    ? "certain already" : "the exact rank is \(NumberFormat.rank(answer.ranks, of: context.analysis.fullRank))"
}
