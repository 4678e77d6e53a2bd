/// The largest k ≤ p with k(m + n) ≤ ρ·mn, ρ the share of the parameters that is kept.
package struct ParameterRule: RankRule {
  /// 100·ρ.
  package let percent: Int

  /// Keeps `percent` of the parameters.
  package init(percent: Int) { self.percent = percent }

  package var id: String { "parameters_\(percent)" }
  package var aliases: [String] { percent == 50 ? ["half", "half_the_parameters"] : [] }
  package var title: String { percent == 50 ? "half the parameters" : "\(percent) % of the parameters" }
  package var summary: String {
    "The largest rank whose two factors hold at most \(percent) % of the numbers in A; it looks at the shape alone, not "
      + "at the values."
  }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(rank: context.costs.rank(parameterShare: Double(percent) / 100))
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let (costs, k) = (context.costs, answer.rank)
    let sides = NumberFormat.grouped(costs.shape.rows + costs.shape.columns)
    return "k(m + n) = \(NumberFormat.grouped(k)) · \(sides) = \(NumberFormat.grouped(costs.factored(k)))\n"
      + "≤ \(percent) % of \(NumberFormat.grouped(costs.dense))"
  }
}
