import Explorer
import Yams

extension LessonReader {
  /// Notes an answer that is on the screen before it is asked for: in the text, in the question, or in a view.
  mutating func checkAnswer(_ fields: [String: Node], _ step: LessonStep) {
    guard case .predict(let prediction) = step.task, let answer = prediction.answer, let task = fields["task"] else {
      return
    }
    for (text, node) in [(step.text, fields["text"]), (prediction.question, task.mapping?["question"])] {
      guard let node, text.figures.contains(answer) else { continue }
      note(.answerShown, place(of: node), "a figure in it is the answer that is asked for")
    }
    if step.hidden.isEmpty {
      note(
        .nothingHidden, place(of: task),
        "a number is asked for and no panel is hidden: name those that show it in “hidden”")
    }
  }
}

extension LessonText {
  /// The figures in it.
  fileprivate var figures: [LessonExpression] {
    blocks.flatMap(\.runs).compactMap { if case .figure(let expression, _) = $0 { expression } else { nil } }
  }
}
