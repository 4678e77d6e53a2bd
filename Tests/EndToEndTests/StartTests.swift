import Glibc
import Testing

@Suite("Start and views, end to end")
struct StartTests {
  @Test("the first frame shows the matrix, its spectrum and the rank of 10 % error")
  func firstFrame() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    #expect(terminal.line(0).contains("staircase.npy"))
    #expect(terminal.line(0).contains("60 × 40"))
    let rank = try #require(terminal.rank)
    #expect(Staircase.error(rank: rank) <= 0.1 && Staircase.error(rank: rank - 1) > 0.1)
    #expect(terminal.text.contains("starts at 10 % error: k = \(rank)"))
    #expect(terminal.text.contains("█") && terminal.text.contains("▒"))
    #expect(terminal.figure("break-even rank") == "23")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.modes == terminal.initialModes)
    #expect(terminal.disturbedModes == [])
    #expect(!terminal.text.contains("staircase"))
  }

  @Test("with no file the gallery opens with a preview; Enter opens an entry, Esc and q return")
  func gallery() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.start([], in: scratch)
    try terminal.waitForText("Built-in matrices")
    try terminal.waitForText("10 % error k =")
    terminal.send(Keys.down)
    try terminal.waitForQuiet()
    try terminal.waitForText("10 % error k =")
    terminal.send(Keys.enter)
    try terminal.waitForMeasurement()
    terminal.send("q")
    try terminal.waitForText("Built-in matrices")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
  }

  @Test("a click chooses a gallery entry, a second one opens it")
  func galleryMouse() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.start([], in: scratch)
    try terminal.waitForText("10 % error k =")
    let chosen = try #require(terminal.find("▸"))
    terminal.click(row: chosen.row + 1, column: chosen.column + 4)
    try terminal.wait(for: "the next row") { terminal.find("▸")?.row == chosen.row + 1 }
    terminal.click(row: chosen.row + 1, column: chosen.column + 4)
    try terminal.waitForMeasurement()
  }

  @Test("Tab, Shift Tab, F2 … F12 and clicks on the tabs switch views")
  func views() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    func isOverview() -> Bool { terminal.text.contains("factored k(m+n)") }
    func isNumbers() -> Bool { terminal.text.contains("σᵢ/σ₁") && !isOverview() }
    func isPictures() -> Bool { terminal.line(2).contains("A − A") }
    func isComponents() -> Bool { terminal.line(2).contains("layer 1 of 40") }
    func isBlocks() -> Bool { terminal.line(2).contains("UΣ 60 × ") }
    func isValidation() -> Bool { terminal.text.contains("held-out") || terminal.text.contains("held out") }
    func isRace() -> Bool { terminal.text.contains("‖A − BC‖") }
    func isSpectrum() -> Bool {
      terminal.line(2).contains("index l") && !isOverview()
    }
    let steps: [(String, () -> Bool)] = [
      (Keys.tab, isSpectrum), (Keys.tab, isNumbers), (Keys.tab, isPictures), (Keys.tab, isComponents),
      (Keys.tab, isBlocks), (Keys.tab, isValidation), (Keys.backTab, isBlocks), (Keys.backTab, isComponents),
      (Keys.function(12), isRace), (Keys.tab, isOverview), (Keys.backTab, isRace),
      (Keys.function(2), isOverview), (Keys.function(4), isNumbers), (Keys.function(3), isSpectrum),
      (Keys.function(5), isPictures), (Keys.function(7), isBlocks), (Keys.function(6), isComponents),
    ]
    for (key, isThere) in steps {
      terminal.send(key)
      try terminal.wait(for: "the view") { isThere() }
    }
    let tabs = terminal.line(1)
    let numbers = try #require(tabs.firstRange(of: "Numbers"))
    terminal.click(row: 1, column: tabs.distance(from: tabs.startIndex, to: numbers.lowerBound))
    try terminal.wait(for: "Numbers") { isNumbers() }
  }

  @Test("y, x and c change the large spectrum, t the colours")
  func looks() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send(Keys.function(3))
    try terminal.waitForQuiet()
    for key in ["y", "x", "c", "t"] {
      let before = terminal.cells
      terminal.send(key)
      try terminal.wait(for: "a change by \(key)") { terminal.cells != before }
      try terminal.waitForQuiet(60)
      // Two axes, two states of the curves, three themes.
      terminal.send(key == "t" ? "tt" : key)
      try terminal.wait(for: "the way back by \(key)") { terminal.cells == before }
    }
  }

  @Test("s saves the screen as SVG and text in the working directory, and never over an older one")
  func save() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("17\r")
    try terminal.waitForRank(17)
    try terminal.waitForMeasurement()
    let shown = terminal.lines
    terminal.send("s")
    try terminal.waitForText("saved ")
    terminal.send("s")
    try terminal.wait(for: "the second copy") { scratch.names.count(where: { $0.hasSuffix("-2.txt") }) == 1 }
    let texts = scratch.names.filter { $0.hasSuffix(".txt") }
    let pictures = scratch.names.filter { $0.hasSuffix(".svg") }
    #expect(texts.count == 2 && pictures.count == 2)
    for (text, picture) in zip(texts, pictures) {
      #expect(text.contains("staircase") && text.contains("k17"))
      expectEqual(scratch.text(text).lines.dropLast(), shown.dropLast(), text)
      let drawing = scratch.text(picture)
      #expect(drawing.hasPrefix("<svg ") && drawing.hasSuffix("</svg>\n"))
    }
  }

  @Test("where the screen cannot be saved, the status line says why")
  func saveFails() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try TerminalEmulator(
      Lowrank.program, ["\(scratch.path)/\(Staircase.name)"], rows: 36, columns: 120,
      environment: Lowrank.environment, directory: "/proc")
    try terminal.waitForMeasurement()
    terminal.send("s")
    try terminal.waitForText("cannot")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
  }
}
