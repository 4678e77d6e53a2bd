import Synchronization

/// Work was cancelled before it finished; its result is not wanted.
package struct Cancelled: Error, Hashable {
  package init() {}
}

/// A flag that one thread raises and the work checks between blocks.
package final class CancellationToken: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  /// Whether ``cancel()`` was called.
  package var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Asks the work to stop at its next check.
  package func cancel() { flag.store(true, ordering: .relaxed) }

  /// Throws ``Cancelled`` once ``cancel()`` was called.
  package func check() throws(Cancelled) {
    if isCancelled { throw Cancelled() }
  }
}

/// How long work asks whether it is still wanted, and tells how far it is.
package struct WorkControl: Sendable {
  /// The flag to check between blocks.
  package let token: CancellationToken
  /// Told the finished fraction of the work, 0 … 1, between blocks.
  package let report: @Sendable (Double) -> Void

  /// Work that `token` can cancel and that tells its progress to `report`.
  package init(token: CancellationToken = CancellationToken(), report: @escaping @Sendable (Double) -> Void = { _ in })
  {
    self.token = token
    self.report = report
  }

  /// Checks for cancellation, then reports `fraction`.
  package func step(_ fraction: Double) throws(Cancelled) {
    try token.check()
    report(fraction)
  }

  /// Control of a part of the work, whose own fraction fills `range` of the whole.
  package func part(_ range: Range<Double>) -> WorkControl {
    let report = report
    return WorkControl(token: token) { report(range.lowerBound + (range.upperBound - range.lowerBound) * $0) }
  }
}
