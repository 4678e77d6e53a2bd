import Testing

@Suite("The cursor, end to end")
struct CursorTests {
  private func waitForCursor(_ terminal: TerminalEmulator, on character: Character) throws {
    try terminal.wait(for: "the cursor on \(character)") {
      terminal.cursor.map { terminal.cell($0.row, $0.column).character } == character
    }
  }

  private func waitForCursor(_ terminal: TerminalEmulator, onLineWith text: String) throws {
    try terminal.wait(for: "the cursor on the line of \(text)") {
      terminal.cursor.map { terminal.line($0.row).contains(text) } ?? false
    }
  }

  @Test("it stands on the slider's thumb, on the number being typed, and on the chosen row")
  func follows() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    try waitForCursor(terminal, on: "●")
    terminal.send(Keys.right)
    try waitForCursor(terminal, on: "●")
    terminal.send("17")
    try waitForCursor(terminal, on: "_")
    terminal.send("\r")
    try terminal.waitForRank(17)
    try waitForCursor(terminal, on: "●")
    terminal.send(Keys.function(4))
    try terminal.waitForText("σᵢ/σ₁")
    try waitForCursor(terminal, onLineWith: " 17 ")
    terminal.send("i" + Keys.down)
    try waitForCursor(terminal, onLineWith: "factored k(m+n)")
    terminal.send(Keys.escape)
    terminal.resize(rows: 10, columns: 40)
    try terminal.waitForText("needs 60 × 16")
    #expect(terminal.cursor == nil)
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.privateModes[25] == true)
  }

  @Test("in the gallery it stands on the chosen entry")
  func gallery() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.start([], in: scratch)
    try terminal.waitForText("10 % error k =")
    try waitForCursor(terminal, on: "▸")
    terminal.send(Keys.down)
    try waitForCursor(terminal, on: "▸")
  }
}
