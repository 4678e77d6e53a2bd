import Glibc
import Synchronization

/// The processor-independent clock in seconds.
package func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Passes a fraction on once work has taken 0.2 s, then about ten times a second: short work stays quiet.
func slowly(_ report: @escaping @Sendable (Double) -> Void) -> @Sendable (Double) -> Void {
  let due = Mutex(monotonicSeconds() + 0.2)
  return { fraction in
    let now = monotonicSeconds()
    let isDue = due.withLock { due in
      guard now >= due else { return false }
      due = now + 0.1
      return true
    }
    if isDue { report(fraction) }
  }
}
