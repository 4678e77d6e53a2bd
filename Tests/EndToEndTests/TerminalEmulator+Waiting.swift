import Glibc

extension TerminalEmulator {
  /// Long enough for a loaded machine; a test that passes never waits for it.
  static let patience = 20.0

  /// Draws until `condition` holds.
  func wait(for what: String, patience: Double = patience, _ condition: () throws -> Bool) throws {
    let end = seconds() + patience
    while try !condition() {
      if pump(20) == .ended {
        if try condition() { return }
        throw Failure(description: "the program ended before \(what)\n\(text)")
      }
      if seconds() > end { throw Failure(description: "no \(what) within \(patience) s\n\(text)") }
    }
  }

  /// Draws until `wanted` is on the screen.
  func waitForText(_ wanted: String, patience: Double = patience) throws {
    try wait(for: "“\(wanted)”", patience: patience) { text.contains(wanted) }
  }

  /// Draws until nothing has arrived for `milliseconds`.
  func waitForQuiet(_ milliseconds: Int32 = 120) throws {
    let end = seconds() + Self.patience
    while pump(milliseconds) == .drew {
      if seconds() > end { throw Failure(description: "the screen does not come to rest\n\(text)") }
    }
  }

  /// Draws for `duration` seconds.
  func watch(_ duration: Double) {
    let end = seconds() + duration
    while seconds() < end, pump(10) != .ended {}
  }

  /// Draws until the program has ended.
  func waitForExit(patience: Double = patience) throws -> ProgramExit {
    let end = seconds() + patience
    while true {
      if let exit = exitIfEnded() { return exit }
      // A terminal whose other end is closed is always ready to be read.
      if pump(10) == .ended { usleep(5_000) }
      if seconds() > end { throw Failure(description: "the program does not end\n\(text)") }
    }
  }

  private func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
