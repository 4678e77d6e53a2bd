import Testing

@Suite("The browser of a model, end to end")
struct BrowserTests {
  private static let query = "encoder.layer.3.attention.self.query.weight"

  private func browse(
    _ scratch: Scratch, rows: Int = 30, columns: Int = 100, environment: [String: String] = [:]
  ) throws -> TerminalEmulator {
    try LayeredModel.write(in: scratch)
    // Nothing can be kept there: every start scans anew.
    let terminal = try Lowrank.start(
      [LayeredModel.name], in: scratch, rows: rows, columns: columns,
      environment: ["XDG_CACHE_HOME": "/dev/null/none"].merging(environment) { $1 })
    try terminal.waitForText("attention.self")
    return terminal
  }

  /// The first row of the screen with `text` in it.
  private func line(_ text: String, _ terminal: TerminalEmulator) -> Int? {
    (2..<terminal.rows - 1).first { terminal.line($0).contains(text) }
  }

  /// The lines of the list on the screen, below its headings.
  private func list(_ terminal: TerminalEmulator) -> [String] { (3..<terminal.rows - 3).map(terminal.line) }

  /// Whether every matrix on the screen has its spectrum: "32 × 32  █▆▄…".
  private func isFilled(_ terminal: TerminalEmulator) -> Bool {
    let rows = list(terminal).filter { $0.contains(" × ") }
    return !rows.isEmpty && rows.allSatisfy { $0.contains("█") && $0.contains(" %") && !$0.contains("···") }
  }

