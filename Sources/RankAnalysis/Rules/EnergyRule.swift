/// The smallest k with Σ_{i≤k} σ_i² ≥ t·Σσ².
package struct EnergyRule: RankRule {
  /// 100·t.
  package let percent: Int

  /// Keeps `percent` of the energy, 0 … 100.
  package init(percent: Int) { self.percent = percent }

  package var id: String { "energy_\(percent)" }
  package var title: String { "\(percent) % energy" }
  package var summary: String {
    "The smallest rank that keeps \(percent) % of Σσ², the squared Frobenius norm; it assumes that every entry matters "
      + "alike."
  }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(rank: context.analysis.rank(energy: Double(percent) / 100))
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let (analysis, k) = (context.analysis, answer.rank)
    let reached = "Σσ² up to \(NumberFormat.grouped(k)) = \(NumberFormat.percent(analysis.energy(rank: k)))"
    guard k > 0 else { return "\(reached) ≥ \(percent) %" }
    return "\(reached) ≥ \(percent) %\nup to \(NumberFormat.grouped(k - 1)) = "
      + NumberFormat.percent(analysis.energy(rank: k - 1))
  }
}
