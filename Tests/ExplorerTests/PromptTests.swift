import Explorer
import Testing
import TerminalUI

@Suite("The command line of the explorer")
struct PromptTests {
  private func edited(_ edits: [LineEdit], from text: String = "") -> String {
    var line = Prompt(.command, text: text)
    for edit in edits { line.take(edit) }
    let cursor = line.text.index(line.text.startIndex, offsetBy: line.cursor)
    return line.text[..<cursor] + "|" + line.text[cursor...]
  }

  @Test("editing a line, whole characters at a time")
  func edits() {
    #expect(edited([.insert("a"), .insert("c"), .left, .insert("b")]) == "ab|c")
    #expect(edited([.backspace, .start, .backspace, .right], from: "xyz") == "x|y")
    #expect(edited([.start, .end, .left, .left, .left, .left], from: "ab") == "|ab")
    #expect(edited([.clear], from: "ab") == "|")
    #expect(edited([.insert("e"), .insert("\u{301}"), .insert("漢"), .backspace, .backspace]) == "|")
    #expect(edited([.left, .insert("n")], from: "e\u{301}") == "n|é", "a letter goes before the whole character")
    #expect(edited(Array(repeating: .insert("x"), count: 5000)).count == 4097, "a line has an end")
  }

  @Test("keys are text while a line is open, and Enter runs it")
  func keys() throws {
    let session = makeSession("diagonal")
    try play(": r a n k Space 7", session)
    #expect(session.state.prompt?.text == "rank 7" && session.state.rank == 4)
    try play("Enter", session)
    #expect(session.state.prompt == nil && session.state.rank == 7)
    try play(": q Esc", session)
    #expect(session.state.prompt == nil && !session.state.isQuitting)
    try play(": q Backspace Backspace", session)
    #expect(session.state.prompt == nil, "Backspace in an empty line closes it")
    try play(": 3 Enter", session)
    #expect(session.state.rank == 3)
    try play(": Enter", session)
    #expect(session.state.rank == 3 && session.state.notice == nil)
  }

  @Test("history goes back and forth, keeps what was being typed, and no line twice in a row")
  func history() throws {
    let session = makeSession("diagonal")
    for line in ["rank 2", "rank 2", "energy 99%", "nonsense"] { command(line, session) }
    #expect(session.state.history == ["rank 2", "energy 99%", "nonsense"])
    try play(": x Up", session)
    #expect(session.state.prompt?.text == "nonsense")
    try play("Up Up Up", session)
    #expect(session.state.prompt?.text == "rank 2")
    try play("Down", session)
    #expect(session.state.prompt?.text == "energy 99%")
    try play("Down Down Down", session)
    #expect(session.state.prompt?.text == "x")
    try play("Up Up Enter", session)
    #expect(session.state.history.last == "energy 99%" && session.state.history.count == 4)
  }

  @Test("Tab completes names and words, in turn and backwards")
  func completion() throws {
    let session = makeSession("diagonal")
    try play(": e n Tab", session)
    #expect(session.state.prompt?.text == "energy " && session.state.prompt?.candidates.isEmpty == true)
    try play("Esc : t r Tab Enter", session)
    #expect(session.state.preparation.isTransposed)
    try play(": c e n t e r Space Tab", session)
    #expect(session.state.prompt?.text == "center none")
    try play("Tab Tab", session)
    #expect(session.state.prompt?.text == "center columns")
    try play("S-Tab S-Tab S-Tab", session)
    #expect(session.state.prompt?.text == "center both", "around")
    try play("Enter", session)
    #expect(session.state.preparation.centering == .both)
    try play(": s e t Space m Tab", session)
    #expect(session.state.prompt?.text == "set map ")
    try play("Tab", session)
    #expect(session.state.prompt?.text == "set map grey")
    try play("Ctrl-u z Tab", session)
    #expect(session.state.notice?.text == "nothing completes this" && session.state.prompt?.text == "z")
  }

