import LinearAlgebra

/// What a user asks a rank to satisfy, on the command line or at a prompt.
package enum RankTarget: Hashable, Sendable {
  /// This rank.
  case rank(Int)
  /// The smallest rank that keeps this share of the energy, 0 … 1.
  case energy(Double)
  /// The smallest rank whose relative Frobenius error is at most this, 0 … 1.
  case error(Double)
  /// The largest rank whose factors have at most this many parameters.
  case parameters(Int)
  /// The largest rank whose factors have at most this share of the dense parameters, 0 or more.
  case parameterShare(Double)
  /// The rank that a rule of ``RankRuleCatalog`` answers, by its id.
  case rule(String)
}

extension RankTarget {
  /// A share of one: "0.95" or "95%". Nil unless it is a number from 0 to 1.
  package static func share(_ text: String) -> Double? {
    guard let value = shareOrMore(text), value <= 1 else { return nil }
    return value
  }

  /// A parameter budget: a whole number, or a percentage of the dense parameters. Nil for anything else.
  package static func parameterBudget(_ text: String) -> RankTarget? {
    if text.hasSuffix("%") { return shareOrMore(text).map { .parameterShare($0) } }
    guard let count = Int(text), count >= 0 else { return nil }
    return .parameters(count)
  }

  private static func shareOrMore(_ text: String) -> Double? {
    guard let first = text.utf8.first, first == UInt8(ascii: ".") || (0x30...0x39).contains(first) else { return nil }
    var digits = Substring(text)
    let isPercentage = digits.last == "%"
    if isPercentage { digits = digits.dropLast() }
    guard digits.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") }) else { return nil }
    // The exponent moves the point without rounding: 99.9% is 0.999, not 99.9/100.
    return Double(isPercentage ? digits + "e-2" : digits)
  }
}

extension RankTarget {
  /// The rank that satisfies this for the matrix of `context`.
  ///
  /// - Returns: nil when a rule has no answer.
  /// - Throws: ``RankOutOfRange`` for a rank above min(m, n).
  package func rank(in context: RuleContext) throws(RankOutOfRange) -> Int? {
    switch self {
    case .rank(let rank):
      guard (0...context.analysis.fullRank).contains(rank) else {
        throw RankOutOfRange(rank: rank, limit: context.analysis.fullRank)
      }
      return rank
    case .energy(let share): return context.analysis.rank(energy: share)
    case .error(let error): return context.analysis.rank(error: error)
    case .parameters(let count): return context.costs.rank(parameters: count)
    case .parameterShare(let share): return context.costs.rank(parameterShare: share)
    case .rule(let id): return RankRuleCatalog.rule(named: id)?.answer(context)?.rank
    }
  }
}
