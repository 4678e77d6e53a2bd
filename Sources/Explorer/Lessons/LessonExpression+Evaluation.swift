import RankAnalysis

extension LessonExpression {
  /// What it comes to in `state`; figures that follow the rank stand at `rank`, or at the slider. Nil while something that
  /// it names is not known.
  package func value(in state: ExplorerState, rank: Int? = nil) -> LessonValue? {
    switch self {
    case .number(let number, let isShare): return .number(number, isShare ? .share : .plain)
    case .word(let word): return .word(word)
    case .figure("rank", nil) where rank != nil: return .number(Double(rank ?? 0), .count)
    case .figure(let name, let place):
      guard let figure = LessonFigureCatalog.figure(name) else { return nil }
      guard let place else { return figure.value(state, rank ?? state.rank) }
      guard let number = place.value(in: state, rank: rank)?.number, number.isFinite, abs(number) < 1e9 else {
        return nil
      }
      return figure.value(state, Int(number.rounded()))
    case .rankOf(let rule):
      guard let result = state.spectrum, !result.isPreview else { return nil }
      let answer = result.answers.first { $0.id == rule }?.rank
      return (answer ?? LessonFigureCatalog.courtRank(rule, state)).map { .number(Double($0), .count) }
    case .minus(let inner):
      guard case .number(let number, let unit)? = inner.value(in: state, rank: rank) else { return nil }
      return .number(-number, unit)
    case .not(let inner): return .truth(!inner.holds(in: state, rank: rank))
    case .pair(let left, let join, let right): return pair(left, join, right, state, rank)
    }
  }

  /// Whether it holds; what is not known holds nothing.
  package func holds(in state: ExplorerState, rank: Int? = nil) -> Bool {
    value(in: state, rank: rank) == .truth(true)
  }

  private func pair(
    _ left: LessonExpression, _ join: Operator, _ right: LessonExpression, _ state: ExplorerState, _ rank: Int?
  ) -> LessonValue? {
    switch join {
    case .and: return .truth(left.holds(in: state, rank: rank) && right.holds(in: state, rank: rank))
    case .or: return .truth(left.holds(in: state, rank: rank) || right.holds(in: state, rank: rank))
    default: break
    }
    switch (left.value(in: state, rank: rank), right.value(in: state, rank: rank)) {
    case (.number(let a, let first)?, .number(let b, let second)?):
      if let truth = Self.compare(a, join, b) { return .truth(truth) }
      return Self.combine(a, first, join, b, second)
    case (.word(let a)?, .word(let b)?):
      return join == .equal ? .truth(a == b) : join == .unequal ? .truth(a != b) : nil
    default: return nil
    }
  }

  private static func compare(_ a: Double, _ join: Operator, _ b: Double) -> Bool? {
    switch join {
    case .less: a < b
    case .atMost: a <= b
    case .greater: a > b
    case .atLeast: a >= b
    case .equal: a == b
    case .unequal: a != b
    default: nil
    }
  }

  private static func combine(
    _ a: Double, _ first: LessonValue.Unit, _ join: Operator, _ b: Double, _ second: LessonValue.Unit
  ) -> LessonValue? {
    let value: Double
    var unit = LessonValue.Unit.plain
    switch join {
    case .add, .subtract:
      value = join == .add ? a + b : a - b
      // "1 − error" is a share, "rank + 1" a count.
      unit = first == second ? first : first == .plain ? second : second == .plain ? first : .plain
    case .multiply: value = a * b
    case .divide:
      guard b != 0 else { return nil }
      value = a / b
    default: return nil
    }
    return .number(value, unit)
  }

  /// The value as text; "…" while it is not known.
  package func text(in state: ExplorerState, rank: Int? = nil) -> String {
    value(in: state, rank: rank)?.text ?? "…"
  }
}

extension LessonValue {
  /// The value as it stands in a text: whole counts, shares in per cent, four digits of anything else.
  package var text: String {
    switch self {
    case .number(let value, .count): Int(exactly: value.rounded()).map(NumberFormat.grouped) ?? "\(value)"
    case .number(let value, .share): (value < 0 ? "−" : "") + NumberFormat.percent(Bounded(abs(value)), digits: 3)
    case .number(let value, .plain): NumberFormat.plain(value, digits: 4)
    case .word(let word): word
    case .truth(let holds): holds ? "yes" : "no"
    }
  }
}
