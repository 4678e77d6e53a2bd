import Glibc
import Testing

@Suite("From a model's list to a file or a tensor and back, end to end")
struct GivingWayTests {
  private static let query = "encoder.layer.3.attention.self.query.weight"

  private func start(_ arguments: [String], in scratch: Scratch) throws -> TerminalEmulator {
    try LayeredModel.write(in: scratch)
    return try Lowrank.start(
      [LayeredModel.name] + arguments, in: scratch, rows: 30, columns: 100,
      environment: ["XDG_CACHE_HOME": "/dev/null/none"])
  }

  /// The list on the screen without the line of keys and notices below it.
  private func list(_ terminal: TerminalEmulator) -> [String] { Array(terminal.lines.dropLast()) }

  @Test("a pipe that nobody writes to: Esc gives it up, and a mistyped name leads back, too")
  func waiting() throws {
    let scratch = try Scratch()
    let terminal = try start([], in: scratch)
    try #require(mkfifo(scratch.path + "/pipe.npy", 0o600) == 0)
    try terminal.wait(for: "the end of the scan") {
      terminal.line(0).contains("37 scanned") && !terminal.line(0).contains("of 37")
    }
    terminal.send("m")
    try terminal.waitForText("▾ encoder.layer")
    terminal.send(Keys.pageDown + Keys.pageDown + Keys.up)
    try terminal.waitForQuiet()
    let before = list(terminal)
    for name in ["pipe.npy", "nowhere.npy"] {
      terminal.send(":open \(name)" + Keys.enter)
      if name == "pipe.npy" {
        try terminal.wait(for: "the pipe in the title") {
          terminal.line(0).contains("pipe.npy") && !terminal.line(0).contains(LayeredModel.name)
        }
        terminal.send(Keys.escape)
      }
      try terminal.wait(for: "the list as it was") { list(terminal) == before }
    }
    try terminal.waitForText("nowhere.npy")
    terminal.send(Keys.escape + "q")
    #expect(try terminal.waitForExit() == .status(0))
  }

  @Test("a tensor that is named at the start has the list behind it")
  func named() throws {
    let scratch = try Scratch()
    let terminal = try start([Self.query], in: scratch)
    try terminal.waitForMeasurement()
    #expect(terminal.line(0).contains("3.attention.self.query"))
    terminal.send(".")
    try terminal.wait(for: "the next tensor") { terminal.line(0).contains("3.attention.self.key") }
    terminal.send(",")
    try terminal.wait(for: "the tensor again") { terminal.line(0).contains("3.attention.self.query") }
    try terminal.waitForMeasurement()
    terminal.send(Keys.escape)
    try terminal.wait(for: "the end of the scan") {
      terminal.text.contains("37 scanned") && !terminal.text.contains("of 37 scanned")
    }
    try terminal.waitForText(Self.query)
    terminal.send("m")
    try terminal.waitForText("▸ query.weight +9")
    terminal.send(Keys.enter)
    try terminal.waitForMeasurement()
    #expect(terminal.line(0).contains("3.attention.self.query"))
  }

  @Test("heads and products are found before their tensors were looked at, and open")
  func parts() throws {
    let scratch = try Scratch()
    let terminal = try start([], in: scratch)
    try terminal.wait(for: "the end of the scan") {
      terminal.text.contains("37 scanned") && !terminal.text.contains("of 37 scanned")
    }
    terminal.send("/l4 qk head 2" + Keys.enter)
    try terminal.waitForText("encoder.layer.4.attention/qk.head.2")
    terminal.send(Keys.enter)
    try terminal.waitForMeasurement()
    #expect(terminal.line(0).contains("4.attention/qk.head.2") && terminal.figure("dense m·n") == "1,024")
    terminal.send(Keys.escape)
    try terminal.waitForText("1 part matches “l4 qk head 2”")
  }
}
