import Testing

@Suite("Terminals of every kind, end to end")
struct DisplayTests {
  private func explore(_ arguments: [String] = [], _ environment: [String: String], in scratch: Scratch) throws
    -> TerminalEmulator
  {
    try Staircase.write(in: scratch)
    let terminal = try Lowrank.start([Staircase.name] + arguments, in: scratch, environment: environment)
    try terminal.waitForText("break-even rank")
    try terminal.waitForText("exact ")
    terminal.send("17\r")
    try terminal.wait(for: "rank 17") { terminal.rank == 17 && terminal.parameters == 1700 }
    try terminal.waitForQuiet()
    return terminal
  }

  private func colors(_ terminal: TerminalEmulator) -> Set<Int> {
    Set(terminal.cells.flatMap { [$0.foreground, $0.background] })
  }

  @Test("256 colours, and only those that the terminal has", arguments: ["xterm-256color", "screen-256color"])
  func palette(term: String) throws {
    let scratch = try Scratch()
    let terminal = try explore([], ["TERM": term], in: scratch)
    #expect(colors(terminal).count > 8)
    #expect(colors(terminal).allSatisfy { (-1...255).contains($0) })
  }

  @Test("eight colours where there are eight; kept and cut still differ in glyph")
  func eightColors() throws {
    let scratch = try Scratch()
    let terminal = try explore([], ["TERM": "xterm"], in: scratch)
    #expect(colors(terminal).allSatisfy { (-1...15).contains($0) })
    #expect(colors(terminal).count > 2)
    #expect(terminal.find("█") != nil && terminal.find("▒") != nil)
  }

  @Test("no colour under NO_COLOR, --no-color and on a terminal that has none", arguments: [0, 1, 2])
  func noColor(way: Int) throws {
    let scratch = try Scratch()
    let environment = [["NO_COLOR": "1"], [:], ["TERM": "vt100"]][way]
    let terminal = try explore([[], ["--no-color"], ["--glyphs", "blocks"]][way], environment, in: scratch)
    #expect(colors(terminal) == [-1])
    #expect(terminal.cells.contains { $0.isReversed } && terminal.cells.contains { $0.isBold })
    let thumb = try #require(terminal.find("●"))
    terminal.click(row: thumb.row, column: thumb.column + 10)
    if way < 2 { try terminal.wait(for: "a larger rank") { (terminal.rank ?? 0) > 17 } }
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.modes == terminal.initialModes)
    #expect(terminal.disturbedModes == [])
  }

  @Test("an empty NO_COLOR means nothing")
  func emptyNoColor() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try TerminalEmulator(
      Lowrank.program, [Staircase.name], rows: 36, columns: 120,
      environment: Lowrank.environment.merging(["NO_COLOR": ""]) { $1 }, directory: scratch.path)
    try terminal.waitForMeasurement()
    #expect(colors(terminal).count > 8)
  }

  @Test(
    "only ASCII in a C locale, in one that does not exist, without a locale, with --ascii, and where the font has no more",
    arguments: ["C", "xx_XX.UTF-8", "none", "--ascii", "linux", "vt100", "vt220"])
  func ascii(way: String) throws {
    let scratch = try Scratch()
    let isTerminal = way == "linux" || way.hasPrefix("vt")
    let environment =
      way == "--ascii" ? [:] : way == "none" ? ["LANG": ""] : isTerminal ? ["TERM": way] : ["LC_ALL": way]
    try Staircase.write(in: scratch)
    let terminal = try Lowrank.start(
      [Staircase.name] + (way == "--ascii" ? [way] : []), in: scratch, rows: 40, environment: environment)
    try terminal.waitForText("break-even rank")
    for key in ["17\r", Keys.function(3), "c", "x", "y", Keys.function(4), "i", Keys.down, Keys.escape, "?"] {
      terminal.send(key)
      try terminal.waitForQuiet(60)
    }
    #expect(terminal.output.allSatisfy { $0 < 0x80 })
    terminal.send(Keys.escape + "q")
    #expect(try terminal.waitForExit() == .status(0))
  }

  @Test("a terminal that cannot be driven: one sentence, exit not zero", arguments: ["dumb", "no-such-terminal", ""])
  func undrivable(term: String) throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try Lowrank.start([Staircase.name], in: scratch, environment: ["TERM": term])
    let exit = try terminal.waitForExit()
    #expect(exit != .status(0))
    let said = terminal.lines.filter { !$0.isEmpty }
    #expect(said.count == 1 && said[0].hasPrefix("lowrank: "), "\(said)")
    #expect(said.joined().contains("TERM"))
    #expect(terminal.modes == terminal.initialModes)
    #expect(terminal.disturbedModes == [])
  }
}
