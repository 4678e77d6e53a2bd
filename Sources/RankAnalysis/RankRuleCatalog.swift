/// Every rule that chooses a rank. A new one is one file under `Rules/` and one line here.
package enum RankRuleCatalog {
  /// The rules, in the order in which lists show them.
  package static let all: [any RankRule] = [
    NumericalRankRule(),
    EnergyRule(percent: 90), EnergyRule(percent: 95), EnergyRule(percent: 99),
    ErrorRule(percent: 10), ErrorRule(percent: 5), ErrorRule(percent: 1),
    ParameterRule(percent: 50),
    GavishDonohoRule(), MarchenkoPasturRule(), KneeRule(),
  ]

  /// The rule whose id, alias or title is `name`; case does not matter, and hyphens and spaces stand for underscores.
  package static func rule(named name: String) -> (any RankRule)? {
    let wanted = normalized(name)
    return all.first { rule in ([rule.id, rule.title] + rule.aliases).contains { normalized($0) == wanted } }
  }

  private static func normalized(_ name: String) -> String {
    String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }
}
