/// What a step asks for.
package enum LessonTask: Hashable, Sendable {
  /// Nothing but to look.
  case look
  /// A guess before the answer is shown.
  case predict(LessonPrediction)
  /// A condition to make true.
  case reach(LessonGoal)

  /// What is asked, in words; nil where the text says it.
  package var question: LessonText? {
    switch self {
    case .look: nil
    case .predict(let prediction): prediction.question
    case .reach(let goal): goal.question
    }
  }

  /// What the text becomes once it is done.
  package var after: LessonText? {
    switch self {
    case .look: nil
    case .predict(let prediction): prediction.after
    case .reach(let goal): goal.after
    }
  }
}

/// A guess: of a number that is computed from the matrix, or between choices.
package struct LessonPrediction: Hashable, Sendable {
  /// What is guessed.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A whole number of directions.
    case rank
    /// A share, typed in per cent.
    case error
    /// Any number.
    case number
    /// One of the choices.
    case choice
  }

  /// What is guessed.
  package var kind: Kind
  /// What is asked.
  package var question: LessonText
  /// The answer; nil of a choice.
  package var answer: LessonExpression?
  /// How far off still counts as right.
  package var tolerance: Tolerance
  /// The choices; none of a number.
  package var choices: [Choice]
  /// What the text becomes after the answer.
  package var after: LessonText?

  /// How far off still counts as right.
  package enum Tolerance: Hashable, Sendable {
    /// So much.
    case absolute(Double)
    /// Such a share of the answer.
    case relative(Double)

    /// Whether `guess` is near enough to `answer`.
    package func accepts(_ guess: Double, _ answer: Double) -> Bool {
      let slack = 1e-9 * max(abs(guess), abs(answer))
      return switch self {
      case .absolute(let distance): abs(guess - answer) <= distance + slack
      case .relative(let share): abs(guess - answer) <= share * abs(answer) + slack
      }
    }
  }

  /// One of several answers.
  package struct Choice: Hashable, Sendable {
    /// What it says.
    package var text: LessonText
    /// Whether it is the right one.
    package var isRight: Bool
    /// What who chose it is told.
    package var reply: LessonText?

    /// A choice that says `text`.
    package init(text: LessonText, isRight: Bool, reply: LessonText? = nil) {
      self.text = text
      self.isRight = isRight
      self.reply = reply
    }
  }

  /// A guess of `kind`.
  package init(
    kind: Kind, question: LessonText, answer: LessonExpression? = nil, tolerance: Tolerance = .absolute(0),
    choices: [Choice] = [], after: LessonText? = nil
  ) {
    self.kind = kind
    self.question = question
    self.answer = answer
    self.tolerance = tolerance
    self.choices = choices
    self.after = after
  }
}

/// A condition that is to be made true.
package struct LessonGoal: Hashable, Sendable {
  /// What must hold.
  package var condition: LessonExpression
  /// What is to be done, in words.
  package var question: LessonText?
  /// Lines of ":" that make it true from the start; none where a rank alone does.
  package var solution: [String]
  /// What is shown when it is asked for.
  package var hint: LessonText?
  /// What the text becomes once it holds.
  package var after: LessonText?

  /// The goal that `condition` holds.
  package init(
    condition: LessonExpression, question: LessonText? = nil, solution: [String] = [], hint: LessonText? = nil,
    after: LessonText? = nil
  ) {
    self.condition = condition
    self.question = question
    self.solution = solution
    self.hint = hint
    self.after = after
  }
}
