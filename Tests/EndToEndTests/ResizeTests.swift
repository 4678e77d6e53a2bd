import Testing

@Suite("Resizing, end to end")
struct ResizeTests {
  /// The screen without the solver's time, which differs from run to run.
  private func picture(_ terminal: TerminalEmulator) -> [EmulatedCell] {
    Array(terminal.cells.dropFirst(terminal.columns))
  }

  /// A fresh explorer of this size at `rank`.
  private func freshPicture(in scratch: Scratch, rows: Int, columns: Int, rank: Int) throws -> [EmulatedCell] {
    let fresh = try Lowrank.exploreStaircase(in: scratch, rows: rows, columns: columns)
    fresh.send("\(rank)\r")
    try fresh.waitForRank(rank)
    try fresh.waitForMeasurement()
    try fresh.waitForQuiet()
    return picture(fresh)
  }

  @Test("smaller than 60 × 16 it says so, down to 1 × 1, and recovers")
  func tooSmall() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("17\r")
    try terminal.waitForRank(17)
    terminal.resize(rows: 12, columns: 50)
    try terminal.waitForText("this is 50 × 12")
    #expect(terminal.text.contains("needs 60 × 16"))
    terminal.resize(rows: 1, columns: 1)
    try terminal.waitForQuiet()
    terminal.send(Keys.right)
    try terminal.waitForQuiet()
    #expect(terminal.exitIfEnded() == nil)
    terminal.resize(rows: 16, columns: 60)
    try terminal.waitForText(" k 18 ")
    terminal.resize(rows: 36, columns: 120)
    try terminal.waitForRank(18)
    try terminal.waitForMeasurement()
    try terminal.waitForQuiet()
    try expectEqual(picture(terminal), freshPicture(in: scratch, rows: 36, columns: 120, rank: 18), columns: 120)
  }

  @Test("a size that changes and returns before it is noticed leaves nothing behind")
  func thereAndBack() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send("17\r")
    try terminal.waitForRank(17)
    try terminal.waitForMeasurement()
    try terminal.waitForQuiet()
    let before = picture(terminal)
    for _ in 0..<10 {
      terminal.resize(rows: 8, columns: 20)
      terminal.resize(rows: 36, columns: 120)
      try terminal.waitForQuiet(60)
    }
    try terminal.waitForMeasurement()
    expectEqual(picture(terminal), before, columns: 120)
  }

  @Test("200 random sizes while the rank plays: no crash, and the last frame equals a fresh one")
  func storm() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    var random = Noise(seed: 2024)
    for step in 0..<200 {
      if step % 25 == 0 { terminal.send("1\r ") }
      // Views of what is tried on the matrix would add what they find to its rules.
      if step % 10 == 5 { terminal.send(Keys.function(2 + step / 10 % 6)) }
      terminal.resize(rows: random.next(through: 100), columns: random.next(through: 300))
      if step % 3 != 0 { terminal.watch(0.012) }
      #expect(terminal.exitIfEnded() == nil)
    }
    terminal.resize(rows: 40, columns: 132)
    terminal.send("17\r" + Keys.function(2))
    try terminal.waitForRank(17)
    try terminal.waitForMeasurement()
    try terminal.waitForQuiet()
    try expectEqual(picture(terminal), freshPicture(in: scratch, rows: 40, columns: 132, rank: 17), columns: 132)
  }
}
