import RankAnalysis

/// What one rule says of a matrix, with its reasons.
package struct CourtVerdict: Hashable, Sendable {
  /// The rule's identifier: "gavish_donoho".
  package let id: String
  /// Its plain name: "noise rule".
  package let title: String
  /// The rank it picks.
  package let rank: Int
  /// The σ above which it counts; nil of rules that have no such cut.
  package let threshold: Double?
  /// Its formula with this matrix's numbers, in one or two lines.
  package let formula: String
  /// One sentence: what it keeps, and what it assumes.
  package let assumption: String
  /// Whether it tells signal from noise, and so counts for the agreement; the others are budgets and measures.
  package let judgesNoise: Bool

  /// A verdict of `rank`.
  package init(
    id: String, title: String, rank: Int, threshold: Double? = nil, formula: String, assumption: String,
    judgesNoise: Bool
  ) {
    self.id = id
    self.title = title
    self.rank = rank
    self.threshold = threshold
    self.formula = formula
    self.assumption = assumption
    self.judgesNoise = judgesNoise
  }

  /// What `rule` answers of an exact spectrum; nil where it has nothing to say.
  init?(_ rule: any RankRule, _ context: RuleContext, judgesNoise: Bool) {
    guard let answer = rule.answer(context) else { return nil }
    self.init(
      id: rule.id, title: rule.title, rank: answer.rank, threshold: answer.threshold,
      formula: rule.explanation(context, answer), assumption: rule.summary, judgesNoise: judgesNoise)
  }
}

/// Where most of the rules lie that tell signal from noise: the middle half of their ranks.
///
/// The ends are the ranks of rules, not means of them: of n ranks in order those at places ⌈n/4⌉, ⌈n/2⌉ and ⌈3n/4⌉.
package struct AgreementBand: Hashable, Sendable {
  /// From the lower to the upper quartile.
  package let ranks: ClosedRange<Int>
  /// The median.
  package let median: Int
  /// How many rules count.
  package let count: Int

  /// The band of `ranks`; nil where there are none.
  package init?(_ ranks: [Int]) {
    guard !ranks.isEmpty else { return nil }
    let sorted = ranks.sorted()
    let count = sorted.count
    func quartile(_ quarters: Int) -> Int { sorted[(quarters * count + 3) / 4 - 1] }
    self.ranks = quartile(1)...quartile(3)
    median = quartile(2)
    self.count = count
  }

  /// The band of the verdicts that count.
  package init?(_ verdicts: [CourtVerdict]) { self.init(verdicts.filter(\.judgesNoise).map(\.rank)) }
}
