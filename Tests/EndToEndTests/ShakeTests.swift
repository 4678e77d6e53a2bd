import Glibc
import Testing

@Suite("Shaken, end to end")
struct ShakeTests {
  private static let keys = [
    Keys.up, Keys.down, Keys.left, Keys.right, Keys.home, Keys.end, Keys.shiftLeft, Keys.shiftRight, Keys.pageUp,
    Keys.pageDown, Keys.tab, Keys.backTab, Keys.enter, Keys.escape, Keys.backspace, Keys.control("l"), "h", "j", "k",
    "l", "H", "L", "[", "]", "g", "G", "r", "R", "i", "y", "x", "c", "m", "'", "z", "b", "v", "W", "A", "S", "D", "+",
    "-", "t", "?", " ", "1", "7", "C", "N", "T", "X", "B",
  ]
  private static let commands = [
    "rank 3", "12", "energy 0.9", "error 5%", "parameters 50%", "rule knee", "component 4", "center both", "transpose",
    "columns 1-9", "columns all", "view pictures", "set theme light", "set curves off", "set map viridis", "help", "no",
    "open staircase.npy", "open none.npy", "e\u{301}日本", "",
  ]
  private static let edits = ["\u{301}", Keys.left, Keys.backspace, Keys.home, Keys.up, Keys.control("u")]

  /// One key, command, mouse report or paste.
  private func input(_ noise: inout Noise) -> String {
    func pick(_ choices: [String]) -> String { choices[noise.next(through: choices.count) - 1] }
    switch noise.next(through: 10) {
    case 1...6:
      let number = noise.next(through: Self.keys.count + 7)
      return number <= 7 ? Keys.function(number) : Self.keys[number - 8]
    case 7: return ":" + pick(Self.commands) + "\r"
    // An edited line is not entered: what completes or precedes it may be any command.
    case 8: return ":" + pick(Self.commands) + pick(Self.edits) + pick(Self.edits) + "x" + Keys.escape
    case 9: return "\u{1b}[200~" + pick(["q", "σ₁ ≥ σ₂\u{301}", "9\u{3}q\n"]) + "\u{1b}[201~"
    default:
      let button = [0, 32, 35, 64, 65, 99][noise.next(through: 6) - 1]
      return "\u{1b}[<\(button);\(noise.next(through: 320));\(noise.next(through: 110))" + pick(["M", "m"])
    }
  }

  /// Back to the first view of the staircase at rank 17, drawn as at the start.
  private func settle(_ terminal: TerminalEmulator) throws {
    terminal.resize(rows: 36, columns: 120)
    for _ in 0..<3 {
      terminal.send(Keys.escape)
      try terminal.waitForQuiet(60)
    }
    for change in ["theme dark", "map grey", "values log", "index linear", "curves on"] {
      terminal.send(":set \(change)\r")
    }
    terminal.send(":open \(Staircase.name)\r")
    try terminal.waitForMeasurement()
    // Letters of a command that met an overlay were keys: p may have pinned a spectrum.
    terminal.send("p")
    try terminal.waitForQuiet()
    if terminal.line(35).contains("pinned") { terminal.send("p") }
    terminal.send("17\r")
    try terminal.waitForRank(17)
    try terminal.waitForMeasurement()
    try terminal.waitForQuiet(250)
  }

  @Test("sizes, keys, commands, the mouse and pastes by the hundred: it goes on, and draws what a fresh one draws")
  func storm() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    var noise = Noise(seed: 7)
    for step in 0..<400 {
      if step % 2 == 0 {
        terminal.send(input(&noise))
      } else {
        terminal.resize(rows: noise.next(through: 100), columns: noise.next(through: 300))
      }
      if step % 3 == 0 { terminal.watch(0.004) }
    }
    #expect(terminal.exitIfEnded() == nil)
    try settle(terminal)
    let fresh = try Lowrank.exploreStaircase(in: scratch)
    try settle(fresh)
    // Without the title, which tells the solver's time.
    expectEqual(Array(terminal.cells.dropFirst(120)), Array(fresh.cells.dropFirst(120)), columns: 120)
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.modes == terminal.initialModes && terminal.disturbedModes == [])
  }

  @Test("a signal while a command is typed gives the terminal back", arguments: [SIGTERM, SIGINT, SIGHUP, SIGSEGV])
  func signalInCommand(number: Int32) throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send(":open st\t")
    try terminal.waitForText(":open staircase.npy")
    kill(terminal.process, number)
    #expect(try terminal.waitForExit() == (number == SIGSEGV ? .signal(number) : .status(128 + number)))
    #expect(terminal.modes == terminal.initialModes && terminal.disturbedModes == [])
  }

  @Test("a signal while a file is written leaves none behind; q lets it be written first", arguments: [SIGTERM, 0])
  func endsWhileWriting(number: Int32) throws {
    let scratch = try Scratch()
    try scratch.writeMatrix("long.npy", rows: 30_000, columns: 2) { i, j in Double((i * 7 + j) % 11) }
    let terminal = try Lowrank.start(["long.npy"], in: scratch)
    try terminal.waitForMeasurement()
    terminal.send(":write out.csv\r")
    try terminal.wait(for: "the file") { scratch.names.count > 1 }
    if number == 0 { terminal.send("q") } else { kill(terminal.process, number) }
    _ = try terminal.waitForExit()
    let lines = scratch.text("out.csv").lines.count
    #expect(scratch.names.allSatisfy { !$0.hasSuffix(".tmp") }, "\(scratch.names)")
    #expect(lines == 30_000 || (number != 0 && lines == 0))
  }

  @Test("Enter takes the answer to the question about missing cells; after Esc it asks again")
  func missingCells() throws {
    let scratch = try Scratch()
    try scratch.write("holes.csv", Array("a,b\n1,2\n3,\n5,6\n7,9\n".utf8))
    let terminal = try Lowrank.start(["holes.csv"], in: scratch)
    try terminal.waitForText("What becomes of them?")
    terminal.send(Keys.escape)
    try terminal.waitForText("Enter starts again")
    terminal.send(Keys.enter)
    try terminal.waitForText("drop these rows: 3 of 4 stay")
    terminal.send(Keys.enter)
    try terminal.waitForText("exact ·")
    #expect(terminal.line(0).contains("3 × 2"))
  }
}