  @Test("map, tree, search, a tensor, one head of it, its rank, and back to the same row")
  func mainPath() throws {
    let scratch = try Scratch()
    let terminal = try browse(scratch)

    // The map of layers and roles.
    try terminal.wait(for: "the end of the scan") {
      terminal.text.contains("37 scanned") && !terminal.text.contains("of 37 scanned")
    }
    #expect(terminal.line(0).contains("lowrank  \(LayeredModel.name)"))
    for layer in 0..<LayeredModel.layers { #expect(terminal.text.contains("layer \(layer) ")) }
    let heads = try #require(line("query", terminal))
    for role in ["key", "value", "output", "intermediate"] { #expect(terminal.line(heads).contains(role)) }
    #expect(terminal.line(heads - 1).contains("attention.self") && terminal.line(heads - 1).hasSuffix(" attention"))

    // The tree, whose spectra fill on every screen that is scrolled to.
    terminal.send("m")
    try terminal.waitForText("▾ encoder.layer")
    try terminal.wait(for: "the spectra on the screen") { isFilled(terminal) }
    for _ in 0..<3 {
      let before = list(terminal)
      terminal.send(Keys.pageDown)
      try terminal.wait(for: "another part of the tree, its spectra") { list(terminal) != before && isFilled(terminal) }
    }

    // A few letters find a tensor.
    terminal.send("/l3query" + Keys.enter)
    try terminal.waitForText("match “l3query”")
    try terminal.waitForText(Self.query + "  32 × 32")
    try terminal.waitForQuiet()
    #expect(list(terminal)[0].contains("3.attention.self.query.weight") || list(terminal)[0].contains("query.weight"))
    let found = list(terminal)

    // It opens, and Esc returns to what was found.
    terminal.send(Keys.enter)
    try terminal.waitForMeasurement()
    #expect(terminal.line(0).contains("self.query.weight") && terminal.figure("dense m·n") == "1,024")
    terminal.send(Keys.escape)
    try terminal.waitForText("match “l3query”")
    try terminal.wait(for: "what was found") { list(terminal) == found }

    // Esc again: the tree, on its row; → shows its heads.
    terminal.send(Keys.escape)
    try terminal.waitForText("▸ query.weight")
    terminal.send(Keys.right)
    try terminal.wait(for: "its heads and their spectra") {
      line("head.3", terminal) != nil && line("▾ query.weight", terminal) != nil && isFilled(terminal)
    }
    let row = try #require(line("▾ query.weight", terminal))
    let head = try #require(line("head.1", terminal))
    #expect(head > row && terminal.line(head).contains("8 × 32"))
    for _ in row..<head { terminal.send(Keys.down) }
    try terminal.waitForText(Self.query + "/head.1")
    try terminal.wait(for: "the spectra on the screen") { isFilled(terminal) }
    try terminal.waitForQuiet()
    let before = terminal.lines.dropLast()

    // One head, its rank on the slider.
    terminal.send(Keys.enter)
    try terminal.waitForMeasurement()
    #expect(terminal.line(0).contains("/head.1") && terminal.figure("dense m·n") == "256")
    terminal.send("3" + Keys.enter)
    try terminal.waitForRank(3)
    terminal.send(Keys.right)
    try terminal.waitForRank(4)
    #expect(terminal.parameters == 4 * (8 + 32))
    try terminal.waitForMeasurement()
    #expect(terminal.measuredError == terminal.predictedError)

    // The heads beside it are steps, too.
    terminal.send(".")
    try terminal.wait(for: "the next head") { terminal.line(0).contains("/head.2") }
    try terminal.waitForMeasurement()
    terminal.send(",")
    try terminal.wait(for: "the head before") { terminal.line(0).contains("/head.1") }

    // One Esc, whatever is under way: the same row, the same scroll.
    terminal.send(Keys.escape)
    try terminal.wait(for: "the tree as it was") { terminal.lines.dropLast() == before }
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.disturbedModes == [])
  }

  @Test("the same path as a recording")
  func recording() throws {
    let scratch = try Scratch()
    try LayeredModel.write(in: scratch)
    let steps = """
      save fresh await idle save map m PgDn save tree / l 3 q u e r y Enter save found Enter await idle save opened
      Esc save back Esc Right await idle save heads Down*3 save head Enter await idle 3 Enter Right await idle
      save slid Esc save home
      """
    let terminal = try Lowrank.start(
      [LayeredModel.name, "--size", "100x30", "--script", steps], in: scratch,
      environment: ["XDG_CACHE_HOME": "/dev/null/none"])
    #expect(try terminal.waitForExit() == .status(0), "\(terminal.text)")
    func screen(_ name: String) -> [String] { scratch.text(name).lines }
    #expect(scratch.text("fresh").contains("nothing is scanned yet"))
    #expect(screen("map")[0].hasSuffix("37 scanned"))
    #expect(screen("map").count(where: { $0.hasPrefix(" layer ") && !$0.contains("·") }) == LayeredModel.layers)
    let rows = screen("tree").filter { $0.contains(" × ") && !$0.contains(" · ") }
    #expect(rows.count > 5 && rows.allSatisfy { $0.contains("█") })
    #expect(scratch.text("found").contains("match “l3query”") && scratch.text("found").contains(Self.query))
    #expect(screen("opened")[0].contains("\(LayeredModel.name) · \(Self.query)"))
    expectEqual(screen("back"), screen("found"), "the search after Esc")
    #expect(screen("heads").count(where: { $0.contains("head.") && $0.contains("█") }) >= 4)
    #expect(scratch.text("head").contains("\(Self.query)/head.1"))
    #expect(screen("slid")[0].contains("/head.1") && scratch.text("slid").contains(" k 4 "))
    expectEqual(screen("home"), screen("head"), "the tree after Esc")
  }

  @Test("Esc returns to the list at once, whatever is under way; the ends of the list stay")
  func escape() throws {
    let scratch = try Scratch()
    let terminal = try browse(scratch)
    terminal.send("/l3query" + Keys.enter + Keys.enter)
    try terminal.waitForMeasurement()
    let title = terminal.line(0)
    terminal.send(".")
    try terminal.waitForText("the only matrix of the list")
    #expect(terminal.line(0) == title)
    terminal.send(Keys.escape)
    try terminal.waitForText("match “l3query”")
    terminal.send(Keys.escape)
    try terminal.wait(for: "the whole list") { !terminal.text.contains("match “") }
    terminal.send("/l3attself" + Keys.enter + Keys.enter)
    try terminal.wait(for: "the first of three") { terminal.line(0).contains("layer.3.attention.self") }
    terminal.send(",")
    try terminal.waitForText("the first matrix of the list")
    terminal.send("." + Keys.escape)
    try terminal.waitForText("match “l3attself”")
    terminal.send(Keys.escape)
    try terminal.wait(for: "the whole list") { !terminal.text.contains("match “") }
    terminal.send("/nothing has this" + Keys.enter)
    try terminal.waitForText("no name matches")
  }

  @Test("a click on a heading sorts, the wheel scrolls; space pauses a scan and lets it go on")
  func mouse() throws {
    let scratch = try Scratch()
    let terminal = try browse(scratch)
    try terminal.wait(for: "the end of the scan") {
      terminal.text.contains("37 scanned") && !terminal.text.contains("of 37 scanned")
    }
    terminal.send("m")
    try terminal.waitForText("query.weight +9")
    try terminal.waitForQuiet()
    let before = list(terminal)
    terminal.mouse(.wheelDown, row: 10, column: 10)
    try terminal.wait(for: "the list further down") { list(terminal)[0] == before[3] }
    terminal.mouse(.wheelUp, row: 10, column: 10)
    try terminal.wait(for: "the list as it was") { list(terminal) == before }
    let headings = terminal.line(2)
    let place = try #require(headings.firstRange(of: "k10 ratio"))
    let column = headings.distance(from: headings.startIndex, to: place.lowerBound)
    terminal.click(row: 2, column: column + 3)
    try terminal.waitForText("k10 ratio ↑")
    terminal.click(row: 2, column: column + 3)
    try terminal.waitForText("k10 ratio ↓")
    terminal.send(" ")
    try terminal.waitForText("every matrix is scanned")
  }
}
