/// What a lesson computes from the state: a number, a word, or whether something holds.
package indirect enum LessonExpression: Hashable, Sendable {
  /// How two are joined.
  package enum Operator: String, Hashable, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="
    case and
    case or
  }

  /// A number; a percentage is a hundredth and a share.
  case number(Double, isShare: Bool)
  /// A word to compare with: "spectrum".
  case word(String)
  /// A figure of ``LessonFigureCatalog``, perhaps at a rank of its own.
  case figure(String, at: LessonExpression?)
  /// The rank that a rule picks, by its identifier.
  case rankOf(String)
  /// −x.
  case minus(LessonExpression)
  /// Whether it does not hold.
  case not(LessonExpression)
  /// Two, joined.
  case pair(LessonExpression, Operator, LessonExpression)

  /// Whether it speaks of the state at all: a number alone does not.
  package var hasNames: Bool {
    switch self {
    case .number, .word: false
    case .figure, .rankOf: true
    case .minus(let inner), .not(let inner): inner.hasNames
    case .pair(let left, _, let right): left.hasNames || right.hasNames
    }
  }

  /// The figures it names.
  package var figureNames: [String] {
    switch self {
    case .number, .word, .rankOf: []
    case .figure(let name, let rank): [name] + (rank?.figureNames ?? [])
    case .minus(let inner), .not(let inner): inner.figureNames
    case .pair(let left, _, let right): left.figureNames + right.figureNames
    }
  }
}

/// What an expression comes to.
package enum LessonValue: Hashable, Sendable {
  /// What a number counts.
  package enum Unit: Hashable, Sendable {
    /// Whole things.
    case count
    /// A part of 1, written in per cent.
    case share
    /// Anything else.
    case plain
  }

  case number(Double, Unit)
  case word(String)
  case truth(Bool)

  /// The number, if it is one.
  package var number: Double? { if case .number(let value, _) = self { value } else { nil } }
}

/// What kind of value an expression comes to, before anything is computed.
package enum LessonValueKind: Hashable, Sendable { case number, word, truth }