  @Test("columns complete by their names")
  func columns() throws {
    let session = makeSession("table")
    try play(": d r o p Space s Tab", session)
    #expect(session.state.prompt?.text == "drop small")
    try play("Ctrl-u c o l u m n s Space Tab", session)
    #expect(session.state.prompt?.candidates == ["all", "id", "small", "large"].map { "columns " + $0 })
  }

  @Test("paths are asked of the world, and taken only if the line still ends in them")
  func paths() {
    var state = makeSession("diagonal").state
    _ = reduce(&state, .beginCommand("write da"))
    #expect(reduce(&state, .edit(.complete(1))) == [.complete("da")])
    _ = reduce(&state, .completions(of: "old", ["older"]))
    #expect(state.prompt?.text == "write da")
    _ = reduce(&state, .completions(of: "da", ["data/", "day.npz"]))
    #expect(state.prompt?.text == "write data/" && state.prompt?.candidates.count == 2)
    _ = reduce(&state, .edit(.complete(1)))
    #expect(state.prompt?.text == "write day.npz")
    _ = reduce(&state, .edit(.insert("x")))
    #expect(state.prompt?.text == "write day.npzx" && state.prompt?.candidates.isEmpty == true)
    _ = reduce(&state, .edit(.complete(1)))
    _ = reduce(&state, .completions(of: "day.npzx", []))
    #expect(state.notice?.text == "nothing completes this")
  }

  @Test(
    "what is wrong with a command is said in a sentence, and nothing else happens",
    arguments: [
      ("rank 9999", "the largest rank here is 10"), ("9999", "the largest rank here is 10"),
      ("rank x", "“x” is no rank"), ("rank -1", "“-1” is no rank"), ("-1", "“-1” is no rank"),
      ("energy x", "“x” is not a share of one: write 0.95 or 95%"),
      ("error 95", "“95” is not a share of one: write 0.95 or 95%"),
      ("parameters many", "“many” is neither a whole number nor a percentage: write 50000 or 25%"),
      ("component 0", "“0” is no layer: they count from 1"), ("rank", "write :rank K"), ("open", "write :open FILE"),
      ("s", "“s” may be scale or slice or sort or scan or set or save"), ("e", "“e” may be energy or error"),
      ("frobnicate", "there is no command “frobnicate”; :help lists them"),
      ("transpose 3", ":transpose takes nothing after it"),
      ("center sideways", "“sideways” is none of none, mean, columns, rows, both"),
      ("missing maybe", "“maybe” is none of drop-rows, column-mean, zero"),
      ("columns 3-1", "“3-1” is no list of columns: write numbers or names, as in 1-3,7,alcohol"),
      ("set colour red", "settings are theme, map, projector, values, index, curves, keep; write :set theme light"),
      ("set theme pink", "theme may be dark, light, contrast"), ("set theme", "theme may be dark, light, contrast"),
      ("a\u{1b}[2J", "there is no command “a\\u{1b}[2J”; :help lists them"),
    ])
  func errors(line: String, sentence: String) {
    let session = makeSession("diagonal")
    command(line, session)
    #expect(session.state.notice?.text == sentence && session.state.notice?.isError == true)
    #expect(session.state.rank == 4 && session.state.view == .overview && session.state.preparation == .init())
    session.send(.moveRank(1))
    #expect(session.state.notice == nil, "the next key takes it away")
  }

  @Test("a rule that does not exist lists those that do")
  func rules() {
    let session = makeSession("diagonal")
    command("rule best", session)
    #expect(session.state.notice?.text.hasPrefix("there is no rule “best”: numerical, energy_90") == true)
    command("rule numerical", session)
    #expect(session.state.rank == 10)
  }

