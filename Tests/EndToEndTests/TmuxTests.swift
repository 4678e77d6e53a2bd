import Glibc
import Testing

@Suite("Inside tmux, end to end")
struct TmuxTests {
  private static let homes: [String] = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"]
  /// tmux, where it is installed.
  static let tmux: String? = homes.first { home in access(home, X_OK) == 0 }

  @Test("colours, the mouse and the way out work inside tmux", .enabled(if: tmux != nil))
  func insideTmux() throws {
    let tmux = try #require(Self.tmux)
    let scratch = try Scratch()
    try Staircase.write(in: scratch)
    try scratch.write(
      "tmux.conf", Array("set -g mouse on\nset -g default-terminal tmux-256color\nset -sg escape-time 0\n".utf8))
    let terminal = try TerminalEmulator(
      tmux,
      ["-u", "-S", "\(scratch.path)/socket", "-f", "tmux.conf", "new", "\(Lowrank.program) \(Staircase.name)"],
      rows: 37, columns: 120, environment: Lowrank.environment, directory: scratch.path)
    defer { stopServer(tmux, scratch) }
    try terminal.waitForMeasurement()
    #expect(Set(terminal.cells.map(\.background)).count > 4)
    let thumb = try #require(terminal.find("●"))
    let rank = try #require(terminal.rank)
    terminal.mouse(.left, row: thumb.row, column: thumb.column)
    terminal.mouse(.dragLeft, row: thumb.row, column: thumb.column - 10)
    try terminal.wait(for: "a smaller rank") { (terminal.rank ?? rank) < rank }
    terminal.mouse(.left, row: thumb.row, column: thumb.column - 10, isRelease: true)
    terminal.send("17\r")
    try terminal.waitForRank(17)
    try terminal.waitForMeasurement()
    terminal.resize(rows: 31, columns: 100)
    try terminal.wait(for: "the new size") { terminal.rank == 17 && terminal.line(29).contains("rank") }
    terminal.send("q")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.disturbedModes == [])
  }

  /// Nothing may outlive a test that failed.
  private func stopServer(_ tmux: String, _ scratch: Scratch) {
    let stop = try? TerminalEmulator(
      tmux, ["-S", "\(scratch.path)/socket", "kill-server"], rows: 24, columns: 80, environment: Lowrank.environment,
      directory: scratch.path)
    _ = try? stop?.waitForExit()
  }
}
