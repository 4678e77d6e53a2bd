/// The smallest k with ‖A − A_k‖_F ≤ ε·‖A‖_F.
package struct ErrorRule: RankRule {
  /// 100·ε.
  package let percent: Int

  /// Allows a relative Frobenius error of `percent`, 0 … 100.
  package init(percent: Int) { self.percent = percent }

  package var id: String { "error_\(percent)" }
  package var title: String { "\(percent) % error" }
  package var isProminent: Bool { percent == 10 }
  package var summary: String {
    "The smallest rank whose relative Frobenius error ‖A − Aₖ‖/‖A‖ is at most \(percent) %; it assumes that every entry "
      + "matters alike."
  }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(ranks: context.analysis.ranks(error: Double(percent) / 100))
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let (analysis, k) = (context.analysis, answer.rank)
    func error(_ rank: Int) -> String { stated("‖A − A_\(rank)‖/‖A‖", analysis.errorText(rank: rank)) }
    guard analysis.isExact else { return error(k) + "\n" + openRemark(answer, context) }
    return k > 0 ? "\(error(k)) ≤ \(percent) %\n\(error(k - 1))" : "\(error(k)) ≤ \(percent) %"
  }
}
