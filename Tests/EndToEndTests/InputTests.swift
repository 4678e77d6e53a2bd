import Glibc
import Testing

@Suite("What is opened, end to end")
struct InputTests {
  @Test("the matrix comes through standard input, the keys from the terminal")
  func standardInput() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let input = open("\(scratch.path)/\(Staircase.name)", O_RDONLY)
    defer { close(input) }
    let terminal = try Lowrank.start(["explore", "-"], in: scratch, input: input)
    try terminal.waitForMeasurement()
    terminal.send("17\r")
    try terminal.waitForRank(17)
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.modes == terminal.initialModes)
    #expect(terminal.disturbedModes == [])
  }

  @Test(
    "the matrix comes through a pipe", arguments: ["cat staircase.npy | \"$0\" -", "\"$0\" explore - < staircase.npy"])
  func pipe(command: String) throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try TerminalEmulator(
      "/bin/sh", ["-c", command, Lowrank.program], rows: 36, columns: 120, environment: Lowrank.environment,
      directory: scratch.path)
    try terminal.waitForMeasurement()
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
  }

  @Test("a broken file is a sentence on the screen, and q quits", arguments: ["cut.npy", "noise.bin"])
  func broken(name: String) throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    try scratch.write("cut.npy", Array(scratch.read(Staircase.name).dropLast(1000)))
    try scratch.write("noise.bin", [0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3])
    let terminal = try Lowrank.start([name], in: scratch)
    try terminal.waitForText("q quit")
    try terminal.waitForQuiet()
    #expect(terminal.text.contains(name))
    #expect(terminal.rank == nil)
    for key in ["17\r", "r", " ", Keys.tab, "i", Keys.escape, "?", Keys.escape, Keys.function(2)] {
      terminal.send(key)
      try terminal.waitForQuiet(30)
    }
    #expect(terminal.exitIfEnded() == nil)
    terminal.send("q")
    _ = try terminal.waitForExit()
    #expect(terminal.modes == terminal.initialModes)
    #expect(terminal.disturbedModes == [])
  }

  @Test("a file that is not there is an error before there is a screen")
  func missing() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.start(["missing.npy"], in: scratch)
    #expect(try terminal.waitForExit() == .status(66))
    #expect(terminal.text.hasPrefix("lowrank: ") && terminal.text.contains("missing.npy"))
    #expect(terminal.privateModes.isEmpty)
  }

  @Test("control characters in a file's name do not reach the terminal")
  func hostileName() throws {
    let scratch = try Scratch()
    let name = "a\u{1b}[31m\u{7}b.npy"
    try scratch.writeMatrix(name, rows: 6, columns: 5) { i, j in i == j ? 1 : 0.5 }
    let terminal = try Lowrank.start([name], in: scratch)
    try terminal.waitForMeasurement()
    // The question for the background ends in BEL.
    let question = Array("\u{1b}]11;?\u{7}".utf8)
    let asked = try #require(terminal.output.firstRange(of: question))
    #expect(!(terminal.output[..<asked.lowerBound] + terminal.output[asked.upperBound...]).contains(7))
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("a\u{1b}[31m"))
  }

  @Test(
    "zero, constant, 1 × n and n × 1 matrices open and play",
    arguments: [(8, 8, 0.0), (7, 5, 3.0), (1, 9, 2.0), (9, 1, 2.0), (1, 1, 5.0)])
  func smallMatrices(rows: Int, columns: Int, value: Double) throws {
    let scratch = try Scratch()
    try scratch.writeMatrix("small.npy", rows: rows, columns: columns) { _, _ in value }
    let terminal = try Lowrank.start(["small.npy"], in: scratch)
    try terminal.waitForText("exact ·")
    for key in [
      Keys.right, Keys.right, Keys.home, " ", "r", "R", Keys.tab, "x", "y", "c", Keys.tab, Keys.end, "i", Keys.escape,
    ] {
      terminal.send(key)
      try terminal.waitForQuiet(25)
    }
    #expect(terminal.exitIfEnded() == nil)
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
  }

  @Test("without a terminal there is one sentence and no escape sequence")
  func noTerminal() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try TerminalEmulator(
      "/bin/sh",
      ["-c", "setsid -w \"$0\" \(Staircase.name) < /dev/null > out 2> err; echo status $?", Lowrank.program],
      rows: 24, columns: 80, environment: Lowrank.environment, directory: scratch.path)
    try terminal.waitForText("status ")
    #expect(!terminal.text.contains("status 0"))
    #expect(scratch.read("out").isEmpty)
    let said = scratch.text("err")
    #expect(said.hasPrefix("lowrank: ") && said.split(separator: "\n").count == 1, "\(said)")
  }

  @Test("a recording saves the same bytes every time, and what the screen shows")
  func script() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    for copy in ["one", "two"] {
      let recording = "17 Enter await idle save \(copy).svg save \(copy).txt F3 c save \(copy)-curves.svg"
      let terminal = try Lowrank.start(
        ["explore", Staircase.name, "--size", "120x36", "--script", recording], in: scratch)
      #expect(try terminal.waitForExit() == .status(0))
      #expect(terminal.output.isEmpty)
    }
    for ending in [".svg", ".txt", "-curves.svg"] {
      #expect(!scratch.read("one\(ending)").isEmpty)
      expectEqual(scratch.text("one\(ending)").lines, scratch.text("two\(ending)").lines, "\(ending)")
    }
    let live = try Lowrank.exploreStaircase(in: scratch)
    live.send("17\r")
    try live.waitForRank(17)
    try live.waitForMeasurement()
    try live.waitForQuiet()
    expectEqual(scratch.text("one.txt").lines.dropFirst(), live.lines.dropFirst(), "the saved and the live screen")
  }
}
