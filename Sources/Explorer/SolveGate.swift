import Factorizations
import Glibc
import LinearAlgebra
import Synchronization

/// Lets two solves work at once: the one that is wanted, and one that was cancelled inside a call of LAPACK that cannot
/// be interrupted. Whoever comes third waits, and can be cancelled while it does: so at most two such calls are ever
/// under way, and a cancelled job that waits here makes room at once.
package final class SolveGate: Sendable {
  private static let places = 2
  /// Microseconds between two looks at who left.
  private static let pause: UInt32 = 2000

  private let inside = Mutex(0)

  package init() {}

  /// Runs `body` once there is a place.
  ///
  /// - Throws: ``FactorizationError/cancelled`` if `control` says so before; what `body` throws.
  package func pass<Result>(
    _ control: WorkControl, _ body: () throws(FactorizationError) -> Result
  ) throws(FactorizationError) -> Result {
    while !enter() {
      if control.token.isCancelled { throw .cancelled }
      usleep(Self.pause)
    }
    defer { inside.withLock { $0 -= 1 } }
    if control.token.isCancelled { throw .cancelled }
    return try body()
  }

  private func enter() -> Bool {
    inside.withLock { count in
      guard count < Self.places else { return false }
      count += 1
      return true
    }
  }
}
