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
  /// k, in 0 … p. Zero is an honest answer: nothing stands out.
  package let rank: Int
  /// The cut in A's units, for rules that keep every σ above one.
  package let threshold: Double?

  /// An answer of `rank`, from the cut `threshold` if there is one.
  package init(rank: Int, threshold: Double? = nil) {
    self.rank = rank
    self.threshold = threshold
  }

  /// Keeps every σ > max(`threshold`, the precision floor): what lies below the floor is rounding, not signal.
  init(above threshold: Double, of analysis: SpectrumAnalysis) {
    let cut = max(threshold, analysis.spectrum.floorValue)
    self.init(rank: analysis.count(above: cut), threshold: cut)
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
  /// One sentence: what it keeps, and what it assumes.
  var summary: String { get }
  /// The rank it chooses; nil where it has nothing to say.
  func answer(_ context: RuleContext) -> RankAnswer?
  /// The formula with this matrix's numbers, in one or two short lines.
  func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String
}

extension RankRule {
  package var aliases: [String] { [] }
}
