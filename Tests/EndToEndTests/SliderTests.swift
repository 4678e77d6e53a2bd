import Testing

@Suite("The rank slider, end to end")
struct SliderTests {
  @Test("dragging with the mouse changes rank, error, parameters and picture live")
  func drag() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    let thumb = try #require(terminal.find("●"))
    let firstRank = try #require(terminal.rank)
    let pictures = terminal.cells
    terminal.mouse(.left, row: thumb.row, column: thumb.column)
    var seen: [Int] = [firstRank]
    for step in 1...12 {
      terminal.mouse(.dragLeft, row: thumb.row, column: thumb.column - 2 * step)
      try terminal.wait(for: "a smaller rank") { (terminal.rank ?? firstRank) < seen[seen.count - 1] }
      try terminal.waitForQuiet(40)
      let rank = try #require(terminal.rank)
      seen.append(rank)
      #expect(terminal.parameters == Staircase.parameters(rank: rank))
      let error = try #require(terminal.predictedError)
      #expect(abs(error - Staircase.error(rank: rank)) < 0.0006)
      // The thumb stands at the first column of a bar, which may be two wide.
      let column = try #require(terminal.find("●")).column
      #expect((thumb.column - 2 * step - 1...thumb.column - 2 * step).contains(column))
    }
    // A captured mouse keeps dragging above and below the slider, and lets go when the button does.
    terminal.mouse(.dragLeft, row: thumb.row - 5, column: thumb.column - 30)
    try terminal.wait(for: "the captured mouse") { (terminal.rank ?? 99) < seen[seen.count - 1] }
    terminal.mouse(.left, row: thumb.row - 5, column: thumb.column - 30, isRelease: true)
    try terminal.waitForMeasurement()
    let last = try #require(terminal.rank)
    terminal.mouse(.moveOnly, row: thumb.row, column: thumb.column)
    try terminal.waitForQuiet()
    #expect(terminal.rank == last)
    #expect(terminal.measuredError == terminal.predictedError)
    #expect(terminal.cells != pictures)
  }

  @Test("mouse reports that arrive together count one by one, in their order")
  func hurriedMouse() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    let thumb = try #require(terminal.find("●"))
    terminal.click(row: thumb.row, column: thumb.column - 10)
    try terminal.wait(for: "the click") { terminal.find("●").map { $0.column < thumb.column - 8 } ?? false }
    let there = try #require(terminal.find("●")?.column)
    terminal.send(
      TerminalEmulator.report(.left, row: thumb.row, column: there)
        + (1...15).map { TerminalEmulator.report(.dragLeft, row: thumb.row, column: there - $0) }.joined()
        + TerminalEmulator.report(.left, row: thumb.row, column: there - 15, isRelease: true)
        + TerminalEmulator.report(.moveOnly, row: thumb.row, column: thumb.column))
    try terminal.wait(for: "the drag") { terminal.find("●").map { $0.column <= there - 15 } ?? false }
    try terminal.waitForQuiet()
    #expect(try (there - 16...there - 15).contains(#require(terminal.find("●")).column))
  }

  @Test("a typed number and Enter set the rank, predicted and measured error agree", arguments: [0, 1, 17, 39, 40])
  func typed(rank: Int) throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("\(rank)\r")
    try terminal.waitForRank(rank)
    try terminal.waitForMeasurement()
    try terminal.waitForQuiet()
    #expect(terminal.parameters == Staircase.parameters(rank: rank))
    #expect(terminal.figure("measured") == terminal.figure("error ‖A−Aₖ‖/‖A‖"))
    #expect(abs(try #require(terminal.predictedError) - Staircase.error(rank: rank)) < 0.0006)
  }

  @Test("a number past the full rank is clamped, and the screen says so")
  func typedTooLarge() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("999\r")
    try terminal.waitForRank(40)
    #expect(terminal.text.contains("the largest rank here is 40"))
  }

  @Test("the keys move the rank as the help says")
  func keys() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("20\r")
    try terminal.waitForRank(20)
    let steps: [(String, Int)] = [
      (Keys.right, 21), ("l", 22), (Keys.left, 21), ("h", 20), (Keys.up, 21), ("k", 22), (Keys.down, 21), ("j", 20),
      (Keys.shiftRight, 30), (Keys.shiftLeft, 20), ("L", 30), ("H", 20), ("]", 22), ("[", 20), (Keys.pageUp, 24),
      (Keys.pageDown, 20), (Keys.home, 0), (Keys.end, 40), ("g", 0), ("G", 40), (Keys.left, 39), (Keys.end, 40),
      (Keys.right, 40), (Keys.home, 0), (Keys.left, 0),
    ]
    for (key, rank) in steps {
      terminal.send(key)
      try terminal.waitForRank(rank)
    }
  }

  @Test("r and R step through the ranks that rules pick, and name them")
  func rules() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("0\r")
    try terminal.waitForRank(0)
    var upwards: [Int] = []
    for _ in 0..<20 {
      terminal.send("r")
      try terminal.waitForQuiet(60)
      guard let rank = terminal.rank, rank != upwards.last else { break }
      upwards.append(rank)
    }
    #expect(upwards.count > 3 && upwards == upwards.sorted())
    // The largest k with 100k < 2400, the ranks of 90 and 99 % energy by the sums of squares, and the numerical rank.
    for wanted in [23, 40] { #expect(upwards.contains(wanted)) }
    #expect(terminal.text.contains("no rule picks a larger rank"))
    for rank in upwards.dropLast().reversed() {
      terminal.send("R")
      try terminal.waitForRank(rank)
    }
  }

  @Test("the wheel moves the rank by one")
  func wheel() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    let thumb = try #require(terminal.find("●"))
    let rank = try #require(terminal.rank)
    terminal.mouse(.wheelDown, row: thumb.row, column: thumb.column)
    try terminal.waitForRank(rank - 1)
    terminal.mouse(.wheelUp, row: thumb.row, column: thumb.column)
    try terminal.waitForRank(rank)
  }

  @Test("space plays the rank upwards and pauses at break-even; space goes on to the end")
  func playback() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("20\r")
    try terminal.waitForRank(20)
    terminal.send(" ")
    try terminal.waitForText("break-even rank 23: past it")
    #expect(terminal.rank == 23)
    terminal.send(" ")
    try terminal.waitForRank(40)
    try terminal.wait(for: "the end") { !terminal.text.contains("playing") }
  }

  @Test("text pasted into the window is not taken for keys, but a number is")
  func paste() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("\u{1b}[200~q13s\r\u{1b}[201~")
    try terminal.waitForText("13_")
    terminal.send(Keys.enter)
    try terminal.waitForRank(13)
    #expect(scratch.names == [Staircase.name])
  }

  @Test("text pasted into a command is its text, marks and wide characters included; Enter is not pasted")
  func pasteIntoCommand() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send(":open ")
    try terminal.waitForText(":open")
    terminal.send("\u{1b}[200~e\u{301}日本\r\u{1b}OA.npy\u{1b}[201~" + Keys.left + Keys.left + "x")
    try terminal.waitForText(":open e日本.nxpy")
    // It stands on the p, two wide characters further right than the count of characters says.
    try terminal.wait(for: "the cursor on the p") { terminal.cursor.map { $0.row == 35 && $0.column == 15 } ?? false }
    for _ in 0..<20 { terminal.send(Keys.backspace) }
    try terminal.wait(for: "the end of the line") { !terminal.line(35).contains("e") }
    terminal.send("\u{301}a\u{301}" + Keys.left + Keys.left + "b" + Keys.escape + "13\r")
    try terminal.waitForRank(13)
  }
}
