/// Something wrong with a lesson's file: where, of which kind, and one sentence.
package struct LessonProblem: Hashable, Sendable, CustomStringConvertible {
  /// What is wrong; each is told apart by the check.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    // The file.
    case cannotOpen, tooLarge, tabs, aliases, syntax, duplicateKey
    // Its structure.
    case wrongType, unknownKey, missingKey, emptySteps, tooManySteps, duplicateStep, emptyText, badValue, outOfRange
    // Text.
    case markup, tooLong
    // Matrices.
    case unknownMatrix, badChange, missingFile, outsideDirectory, badPreparation, cannotRead
    // Panels.
    case unknownPanel, duplicatePanel, hiddenNotShown, neverRevealed, emptyPanel
    // Tasks.
    case unknownTask, missingAnswer, typedAnswer, answerShown, nothingHidden, tooFewChoices, noRightChoice,
      severalRightChoices
    case badExpression, unknownName, unknownRule, wrongExpression, unknownCommand
    // What comes out when it is played.
    case rankOutOfRange, unknownAnswer, unreachable, holdsAtStart, solutionFails

    /// Whether a lesson can be played in spite of it.
    var isAdvice: Bool { [.tooLong, .duplicatePanel, .answerShown, .nothingHidden].contains(self) }
  }

  /// Whether a lesson can do without what is wrong: something stands in for it, and a notice says so.
  package var isTolerable: Bool {
    switch kind {
    case .unknownMatrix, .badChange, .missingFile, .outsideDirectory, .unknownPanel, .unknownName, .unknownRule,
      .tooLong,
      .unreachable, .holdsAtStart, .solutionFails, .rankOutOfRange, .emptyPanel, .cannotRead, .unknownAnswer,
      .duplicatePanel, .answerShown, .nothingHidden, .unknownCommand, .hiddenNotShown, .neverRevealed, .unknownKey:
      true
    default: false
    }
  }

  /// The line, from 1.
  package let line: Int
  /// The character of the line, from 1.
  package let column: Int
  /// What is wrong.
  package let kind: Kind
  /// What is wrong, and what may stand there: one sentence without a full stop.
  package let sentence: String

  /// "12:7: there is no view “spektrum”".
  package var description: String { "\(line):\(column): \(sentence)" }
}

/// A place in a lesson's file.
struct LessonPlace: Hashable, Sendable {
  /// The line, from 1.
  var line: Int
  /// The character of the line, from 1.
  var column: Int

  static let start = LessonPlace(line: 1, column: 1)
}
