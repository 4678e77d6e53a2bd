import LinearAlgebra

/// What a rule may look at.
package struct RuleContext: Sendable {
  /// The spectrum and what follows from it.
  package let analysis: SpectrumAnalysis
  /// What ranks cost.
  package let costs: ParameterCosts

  /// A context for the rules.
  package init(analysis: SpectrumAnalysis, costs: ParameterCosts) {
    self.analysis = analysis
    self.costs = costs
  }
}

/// The rank that a rule picks.
package struct RankAnswer: Sendable, Hashable {
  /// k; 0 is a legal answer.
  package let rank: Int
  /// The cut in σ, in A's units, of rules that have one.
  package let threshold: Double?

  /// `rank`, cut at `threshold`.
  package init(rank: Int, threshold: Double? = nil) {
    self.rank = rank
    self.threshold = threshold
  }
}

/// A way to pick a rank: one file each, registered in ``RankRuleCatalog``.
package protocol RankRule: Sendable {
  /// Its key in reports: "energy_99".
  var id: String { get }
  /// Its plain name on the screen: "99 % energy".
  var title: String { get }
  /// One sentence: what it does and what it assumes.
  var summary: String { get }
  /// The rank it picks; nil where it has nothing to say.
  func answer(_ context: RuleContext) -> RankAnswer?
  /// The formula with this matrix's numbers.
  func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String
}

/// Every rule, in the order of the screen.
package enum RankRuleCatalog {
  package static let all: [any RankRule] = [
    EnergyRule(percent: 99), GavishDonohoRule(), EnergyRule(percent: 90), ErrorRule(percent: 10), ErrorRule(percent: 1),
    KneeRule(), MarchenkoPasturRule(), EnergyRule(percent: 95), ErrorRule(percent: 5), ParameterRule(percent: 50),
    NumericalRankRule(),
  ]

  /// Other names that the command line takes.
  private static let aliases = [
    "noise": "gavish_donoho", "gd": "gavish_donoho", "mp": "marchenko_pastur", "noise_edge": "marchenko_pastur",
    "numerical_rank": "numerical",
  ]

  /// The rule called `name`: its id, an alias, with hyphens or underscores.
  package static func rule(named name: String) -> (any RankRule)? {
    let id = String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    return all.first { $0.id == aliases[id] ?? id }
  }
}
