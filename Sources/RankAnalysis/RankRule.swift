/// What a rule may look at.
package struct RuleContext: Sendable {
  /// The spectrum with its tails and measures.
  package let analysis: SpectrumAnalysis
  /// What a rank costs.
  package let costs: ParameterCosts

  /// The context of one matrix.
  package init(analysis: SpectrumAnalysis, costs: ParameterCosts) {
    self.analysis = analysis
    self.costs = costs
  }
}

/// The rank that a rule chose.
package struct RankAnswer: Hashable, Sendable {
  /// k, in 0 … p. Zero is an honest answer: nothing stands out. While the spectrum is only bounded, the certain upper end:
  /// this rank does what the rule asks, whatever the exact spectrum turns out to be.
  package let rank: Int
  /// The certain lower end of the rank; ``rank`` itself when that is exact.
  package let lowest: Int
  /// The cut in A's units, for rules that keep every σ above one; nil also while it is not known.
  package let threshold: Double?

  /// An answer of `rank`, from the cut `threshold` if there is one.
  package init(rank: Int, threshold: Double? = nil) {
    self.init(ranks: rank...rank, threshold: threshold)
  }

  /// An answer between the ends of `ranks`.
  package init(ranks: ClosedRange<Int>, threshold: Double? = nil) {
    rank = ranks.upperBound
    lowest = ranks.lowerBound
    self.threshold = threshold
  }

  /// The ranks it may be.
  package var ranks: ClosedRange<Int> { lowest...max(lowest, rank) }
  /// Whether it is one rank.
  package var isExact: Bool { lowest == rank }

  /// Keeps every σ > max(`threshold`, the precision floor): what lies below the floor is rounding, not signal. Nil when the
  /// bounds leave it open whether every σ counts: the exact spectrum must tell.
  init?(above threshold: Bounded, of analysis: SpectrumAnalysis) {
    let floor = analysis.floorValue
    let cut = Bounded(lower: max(threshold.lower, floor.lower), upper: max(threshold.upper, floor.upper))
    let counts = analysis.counts(above: cut)
    if counts.count > 1, counts.upperBound == analysis.fullRank { return nil }
    self.init(ranks: counts, threshold: cut.isExact ? cut.lower : nil)
  }
}

/// A way to choose a rank: one file each under `Rules/`, registered in ``RankRuleCatalog``.
package protocol RankRule: Sendable {
  /// The name in reports and on the command line: "energy_99".
  var id: String { get }
  /// Other names that the command line takes.
  var aliases: [String] { get }
  /// The name on the screen, in plain words: "99 % energy".
  var title: String { get }
  /// Whether its name should be the first to find room beneath the spectrum.
  var isProminent: Bool { get }
  /// One sentence: what it keeps, and what it assumes.
  var summary: String { get }
  /// The rank it chooses; nil where it has nothing to say, or nothing certain before the exact spectrum is there.
  func answer(_ context: RuleContext) -> RankAnswer?
  /// The formula with this matrix's numbers, in one or two short lines.
  func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String
}

extension RankRule {
  package var aliases: [String] { [] }
  package var isProminent: Bool { false }
}
