/// What a step says on the screen, in lines: its text and question before the answer, the answer and what follows after.
package enum LessonPage {
  /// What a line is.
  package enum Kind: Hashable, Sendable {
    case text
    case question
    /// The first line of a choice, or a further one.
    case choice(Int, isFirst: Bool)
    case verdict(LessonFeedback.Verdict)
    case reply
    case hint
  }

  /// A line.
  package struct Line: Hashable, Sendable {
    /// Its pieces, from the left.
    package var pieces: [LessonTextLayout.Piece]
    /// What it is.
    package var kind: Kind
  }

  /// The lines that a screen of 80 × 22 has for text and question, and for an answer and what follows.
  package static let lineLimit = 9
  /// The cells of such a line.
  package static let widthLimit = 78

  /// The lines of the step on the screen.
  package static func lines(_ state: ExplorerState, width: Int) -> [Line] {
    guard let lesson = state.lesson else { return [] }
    let spelling: (LessonExpression) -> String = { $0.text(in: state) }
    if lesson.prediction != nil, let feedback = LessonFeedback(state) {
      return answered(lesson.step, feedback, width: width, spelling)
    }
    if lesson.goal != nil, lesson.isReached { return reached(lesson.step, width: width, spelling) }
    let hint = lesson.showsHint ? lesson.goal?.hint : nil
    return asking(lesson.step, hint: hint, width: width, spelling)
  }

  /// A step before its answer.
  package static func asking(
    _ step: LessonStep, hint: LessonText? = nil, width: Int, _ spelling: (LessonExpression) -> String
  ) -> [Line] {
    var parts = [block(step.text, .text, width, spelling)]
    if let question = step.task.question { parts.append(block(question, .question, width, spelling)) }
    if case .predict(let prediction) = step.task, prediction.kind == .choice {
      parts.append(
        prediction.choices.enumerated().flatMap { index, choice in
          hanging(choice.text, ExplorerState.choiceLetters[index], width, spelling).enumerated().map {
            Line(pieces: $1, kind: .choice(index, isFirst: $0 == 0))
          }
        })
    }
    if let hint { parts.append(block(hint, .hint, width, spelling)) }
    return joined(parts, isTight: { $0 == parts.count - 1 && parts.count > 2 })
  }

  /// A step after its answer.
  package static func answered(
    _ step: LessonStep, _ feedback: LessonFeedback, width: Int, _ spelling: (LessonExpression) -> String
  ) -> [Line] {
    var first = block(LessonText(feedback.sentence), .verdict(feedback.verdict), width, spelling)
    if let reply = feedback.reply { first += block(reply, .reply, width, spelling) }
    return joined([first, block(step.task.after ?? step.text, .text, width, spelling)])
  }

  /// A step whose goal was reached.
  package static func reached(
    _ step: LessonStep, width: Int, _ spelling: (LessonExpression) -> String
  ) -> [Line] {
    joined([
      block(LessonText("Reached."), .verdict(.right), width, spelling),
      block(step.task.after ?? step.text, .text, width, spelling),
    ])
  }

  private static func block(
    _ text: LessonText, _ kind: Kind, _ width: Int, _ spelling: (LessonExpression) -> String
  ) -> [Line] {
    LessonTextLayout.lines(text, width: width, spelling).map { Line(pieces: $0, kind: kind) }
  }

  /// A choice behind its letter.
  private static func hanging(
    _ text: LessonText, _ letter: Character, _ width: Int, _ spelling: (LessonExpression) -> String
  ) -> [[LessonTextLayout.Piece]] {
    var text = text
    if !text.blocks.isEmpty { text.blocks[0].mark = "  \(letter)" }
    return LessonTextLayout.lines(text, width: width, spelling)
  }

  /// The parts with blank lines between them; one that `isTight` follows the one before at once.
  private static func joined(_ parts: [[Line]], isTight: (Int) -> Bool = { _ in false }) -> [Line] {
    parts.enumerated().reduce(into: []) { lines, part in
      if part.offset > 0, !isTight(part.offset), !part.element.isEmpty { lines.append(Line(pieces: [], kind: .text)) }
      lines += part.element
    }
  }
}
