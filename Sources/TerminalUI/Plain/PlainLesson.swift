import Explorer
import RankAnalysis

/// Lessons in sentences.
package enum PlainLesson {
  /// What can be said in a lesson, for the help.
  package static let help = [
    "In a lesson: “12”, or “predict 12”, answers, “next” and “previous” step, “reveal” shows the answer or a hint,",
    "“reset” starts the step again, “lesson” says it again, “explore” leaves it and returns. “back” ends the lesson.",
  ]

  /// The action that `line` means in a lesson; nil where it means what it does everywhere.
  package static func action(_ line: String, _ state: ExplorerState) -> ExplorerAction? {
    guard let lesson = state.lesson, state.showsMatrix else { return nil }
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let argument = words.count > 1 ? words[1] : ""
    if lesson.isExploring {
      return ["next", "n", "explore", "lesson"].contains(line) ? .lesson(.toggleExploring) : nil
    }
    // A guess alone answers, as on the screen.
    if lesson.isAsking, let kind = lesson.prediction?.kind, isAnswer(line, kind) { return .lesson(.answer(line)) }
    switch words.first {
    case "next" where argument.isEmpty, "n" where argument.isEmpty: return .lesson(.next)
    case "previous" where argument.isEmpty: return .lesson(.previous)
    case "reset" where argument.isEmpty: return .lesson(.reset)
    case "reveal" where argument.isEmpty: return .lesson(.reveal)
    case "explore" where argument.isEmpty: return .lesson(.toggleExploring)
    case "predict" where !argument.isEmpty: return .lesson(.answer(argument))
    default: return nil
    }
  }

  /// Whether `line` alone is a guess: a number, or the letter of a choice.
  private static func isAnswer(_ line: String, _ kind: LessonPrediction.Kind) -> Bool {
    guard kind == .choice else { return line.first?.isNumber == true && ExplorerState.number(line, as: .number) != nil }
    return line.count == 1 && ExplorerState.choice(line, of: ExplorerState.choiceLetters.count) != nil
  }

  /// Why `question` may not be answered yet: figures would give the answer away.
  package static func refusal(of question: String, _ state: ExplorerState) -> String? {
    guard state.showsLesson, state.lesson?.hidden.isEmpty == false, !["list", "lesson"].contains(question) else {
      return nil
    }
    return "First the answer: \(answerUsage(state) ?? "“reveal” shows it")."
  }

  /// The step: its place, its text, its task.
  package static func step(_ state: ExplorerState) -> [String] {
    guard let lesson = state.lesson else { return ["No lesson is under way."] }
    let step = lesson.step
    var lines = [
      "\(lesson.lesson.title). Step \(lesson.index + 1) of \(lesson.lesson.steps.count)\(step.title.map { ": \($0)" } ?? "")"
    ].map(PlainText.sentence)
    lines += spoken(step.text, state)
    return lines + task(state)
  }

  /// What is to be done.
  package static func task(_ state: ExplorerState) -> [String] {
    guard let lesson = state.lesson else { return [] }
    var lines = lesson.isDone ? [] : lesson.step.task.question.map { spoken($0, state) } ?? []
    if lesson.isAsking, let prediction = lesson.prediction {
      lines += zip(ExplorerState.choiceLetters, prediction.choices).map { letter, choice in
        "\(letter): \(spoken(choice.text, state).joined(separator: " "))"
      }
    }
    if let usage = answerUsage(state) {
      lines.append(PlainText.sentence(usage))
    } else if lesson.goal != nil, !lesson.isReached {
      lines.append("Move until it holds; “reveal” gives a hint, “next” goes on.")
    } else {
      lines.append(lesson.index + 1 == lesson.lesson.steps.count ? "“next” ends the lesson." : "“next” goes on.")
    }
    return lines
  }

  /// What followed an answer, or a goal that was reached.
  package static func outcome(_ state: ExplorerState) -> [String] {
    guard let lesson = state.lesson, lesson.isDone else { return [] }
    var lines: [String] = []
    if let feedback = LessonFeedback(state) {
      lines.append(feedback.sentence)
      lines += feedback.reply.map { spoken($0, state) } ?? []
    } else if lesson.isReached {
      lines.append("Reached.")
    }
    return lines + (lesson.step.task.after.map { spoken($0, state) } ?? []) + task(state)
  }

  /// The hint of a goal.
  package static func hint(_ state: ExplorerState) -> [String] {
    guard let goal = state.lesson?.goal else { return [] }
    return goal.hint.map { spoken($0, state) } ?? ["There is no hint."]
  }

  /// The menu.
  package static func menu(_ state: ExplorerState) -> [String] {
    state.lessons.enumerated().map { index, lesson in
      let passed = state.lessonProgress[lesson.name]?.passed ?? []
      return "\(index + 1). \(lesson.title): \(lesson.level.rawValue), \(lesson.minutes) minutes, "
        + "\(lesson.steps.count { passed.contains($0.id) }) of \(lesson.steps.count) steps done."
    }
  }

  private static func spoken(_ text: LessonText, _ state: ExplorerState) -> [String] {
    text.plainLines { $0.text(in: state) }
  }

  private static func answerUsage(_ state: ExplorerState) -> String? {
    guard let lesson = state.lesson, lesson.isAsking, let prediction = lesson.prediction else { return nil }
    return switch prediction.kind {
    case .rank: "“12” guesses a rank, “reveal” shows it, “next” goes on without"
    case .error: "“12” guesses 12 %, “reveal” shows it, “next” goes on without"
    case .number: "“12” guesses a number, “reveal” shows it, “next” goes on without"
    case .choice: "“A” chooses, “reveal” shows the answer, “next” goes on without"
    }
  }
}
