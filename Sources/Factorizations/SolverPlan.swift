import LinearAlgebra

/// How a request will be served, and why so: shown on the screen and in reports.
package struct SolverPlan: Sendable, Hashable {
  /// The method's identifier, as `--method` takes it: "gesdd".
  package let method: String
  /// The method in words, as in "gesdd (divide and conquer)".
  package let title: String
  /// One clause: what speaks for it.
  package let reason: String
  /// An estimate of the floating-point operations.
  package let estimatedFlops: Double
  /// The peak bytes beside the matrix itself: copies, work space and results.
  package internal(set) var estimatedBytes: Double
  /// An estimate of the seconds on ``threads``; an estimate only, never shown as progress.
  package let estimatedSeconds: Double
  /// Relative to σ₁: what lies below is rounding.
  package let precisionFloor: Double
  /// The threads it takes: all that were asked for, or one where that is sooner.
  package let threads: Int

  /// A plan of the method `method`.
  package init(
    method: String, title: String, reason: String, estimatedFlops: Double, estimatedBytes: Double,
    estimatedSeconds: Double, precisionFloor: Double, threads: Int
  ) {
    self.method = method
    self.title = title
    self.reason = reason
    self.estimatedFlops = estimatedFlops
    self.estimatedBytes = estimatedBytes
    self.estimatedSeconds = estimatedSeconds
    self.precisionFloor = precisionFloor
    self.threads = threads
  }

  /// The estimated time to two digits: "44 ms", "2.1 s", "3.4 min".
  package var spokenSeconds: String {
    let seconds = estimatedSeconds
    if seconds < 0.001 { return "1 ms" }
    if seconds < 0.95 { return "\(twoDigits(seconds * 1000)) ms" }
    if seconds < 95 { return "\(twoDigits(seconds)) s" }
    if seconds < 5400 { return "\(twoDigits(seconds / 60)) min" }
    if seconds < 500_000 { return "\(twoDigits(seconds / 3600)) h" }
    return seconds < 3e9 ? "\(twoDigits(seconds / 86_400)) days" : "more than a lifetime"
  }

  private func twoDigits(_ value: Double) -> String {
    if value < 9.95 { return "\((value * 10).rounded() / 10)" }
    var step = 1.0
    while value >= 100 * step { step *= 10 }
    return "\(Int((value / step).rounded() * step))"
  }
}

/// What a solver answers to a request.
package enum SolverOffer: Hashable, Sendable {
  /// It can serve it so.
  case plan(SolverPlan)
  /// It cannot, and why: one clause.
  case declined(String)
}

/// What the planner decided, and what it decided against.
package struct SolverDecision: Sendable, Hashable {
  /// Another method that was asked.
  package struct Alternative: Sendable, Hashable {
    /// Its identifier.
    package let method: String
    /// Why it was not taken: "about 2.1 s", "a side reaches 2³¹, beyond 32-bit BLAS".
    package let reason: String
    /// Its estimated seconds, where it could serve.
    package let estimatedSeconds: Double?
  }

  /// The method taken.
  package let plan: SolverPlan
  /// Why it was taken: "the soonest of 3; matrix products, …; about 20 ms for this shape".
  package let reason: String
  /// The methods not taken, the soonest first.
  package let rejected: [Alternative]
}
