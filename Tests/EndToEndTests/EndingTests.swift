import Glibc
import Testing

@Suite("Signals, crashes and suspension, end to end")
struct EndingTests {
  /// The terminal must be as it was before the program started.
  private func expectSane(_ terminal: TerminalEmulator) {
    #expect(terminal.modes == terminal.initialModes)
    #expect(terminal.disturbedModes == [])
    #expect(!terminal.text.contains("staircase"))
  }

  @Test("a signal ends it with 128 + n and gives the terminal back", arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
  func signals(number: Int32) throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    #expect(terminal.modes != terminal.initialModes)
    #expect(terminal.disturbedModes.contains(1049))
    kill(terminal.process, number)
    #expect(try terminal.waitForExit() == .status(128 + number))
    expectSane(terminal)
  }

  @Test("a crash gives the terminal back and stays a crash", arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGTRAP])
  func crashes(number: Int32) throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    kill(terminal.process, number)
    #expect(try terminal.waitForExit() == .signal(number))
    expectSane(terminal)
  }

  @Test("a crash gives the terminal back when the matrix came through standard input")
  func crashWithStandardInput() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let input = open("\(scratch.path)/\(Staircase.name)", O_RDONLY)
    defer { close(input) }
    let terminal = try Lowrank.start(["explore", "-"], in: scratch, input: input)
    try terminal.waitForMeasurement()
    kill(terminal.process, SIGSEGV)
    #expect(try terminal.waitForExit() == .signal(SIGSEGV))
    expectSane(terminal)
  }

  @Test("quit, Ctrl-C and SIGTERM do not wait for LAPACK", arguments: ["q", Keys.control("c"), ""])
  func endsWhileSolving(key: String) throws {
    let scratch = try Scratch()
    try scratch.writeBytes("slow.npy", size: 3000)
    let terminal = try Lowrank.start(["slow.npy"], in: scratch)
    try terminal.waitForText("exact in about")
    if key.isEmpty { kill(terminal.process, SIGTERM) } else { terminal.send(key) }
    let exit = try terminal.waitForExit(patience: 2)
    #expect(exit == .status(key.isEmpty ? 128 + SIGTERM : key == "q" ? 0 : 128 + SIGINT))
    #expect(terminal.modes == terminal.initialModes)
    #expect(terminal.disturbedModes == [])
  }

  @Test("Ctrl-Z hands the terminal to the shell; fg brings back the screen at the size it has then")
  func suspend() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let environment = Lowrank.environment.merging(["PS1": "shell> "]) { $1 }
    let terminal = try TerminalEmulator(
      "/bin/bash", ["--norc", "--noprofile", "-i"], rows: 36, columns: 120, environment: environment,
      directory: scratch.path)
    try terminal.waitForText("shell>")
    terminal.send("\(Lowrank.program) \(Staircase.name)\r")
    try terminal.waitForMeasurement()
    terminal.send("17\r")
    try terminal.waitForRank(17)
    try terminal.waitForMeasurement()
    try terminal.waitForQuiet()
    let shown = terminal.cells
    for round in 0..<3 {
      terminal.send(Keys.control("z"))
      try terminal.waitForText("Stopped")
      #expect(terminal.rank == nil)
      // Bash keeps its own line editing (2004) and application keys; the rest is off.
      #expect(Set(terminal.disturbedModes).isSubset(of: [2004]))
      terminal.send("stty -a | head -3; echo shell-is-alive\r")
      try terminal.wait(for: "the shell's echo") { terminal.lines.contains("shell-is-alive") }
      terminal.send("fg\r")
      try terminal.waitForRank(17)
      try terminal.waitForMeasurement()
      try terminal.waitForQuiet()
      expectEqual(terminal.cells, shown, columns: 120, "round \(round)")
    }
    terminal.send(Keys.control("z"))
    try terminal.waitForText("Stopped")
    terminal.resize(rows: 24, columns: 80)
    terminal.send("fg\r")
    try terminal.waitForRank(17)
    try terminal.wait(for: "the hints on the new last line") { terminal.line(23).contains("rank") }
    terminal.send("q")
    try terminal.wait(for: "the shell") { terminal.rank == nil }
    // What is typed before the program has ended is thrown away with unread mouse reports.
    try terminal.waitForQuiet(200)
    terminal.send("exit 7\r")
    #expect(try terminal.waitForExit() == .status(7))
  }

  @Test("whenever the signal comes, the terminal is given back", arguments: [SIGTERM, SIGHUP, SIGSEGV])
  func signalsAtAnyTime(number: Int32) throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    for step in 0..<16 {
      let terminal = try Lowrank.start([Staircase.name], in: scratch)
      // A crash before there is a screen is the Swift runtime's to report.
      if number == SIGSEGV { try terminal.wait(for: "a screen") { terminal.privateModes[1049] == true } }
      terminal.watch(Double(step) * 0.005)
      kill(terminal.process, number)
      let exit = try terminal.waitForExit()
      // Before the program has taken the signal over, it ends as any program does.
      #expect([.status(128 + number), .signal(number)].contains(exit), "after \(5 * step) ms")
      #expect(terminal.modes == terminal.initialModes, "after \(5 * step) ms")
      #expect(terminal.disturbedModes == [], "after \(5 * step) ms")
    }
  }

  @Test("a terminal that goes away ends it")
  func hangUp() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    #expect(try terminal.hangUp() == .status(128 + SIGHUP))
  }

  @Test("a terminal that goes away ends it even where the hang-up signal is ignored, as under nohup")
  func hangUpIgnored() throws {
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    let terminal = try TerminalEmulator(
      "/bin/sh", ["-c", "trap '' HUP; \"$0\" \(Staircase.name)", Lowrank.program], rows: 36, columns: 120,
      environment: Lowrank.environment, directory: scratch.path)
    try terminal.waitForMeasurement()
    _ = try terminal.hangUp()
  }
}
