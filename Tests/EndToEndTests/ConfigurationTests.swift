import Glibc
import Testing

@Suite("The configuration file, end to end")
struct ConfigurationTests {
  /// Starts the program on a home whose configuration file says `text`.
  private func start(_ text: String, _ arguments: [String] = [], in scratch: Scratch) throws -> TerminalEmulator {
    for name in ["/.config", "/.config/lowrank"] { try #require(mkdir(scratch.path + name, 0o700) == 0) }
    let path = scratch.path + "/.config/lowrank/config.yaml"
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
    try Staircase.write(in: scratch)
    return try Lowrank.start([Staircase.name] + arguments, in: scratch, environment: ["HOME": scratch.path])
  }

  @Test("characters and large figures as the file says")
  func display() throws {
    let scratch = try Scratch()
    let terminal = try start("glyphs: ascii\nprojector: on\n", in: scratch)
    try terminal.waitForText("of A's parameters")
    #expect(terminal.output.allSatisfy { $0 < 0x80 })
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
  }

  @Test("what the command line says comes first")
  func override() throws {
    let scratch = try Scratch()
    let terminal = try start("glyphs: ascii\n", ["--glyphs", "blocks"], in: scratch)
    try terminal.waitForMeasurement()
    #expect(terminal.find("█") != nil)
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
  }

  @Test("a bad setting is one sentence, before the screen is touched")
  func refusal() throws {
    let scratch = try Scratch()
    let terminal = try start("theme: pink\n", in: scratch)
    #expect(try terminal.waitForExit() == .status(65))
    let said = terminal.lines.filter { !$0.isEmpty }.joined()
    #expect(said.hasPrefix("lowrank: ") && said.contains("line 1: theme may be auto, dark, light, contrast"), "\(said)")
    #expect(terminal.modes == terminal.initialModes)
  }
}