  @Test(
    "commands choose the rank as the command line does, cut short where only one is meant",
    arguments: [
      ("rank 7", 7), ("  ra   7 ", 7), ("0", 0), ("ene 75%", 1), ("energy 0.76", 2), ("err 0.25", 2), ("error 100%", 0),
      ("par 44", 2), ("parameters 43", 1), ("par 100%", 5), ("rule error_1", 7),
    ])
  func ranks(line: String, rank: Int) {
    // σ = 2⁹ … 1: the energy of σ₁ is 3/4 (and a little), the error after two 1/4.
    let session = makeSession("diagonal")
    command(line, session)
    #expect(session.state.rank == rank && session.state.notice?.isError != true, "\(session.state.notice?.text ?? "")")
  }

  @Test("commands about a matrix need one", arguments: ["rank 3", "mark", "center columns", "write a.npz", "pin"])
  func needsMatrix(line: String) throws {
    let name = String(line.prefix { $0 != " " })
    let session = makeSession(nil)
    command(line, session)
    #expect(session.state.notice?.text == ":\(name) needs an open matrix")
    // One that was left is not open.
    try play("Enter q", session)
    command(line, session)
    #expect(session.state.view == .gallery && session.state.notice?.text == ":\(name) needs an open matrix")
  }

  @Test("settings change how it is drawn, before a matrix is open, too")
  func settings() {
    let session = makeSession(nil)
    for line in [
      "set theme light", "set map viridis", "set projector on", "set values linear", "set index log", "set curves off",
    ] {
      command(line, session)
      #expect(session.state.notice == nil)
    }
    let state = session.state
    #expect(state.display.theme == .light && state.display.isProjected && state.pictureView.map == .viridis)
    #expect(!state.logarithmicValues && state.logarithmicIndex && !state.showsCurves)
    command("set projector off", session)
    command("set curves on", session)
    #expect(!session.state.display.isProjected && session.state.showsCurves)
  }

  @Test("every example of a setting is one, and completes")
  func examples() throws {
    for setting in CommandCatalog.settings {
      for value in setting.values {
        #expect(throws: Never.self) { try CommandCatalog.displayChange("\(setting.name) \(value)") }
      }
    }
  }

  @Test(":view, :component and :open go there")
  func views() {
    let session = makeSession("diagonal")
    for view in ExplorerState.matrixViews {
      command("view \(view)", session)
      #expect(session.state.view == view)
    }
    command("component 3", session)
    #expect(session.state.view == .components && session.state.component == 3 && session.state.triplet?.index == 3)
    command("component 99", session)
    #expect(session.state.component == 3 && session.state.notice?.text == "the last layer here is 10")
    command("open gallery:tiny", session)
    #expect(
      session.state.info?.source == "gallery:tiny" && session.state.component == 1 && session.state.view == .overview)
  }

  @Test("/ shows the rows that contain what is typed, and Esc all of them")
  func search() throws {
    let session = makeSession(nil)
    try play("/ W I", session)
    #expect(session.state.listedRows == [1] && session.state.galleryRow.index == 0)
    #expect(session.state.previews["gallery:wide"] != nil, "the row that is left is looked at")
    try play("Enter", session)
    #expect(session.state.prompt == nil && session.state.filter == "WI")
    try play("Enter", session)
    #expect(session.state.info?.source == "gallery:wide")
    try play("q Esc", session)
    #expect(session.state.filter.isEmpty && session.state.listedRows.count == 2)
    try play("/ z z", session)
    #expect(session.state.listedRows.isEmpty)
    try play("Enter Enter Down End", session)
    #expect(session.state.view == .gallery, "there is nothing to open")
    try play("Esc / i Esc", session)
    #expect(session.state.filter.isEmpty && session.state.prompt == nil)
  }

  @Test("searching tensors by name")
  func searchTensors() throws {
    let session = makeSession("pair")
    try play("/ s e c Enter Enter", session)
    #expect(session.state.info?.tensor == "second" && session.state.fullRank == 6)
  }
}
