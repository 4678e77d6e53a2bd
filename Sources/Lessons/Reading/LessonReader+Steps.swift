import Explorer
import MatrixFiles
import Preparation
import Yams

extension LessonReader {
  private static let stepKeys = [
    "text", "id", "title", "matrix", "prepare", "compare", "panels", "hidden", "start", "task",
  ]

  /// The step that `node` describes, which takes over what it does not say from the one before.
  mutating func step(_ node: Node, number: Int, after last: LessonStep?) -> LessonStep? {
    guard
      let fields = fields(
        node, of: "a step", known: Self.stepKeys,
        needed: ["text", "task"] + (last == nil ? ["matrix", "panels"] : []))
    else { return nil }
    var step = LessonStep(
      id: fields["id"].flatMap { identifier($0) } ?? "\(number)",
      title: fields["title"].flatMap { string($0, "title") },
      text: fields["text"].flatMap { markup($0, "text") } ?? LessonText(""),
      source: last?.source ?? Self.standIn, preparation: last?.preparation ?? Preparation(),
      comparison: fields["compare"].flatMap { string($0, "compare") }, panels: last?.panels ?? [.overview])
    readMatrix(fields, into: &step)
    readPanels(fields, into: &step)
    if let node = fields["start"] { step.start = start(node, step) }
    if let node = fields["task"] { step.task = task(node, &step) }
    places[step.id] = StepPlaces(node, fields, self)
    checkHidden(fields, &step)
    checkAnswer(fields, step)
    checkLength(fields, step)
    return step
  }

  /// Notes what is hidden and never shown, and forgets it.
  private mutating func checkHidden(_ fields: [String: Node], _ step: inout LessonStep) {
    guard let node = fields["hidden"], !step.hidden.isEmpty else { return }
    if case .predict = step.task { return }
    note(
      .neverRevealed, place(of: node), "what is hidden is shown after a prediction, and this step has none")
    step.hidden = []
  }

  private mutating func identifier(_ node: Node) -> String? {
    guard let text = string(node, "id") else { return nil }
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    guard !text.isEmpty, isPlain, text.count <= 40 else {
      note(.badValue, place(of: node), "an id is made of letters, digits and hyphens, at most 40")
      return nil
    }
    return text
  }

  // MARK: Views

  private mutating func readPanels(_ fields: [String: Node], into step: inout LessonStep) {
    if let node = fields["panels"] {
      let known = problems.count
      let found = views(node, "panels")
      if problems.dropFirst(known).contains(where: { !$0.kind.isAdvice }) {
        step.notice = "a panel of this step is not known: \(found.isEmpty ? "the overview" : "the others") will do"
      }
      step.panels = found.isEmpty ? [.overview] : found.map(\.view)
    }
    guard let node = fields["hidden"] else { return }
    for (view, node) in views(node, "hidden") {
      if step.panels.contains(view) {
        step.hidden.append(view)
      } else {
        note(.hiddenNotShown, place(of: node), "\(view) is hidden, but not among this step's panels")
      }
    }
  }

  private mutating func views(_ node: Node, _ key: String) -> [(view: ExplorerView, node: Node)] {
    var found: [(view: ExplorerView, node: Node)] = []
    for (name, node) in strings(node, key) {
      guard let view = self.view(name, node) else { continue }
      if found.contains(where: { $0.view == view }) {
        note(.duplicatePanel, place(of: node), "\(key): \(view) stands here twice")
      } else {
        found.append((view, node))
      }
    }
    return found
  }

  private mutating func view(_ name: String, _ node: Node) -> ExplorerView? {
    let known = ExplorerState.matrixViews
    if let view = known.first(where: { "\($0)" == name }) { return view }
    note(
      .unknownPanel, place(of: node),
      "there is no panel “\(printable(name, limit: 40))”; there are \(known.map { "\($0)" }.joined(separator: ", "))")
    return nil
  }

  // MARK: Where it starts

  private static let startKeys = ["view", "rank", "mark", "component", "values", "index", "curves", "commands"]

  private enum Axis: String, CaseIterable { case log, linear }

  private mutating func start(_ node: Node, _ step: LessonStep) -> LessonStart {
    var start = LessonStart()
    guard let fields = fields(node, of: "start", known: Self.startKeys) else { return start }
    if let node = fields["view"], let name = string(node, "view"), let view = self.view(name, node) {
      if step.panels.contains(view) {
        start.view = view
      } else {
        note(.hiddenNotShown, place(of: node), "\(view) is not among this step's panels")
      }
    }
    start.rank = fields["rank"].flatMap { expression($0, "rank") }
    start.mark = fields["mark"].flatMap { expression($0, "mark") }
    start.component = fields["component"].flatMap { whole($0, "component", in: 1...1_000_000) }
    start.logarithmicValues = fields["values"].flatMap { choice($0, "values", Axis.self) }.map { $0 == .log }
    start.logarithmicIndex = fields["index"].flatMap { choice($0, "index", Axis.self) }.map { $0 == .log }
    start.curves = fields["curves"].flatMap { truth($0, "curves") }
    start.commands = fields["commands"].map { commands($0, "commands") } ?? []
    return start
  }

  // MARK: Length

  /// Notes text that a screen of 80 × 22 has no room for.
  private mutating func checkLength(_ fields: [String: Node], _ step: LessonStep) {
    guard let node = fields["text"] else { return }
    // Figures take about as much room as "12.3 %".
    let spelling: (LessonExpression) -> String = { _ in "123456" }
    let width = LessonPage.widthLimit
    func check(_ lines: Int, _ node: Node, _ what: String) {
      guard lines > LessonPage.lineLimit else { return }
      note(
        .tooLong, place(of: node),
        "\(what) take \(lines) lines of \(width) cells, and a screen of 80 × 22 has \(LessonPage.lineLimit) for them")
    }
    check(LessonPage.asking(step, width: width, spelling).count, node, "text and question")
    guard step.task.after != nil else { return }
    let afterNode = fields["task"]?.mapping?["after"] ?? node
    switch step.task {
    case .look: break
    case .reach: check(LessonPage.reached(step, width: width, spelling).count, afterNode, "the answer and what follows")
    case .predict(let prediction):
      let replies = prediction.choices.isEmpty ? [nil] : prediction.choices.map(\.reply)
      let counts = replies.map { reply in
        let right = prediction.choices.first(where: \.isRight)?.text
        let sentence =
          "Not A: B is right: " + (right?.plainLines(spelling).joined(separator: " ") ?? "")
        let feedback = LessonFeedback(verdict: .wrong, sentence: sentence, reply: reply)
        return LessonPage.answered(step, feedback, width: width, spelling).count
      }
      check(counts.max() ?? 0, afterNode, "the answer and what follows")
    }
  }
}
