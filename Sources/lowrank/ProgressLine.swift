import Glibc
import LinearAlgebra
import Synchronization

/// One line on standard error that says what is being done, while that is a terminal; it is gone before results appear.
final class ProgressLine: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  private struct State {
    var activity = ""
    var text = ""
    var started = ContinuousClock.now
  }

  /// What is being done from now on, of which no fraction is known yet.
  func begin(_ activity: String) {
    guard isShown else { return }
    state.withLock {
      $0.activity = activity
      $0.started = .now
      show("\(activity) …", &$0)
    }
  }

  /// How much of it is done, 0 … 1. Work of less than a fifth of a second shows no figures.
  func update(_ fraction: Double) {
    guard isShown else { return }
    state.withLock {
      guard ContinuousClock.now - $0.started > .milliseconds(200) else { return }
      show("\($0.activity) … \(Int((fraction * 100).rounded(.down))) %", &$0)
    }
  }

  /// Takes the line away.
  func end() {
    guard isShown else { return }
    state.withLock { show("", &$0) }
  }

  /// Work that reports to this line.
  func control(_ token: CancellationToken = CancellationToken()) -> WorkControl {
    WorkControl(token: token) { [self] in update($0) }
  }

  private func show(_ text: String, _ state: inout State) {
    guard text != state.text else { return }
    // Return to the margin, clear to the end of the line.
    StandardError.write("\r\u{1b}[K" + StandardError.style.spelled(text))
    state.text = text
  }
}
