import Explorer
import RankAnalysis

/// A question of the plain explorer: registered in ``PlainCommand/all``. What changes something is a command of the ":" line.
package struct PlainCommand: Sendable {
  /// Its name: "values".
  package let name: String
  /// As it is written: "values 1-10".
  package let usage: String
  /// What it answers.
  package let summary: String
  /// The lines it answers with; nil asks for a matrix first.
  private let answer: @Sendable (String, ExplorerState) -> [String]

  /// The lines that answer it.
  package func lines(_ argument: String, _ state: ExplorerState) -> [String] {
    if name != "list", name != "lesson", !state.showsMatrix || state.spectrum == nil {
      return ["No matrix is open; “list” shows what there is."]
    }
    return answer(argument, state)
  }

  /// Every question, in the order of the help.
  package static let all: [PlainCommand] = [
    PlainCommand(name: "where", usage: "where", summary: "the rank, its error and its cost") { PlainText.position($1) },
    PlainCommand(name: "report", usage: "report", summary: "every figure at this rank") { PlainText.report($1) },
    PlainCommand(name: "spectrum", usage: "spectrum", summary: "how the singular values fall") { _, state in
      state.spectrum.map { PlainText.spectrum($0.analysis) } ?? []
    },
    PlainCommand(name: "values", usage: "values I-J", summary: "singular values by index") { text, state in
      let ends = text.split(separator: "-").compactMap { Int($0) }
      guard let first = text.isEmpty ? 1 : ends.first, let last = text.isEmpty ? 10 : ends.last, first >= 1,
        last >= first
      else { return ["Write “values 1-10”."] }
      return PlainText.values(state, first...last)
    },
    PlainCommand(name: "rules", usage: "rules", summary: "the rank that every rule picks, and why") {
      PlainText.rules($1)
    },
    PlainCommand(name: "explain", usage: "explain NAME", summary: "what a figure or a rule means") {
      PlainText.explanation($1, of: $0)
    },
    PlainCommand(name: "speed", usage: "speed", summary: "what products with the factors take, after “view speed”") {
      PlainText.speed($1)
    },
    PlainCommand(
      name: "projection", usage: "projection", summary: "the plane of two components, and who is near whom"
    ) {
      PlainText.projection($1)
    },
    PlainCommand(
      name: "blocks", usage: "blocks", summary: "parameters, degrees of freedom, bytes, and their break-evens"
    ) {
      PlainText.blocks($1)
    },
    PlainCommand(
      name: "race", usage: "race", summary: "every factorization at this rank, against the best error there is"
    ) {
      PlainText.race($1)
    },
    PlainCommand(
      name: "validation", usage: "validation", summary: "errors of held-out parts, and the rank of the least"
    ) {
      PlainText.validation($1)
    },
    PlainCommand(
      name: "court", usage: "court [NAME]", summary: "what every rule says, after “view court”; of one, why"
    ) {
      $0.isEmpty ? PlainText.court($1) : PlainText.verdict($1, of: $0)
    },
    PlainCommand(name: "lesson", usage: "lesson", summary: "the step of the lesson once more") {
      PlainLesson.step($1)
    },
    PlainCommand(
      name: "list", usage: "list WORD",
      summary: "what can be opened, or what of it has a word in its name; its number opens it"
    ) {
      PlainText.list($1, words: $0)
    },
  ]

  /// What the view that `line` asks for has found, where that is what `state` shows: the answer to “view court” is the court's.
  package static func lines(ofView line: String, _ state: ExplorerState) -> [String]? {
    let words = line.split(separator: " ")
    guard words.count == 2, words[0] == "view", words[1] == "\(state.view)",
      PlainLesson.refusal(of: String(words[1]), state) == nil
    else { return nil }
    if let failure = state.studies[state.view]?.failure { return [PlainText.sentence(failure)] }
    return all.first { $0.name == words[1] }?.lines("", state)
  }

  /// Every question and command with what it does.
  package static var help: [String] {
    let screenOnly = ["set", "save", "mark", "pin", "help", "quit"]
    let moves = [
      "next: the next larger rank that a rule picks.", "previous: the next smaller one.", "back: to the list.",
    ]
    return all.map { "\($0.usage): \($0.summary)." } + moves + PlainLesson.help
      + CommandCatalog.all.filter { !screenOnly.contains($0.name) }.map { "\($0.usage): \($0.summary)." }
      + ["help: these lines.", "quit: leaves the program."]
  }
}
