import Explorer
import MatrixFiles
import Yams

extension LessonReader {
  /// The task that `node` describes: `look`, or a mapping with `predict` or `reach`.
  mutating func task(_ node: Node, _ step: inout LessonStep) -> LessonTask {
    if let word = node.scalar?.string {
      if word != "look" {
        note(
          .unknownTask, place(of: node),
          "a task is “look”, or has “predict” or “reach”; there is no “\(printable(word, limit: 40))”")
      }
      return .look
    }
    guard let mapping = node.mapping else {
      note(.wrongType, place(of: node), "a task is “look”, or keys with “predict” or “reach”")
      return .look
    }
    if mapping["predict"] != nil { return prediction(node) }
    if mapping["reach"] != nil { return goal(node, &step) }
    note(.unknownTask, place(of: node), "a task is “look”, or has “predict” or “reach”")
    return .look
  }

  // MARK: Predictions

  private static let predictionKeys = ["predict", "question", "answer", "close", "choices", "after"]

  private mutating func prediction(_ node: Node) -> LessonTask {
    guard
      let fields = fields(
        node, of: "a prediction", known: Self.predictionKeys, needed: ["predict", "question"]),
      let kindNode = fields["predict"], let kind = choice(kindNode, "predict", LessonPrediction.Kind.self)
    else { return .look }
    var prediction = LessonPrediction(
      kind: kind, question: fields["question"].flatMap { markup($0, "question") } ?? LessonText(""),
      tolerance: kind == .rank ? .absolute(0) : .relative(0.1), after: fields["after"].flatMap { markup($0, "after") })
    if kind == .choice {
      prediction.choices = choices(fields, node)
      if let extra = fields["answer"] {
        note(.unknownKey, place(of: extra), "a choice has no “answer”: one of its choices is “right: true”")
      }
      return prediction.choices.contains(where: \.isRight) ? .predict(prediction) : .look
    }
    if let extra = fields["choices"] {
      note(.unknownKey, place(of: extra), "only “predict: choice” has choices")
    }
    if let close = fields["close"] { prediction.tolerance = tolerance(close) ?? prediction.tolerance }
    guard let answer = fields["answer"] else {
      note(.missingAnswer, place(of: node), "a prediction needs “answer”: an expression that computes it")
      return .look
    }
    prediction.answer = expression(answer, "answer")
    guard let expression = prediction.answer else { return .look }
    if !expression.hasNames {
      note(
        .typedAnswer, place(of: answer), "an answer is computed, not typed: name a figure, as in “rank_of energy_99”")
    }
    return .predict(prediction)
  }

  private mutating func tolerance(_ node: Node) -> LessonPrediction.Tolerance? {
    guard let text = string(node, "close") else { return nil }
    let trimmed = text.filter { $0 != " " }
    let isShare = trimmed.hasSuffix("%")
    guard let value = Double(isShare ? String(trimmed.dropLast()) : trimmed), value.isFinite, value >= 0 else {
      note(.badValue, place(of: node), "close is a number, or a percentage of the answer: 2, or 10 %")
      return nil
    }
    return isShare ? .relative(value / 100) : .absolute(value)
  }

  private mutating func choices(_ fields: [String: Node], _ task: Node) -> [LessonPrediction.Choice] {
    guard let node = fields["choices"], let nodes = node.sequence else {
      note(
        .tooFewChoices, place(of: fields["choices"] ?? task), "a choice needs “choices”: a list of 2 … 6")
      return []
    }
    guard (2...6).contains(nodes.count) else {
      note(.tooFewChoices, place(of: node), "a choice has 2 … 6 choices, not \(nodes.count)")
      return []
    }
    var choices: [LessonPrediction.Choice] = []
    for item in nodes {
      guard let fields = self.fields(item, of: "a choice", known: ["text", "right", "says"], needed: ["text"]) else {
        continue
      }
      choices.append(
        LessonPrediction.Choice(
          text: fields["text"].flatMap { markup($0, "text") } ?? LessonText(""),
          isRight: fields["right"].flatMap { truth($0, "right") } ?? false,
          reply: fields["says"].flatMap { markup($0, "says") }))
    }
    let right = choices.count(where: \.isRight)
    if right == 0 { note(.noRightChoice, place(of: node), "none of the choices is “right: true”") }
    if right > 1 { note(.severalRightChoices, place(of: node), "\(right) of the choices are “right: true”: one is") }
    return choices
  }

  // MARK: Goals

  private static let goalKeys = ["reach", "question", "solution", "hint", "after"]

  private mutating func goal(_ node: Node, _ step: inout LessonStep) -> LessonTask {
    guard let fields = fields(node, of: "a goal", known: Self.goalKeys), let reach = fields["reach"] else {
      return .look
    }
    let solution = fields["solution"].map { commands($0, "solution") } ?? []
    let question = fields["question"].flatMap { markup($0, "question") }
    let hint = fields["hint"].flatMap { markup($0, "hint") }
    let after = fields["after"].flatMap { markup($0, "after") }
    guard let condition = expression(reach, "reach", as: .truth) else {
      step.notice = "this step's condition is not understood: look, and go on with n"
      return .look
    }
    return .reach(
      LessonGoal(condition: condition, question: question, solution: solution, hint: hint, after: after))
  }
}
