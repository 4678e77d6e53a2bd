/// The smallest k that keeps a share of ‖A‖_F².
package struct EnergyRule: RankRule {
  /// The share in percent.
  let percent: Int

  package var id: String { "energy_\(percent)" }
  package var title: String { "\(percent) % energy" }
  package var summary: String {
    "The smallest rank that keeps \(percent) % of the squared norm. It assumes nothing, and says nothing of noise."
  }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(rank: context.analysis.rank(energy: Double(percent) / 100))
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    "Σ σᵢ² for i ≤ \(NumberFormat.grouped(answer.rank)) = "
      + "\(NumberFormat.percent(context.analysis.energy(rank: answer.rank))) of ‖A‖² ≥ \(percent) %"
  }
}

/// The smallest k whose relative Frobenius error is at most a share.
package struct ErrorRule: RankRule {
  /// The share in percent.
  let percent: Int

  package var id: String { "error_\(percent)" }
  package var title: String { "\(percent) % error" }
  package var summary: String {
    "The smallest rank whose approximation differs from A by at most \(percent) % of its norm."
  }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(rank: context.analysis.rank(error: Double(percent) / 100))
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let error = context.analysis.relativeFrobeniusError(rank: answer.rank)
    let floor = context.analysis.spectrum.precisionFloor
    return
      "‖A − Aₖ‖ / ‖A‖ at k = \(NumberFormat.grouped(answer.rank)) is \(NumberFormat.percent(error, floor: floor)) ≤ \(percent) %"
  }
}

/// The largest k whose two factors hold at most a share of A's numbers.
package struct ParameterRule: RankRule {
  /// The share kept, in percent.
  let percent: Int

  package var id: String { "parameters_\(percent)" }
  package var title: String { percent == 50 ? "half the parameters" : "\(percent) % of the parameters" }
  package var summary: String {
    "The largest rank whose two factors hold at most \(percent) % of the numbers in A. It looks at the shape alone."
  }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(rank: context.costs.rank(parameterShare: Double(percent) / 100))
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let costs = context.costs
    let sides = NumberFormat.grouped(costs.shape.rows + costs.shape.columns)
    return "k · \(sides) ≤ \(percent) % of \(NumberFormat.grouped(costs.dense)) → \(NumberFormat.grouped(answer.rank))"
  }
}
