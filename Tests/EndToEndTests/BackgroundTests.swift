import Testing

@Suite("The terminal's background, end to end")
struct BackgroundTests {
  private static let question = Array("\u{1b}]11;?".utf8)
  private static let white = "\u{1b}]11;rgb:ffff/ffff/ffff"
  /// The ends that terminals give an answer: BEL and ST.
  private static let ends = ["\u{7}", "\u{1b}\\"]
  /// The themes' grounds.
  private let dark = 233, light = 231

  private func ground(_ terminal: TerminalEmulator) -> Int { terminal.cell(terminal.rows / 2, 0).background }

  private func wasAsked(_ terminal: TerminalEmulator) -> Bool { terminal.output.firstRange(of: Self.question) != nil }

  @Test("a light background brings the light theme, whatever ends the answer", arguments: ends)
  func lightBackground(end: String) throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try Lowrank.start([Staircase.name], in: scratch)
    terminal.backgroundAnswer = Self.white + end
    try terminal.waitForMeasurement()
    #expect(wasAsked(terminal))
    try terminal.wait(for: "the light theme") { ground(terminal) == light }
    #expect(terminal.figure("rank k") != nil && !terminal.text.contains("_  Enter"))
  }

  @Test("a dark background, or none told, keeps the dark theme", arguments: ["\u{1b}]11;rgb:1c1c/1c1c/1c1c\u{7}", nil])
  func darkBackground(answer: String?) throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try Lowrank.start([Staircase.name], in: scratch)
    terminal.backgroundAnswer = answer
    try terminal.waitForMeasurement()
    #expect(wasAsked(terminal) && ground(terminal) == dark)
  }

  @Test("an answer that comes late, twice, in pieces or broken is swallowed; keys after it count", arguments: ends)
  func lateAnswers(end: String) throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("17\r")
    try terminal.waitForRank(17)
    try terminal.waitForMeasurement()
    try terminal.waitForQuiet()
    let before = terminal.cells
    let answer = Self.white + end
    terminal.send(answer + answer + "\u{1b}[?62;22c")
    terminal.send("\u{1b}]11;?!")
    for byte in answer {
      terminal.send(String(byte))
      terminal.watch(0.04)
    }
    try terminal.waitForQuiet()
    expectEqual(terminal.cells, before, columns: 120)
    terminal.send(Keys.right)
    try terminal.waitForRank(18)
  }

  @Test("the first frame does not wait for an answer, and one that comes in pieces after it still counts")
  func slowTerminal() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try Lowrank.start([Staircase.name], in: scratch)
    terminal.answersQuestions = false
    try terminal.waitForMeasurement()
    #expect(wasAsked(terminal) && ground(terminal) == dark)
    let rank = terminal.rank
    for piece in ["\u{1b}", "]11;rgb:ff", "ff/ffff/ffff\u{1b}", "\\", "\u{1b}", "[?6", "2c"] {
      terminal.send(piece)
      terminal.watch(0.06)
    }
    try terminal.wait(for: "the light theme") { ground(terminal) == light }
    try terminal.waitForQuiet()
    #expect(terminal.rank == rank && !terminal.text.contains("_  Enter"))
  }

  @Test("a theme that the user chose stays")
  func chosenTheme() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try Lowrank.start([Staircase.name], in: scratch)
    terminal.answersQuestions = false
    try terminal.waitForMeasurement()
    terminal.send("tt")
    try terminal.wait(for: "high contrast") { ground(terminal) == 16 }
    terminal.send(Self.white + "\u{7}")
    try terminal.waitForQuiet()
    #expect(ground(terminal) == 16)
  }

  @Test(
    "nobody is asked who would not understand, nor where the theme is given or colours are off",
    arguments: [
      (["--theme", "light"], [:], 231), (["--theme", "contrast"], [:], 16), (["--no-color"], [:], -1),
      ([], ["TERM": "screen-256color"], 233), (["--glyphs", "blocks"], ["TERM": "linux"], 0),
      (["--glyphs", "blocks"], ["TERM": "vt100"], -1),
      ([], ["TERM": "screen-256color", "COLORFGBG": "0;15"], 231),
    ])
  func notAsked(arguments: [String], environment: [String: String], ground wanted: Int) throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(arguments, in: scratch, environment: environment)
    #expect(!wasAsked(terminal))
    #expect(ground(terminal) == wanted)
  }
}
