import Explorer
import MatrixFiles
import Preparation
import Yams

/// Reads one lesson and notes everything that is wrong with it.
struct LessonReader {
  /// The file's text.
  let text: String
  /// The lesson's name on the command line.
  let name: String
  /// The directory that files are looked for in; nil where there are none, as for built-in lessons.
  let directory: String?
  /// What is wrong so far.
  var problems: [LessonProblem] = []
  /// Where steps and their keys stand, by the steps' ids.
  var places: [String: StepPlaces] = [:]

  /// A longer file is no lesson.
  static let sizeLimit = 1 << 18
  /// More steps than a lesson can have.
  static let stepLimit = 60

  init(_ text: String, name: String, directory: String?) {
    self.text = text
    self.name = name
    self.directory = directory
  }

  /// The lesson, as far as it could be read; nil where nothing could.
  mutating func lesson() -> Lesson? {
    guard text.utf8.count <= Self.sizeLimit else {
      note(.tooLarge, .start, "a lesson of more than \(Self.sizeLimit >> 10) KiB is not read")
      return nil
    }
    guard refusePitfalls(), let root = compose() else { return nil }
    guard
      let fields = fields(
        root, of: "a lesson", known: ["title", "level", "misconception", "minutes", "steps"],
        needed: ["title", "level", "misconception", "steps"])
    else { return nil }
    let title = fields["title"].flatMap { string($0, "title") } ?? ""
    if let node = fields["title"], cellWidth(title) > 60 {
      note(.tooLong, place(of: node), "a title takes at most 60 cells")
    }
    if let node = fields["title"], node.scalar != nil, title.isEmpty {
      note(.emptyText, place(of: node), "the title is empty")
    }
    let level = fields["level"].flatMap { choice($0, "level", Lesson.Level.self) }
    let misconception = fields["misconception"].flatMap { string($0, "misconception") } ?? ""
    let minutes = fields["minutes"].flatMap { whole($0, "minutes", in: 1...120) } ?? 10
    let steps = fields["steps"].map { readSteps($0) } ?? []
    guard let level, !steps.isEmpty else { return nil }
    return Lesson(
      name: name, title: title, level: level, minutes: minutes,
      misconception: misconception.split(whereSeparator: \.isNewline).joined(separator: " "), steps: steps)
  }

  private mutating func readSteps(_ node: Node) -> [LessonStep] {
    guard let nodes = node.sequence else {
      note(.wrongType, place(of: node), "steps are a list: each begins with “- ”")
      return []
    }
    if nodes.isEmpty { note(.emptySteps, place(of: node), "a lesson has at least one step") }
    if nodes.count > Self.stepLimit {
      note(.tooManySteps, place(of: node), "a lesson has at most \(Self.stepLimit) steps, this one \(nodes.count)")
    }
    var steps: [LessonStep] = []
    var ids: Set<String> = []
    for (index, node) in nodes.prefix(Self.stepLimit).enumerated() {
      guard let step = step(node, number: index + 1, after: steps.last) else { continue }
      if !ids.insert(step.id).inserted {
        let at = node.mapping?["id"].map { place(of: $0) } ?? place(of: node)
        note(.duplicateStep, at, "another step is called “\(step.id)” already")
      }
      steps.append(step)
    }
    return steps
  }

  // MARK: YAML

  /// Refuses what is legal in YAML or nearly so, but only ever does harm here.
  private mutating func refusePitfalls() -> Bool {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
        let column = line.prefix { $0 != "\t" }.count + 1
        note(.tabs, LessonPlace(line: index + 1, column: column), "YAML is indented with spaces, not tabs")
        return false
      }
    }
    for (index, line) in lines.enumerated() {
      for (offset, word) in words(of: line) where word.first == "&" && word.count > 1 {
        guard text.contains("*" + word.dropFirst()) else { continue }
        note(
          .aliases, LessonPlace(line: index + 1, column: offset + 1), "anchors and aliases are not read: write it twice"
        )
        return false
      }
    }
    return true
  }

  private func words(of line: Substring) -> [(offset: Int, word: Substring)] {
    guard line.contains("&") else { return [] }
    return line.split { " [{,}]".contains($0) }.map { (line.distance(from: line.startIndex, to: $0.startIndex), $0) }
  }

  private mutating func compose() -> Node? {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        note(.missingKey, .start, "the file is empty: a lesson has title, level, misconception and steps")
        return nil
      }
      return node
    } catch let error as YamlError {
      take(error)
    } catch {
      note(.syntax, .start, "it is no YAML: \(printable("\(error)"))")
    }
    return nil
  }

  private mutating func take(_ error: YamlError) {
    switch error {
    // What is wrong with a quote that is never closed is where it opens.
    case .scanner(let context?, let problem, _, _) where context.text.contains("quoted scalar"):
      note(
        .syntax, LessonPlace(line: context.mark.line, column: context.mark.column),
        "it is no YAML: \(problem.contains("end of") ? "this quote is never closed" : printable(problem))")
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let reason = problem.contains("nesting") ? "it is nested too deeply" : "it is no YAML: \(printable(problem))"
      note(.syntax, LessonPlace(line: mark.line, column: mark.column), reason)
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.sorted().map { "“\(printable($0, limit: 40))”" }.joined(separator: ", ")
      note(
        .duplicateKey, LessonPlace(line: context.mark.line, column: context.mark.column), "\(names) stands here twice")
    case .reader(let problem, _, _, _): note(.syntax, .start, "it is no text: \(printable(problem))")
    default: note(.syntax, .start, "it is no YAML")
    }
  }

  // MARK: Noting

  mutating func note(_ kind: LessonProblem.Kind, _ place: LessonPlace, _ sentence: String) {
    problems.append(LessonProblem(line: place.line, column: place.column, kind: kind, sentence: sentence))
  }

  func place(of node: Node) -> LessonPlace {
    node.mark.map { LessonPlace(line: $0.line, column: $0.column) } ?? .start
  }

  /// Where `snippet`, `offset` characters into it, stands in the file from `node` on; the node's own place where it is
  /// not found, as in a folded text.
  func place(of snippet: String, offset: Int, in node: Node) -> LessonPlace {
    let start = place(of: node)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for number in max(1, start.line)..<max(start.line + 1, min(lines.count + 1, start.line + 200)) {
      guard lines.indices.contains(number - 1) else { break }
      let line = lines[number - 1]
      let first =
        number == start.line ? line.index(line.startIndex, offsetBy: start.column - 1, limitedBy: line.endIndex) : nil
      let searched = line[(first ?? line.startIndex)...]
      if let range = searched.firstRange(of: snippet) {
        return LessonPlace(
          line: number, column: line.distance(from: line.startIndex, to: range.lowerBound) + offset + 1)
      }
    }
    return start
  }
}

/// Where a step and what is tried in it stand in the file.
struct StepPlaces: Hashable, Sendable {
  let step: LessonPlace
  let matrix: LessonPlace
  let start: LessonPlace
  let task: LessonPlace

  init(_ node: Node, _ fields: [String: Node], _ reader: LessonReader) {
    step = reader.place(of: node)
    func place(_ keys: String...) -> LessonPlace {
      keys.lazy.compactMap { fields[$0] }.first.map { reader.place(of: $0) } ?? reader.place(of: node)
    }
    matrix = place("matrix", "prepare")
    start = place("start")
    task = place("task")
  }
}
