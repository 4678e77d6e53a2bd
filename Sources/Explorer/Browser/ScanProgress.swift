/// How far the scan of a file's matrices is.
package struct ScanProgress: Hashable, Sendable {
  /// Whether there is one.
  package enum State: Hashable, Sendable {
    /// Nobody asked for one.
    case none
    /// It runs, or waits.
    case running
    /// Nothing is left to do.
    case finished
  }

  /// Whether there is one.
  package var state = State.none
  /// The matrices that are done, and all of them.
  package var done = 0
  package var count = 0
  /// Whether the user paused it.
  package var isPaused = false
  /// Whether it stands back while an opened matrix is solved.
  package var isHeld = false

  /// The items that were asked for first.
  var first: Set<Int> = []
  /// The parts of tensors that were asked for and are not there yet.
  var parts: Set<Int> = []

  /// Whether results are to be expected.
  package var isAtWork: Bool { (state == .running || !parts.isEmpty) && !isPaused && !isHeld }

  /// The share that is done.
  package var fraction: Double { count == 0 ? 0 : Double(done) / Double(count) }
}
