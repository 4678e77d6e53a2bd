import LinearAlgebra
import Synchronization

/// What happens to the running job when a newer one is submitted.
package enum LanePolicy: Sendable {
  /// It is cancelled and the newer one starts at once. A call that cannot be interrupted may run out as the one
  /// permitted orphan, its result dropped; while there is one, the newest job waits.
  case newestWins
  /// It runs out; the newer one waits, replacing what waited before.
  case oneRunningOneWaiting
}

/// A lane of the compute queue: at most one job runs (and one orphan), at most one waits.
package final class Lane: Sendable {
  /// Work that checks its token between blocks.
  package typealias Job = @Sendable (CancellationToken) -> Void

  private struct State {
    var waiting: Job?
    var running: CancellationToken?
    var active = 0
  }

  private let policy: LanePolicy
  private let start: @Sendable (@escaping @Sendable () -> Void) -> Void
  private let state = Mutex(State())

  /// A lane with `policy` whose jobs `executor` runs.
  package init(_ policy: LanePolicy, on executor: QueueExecutor) {
    self.policy = policy
    start = executor.start
  }

  /// Runs `job` as the policy says.
  package func submit(_ job: @escaping Job) {
    let mayStart = state.withLock { state in
      state.waiting = job
      if policy == .newestWins { state.running?.cancel() }
      let limit = policy == .newestWins && state.running?.isCancelled == true ? 2 : 1
      guard state.active < limit else { return false }
      state.active += 1
      return true
    }
    if mayStart { start { self.drain() } }
  }

  /// Cancels the running job and drops the waiting one.
  package func cancelAll() {
    state.withLock { state in
      state.waiting = nil
      state.running?.cancel()
    }
  }

  /// Whether nothing runs and nothing waits.
  package var isIdle: Bool { state.withLock { $0.active == 0 && $0.waiting == nil } }

  private func drain() {
    while true {
      let next: (job: Job, token: CancellationToken)? = state.withLock { state in
        guard let job = state.waiting else {
          state.active -= 1
          return nil
        }
        let token = CancellationToken()
        state.waiting = nil
        state.running = token
        return (job, token)
      }
      guard let next else { return }
      next.job(next.token)
      state.withLock { if $0.running === next.token { $0.running = nil } }
    }
  }
}

/// Where the jobs of a lane run.
package enum QueueExecutor: Sendable {
  /// On worker threads.
  case threads
  /// At once, on the caller's thread: for tests and recordings that must be the same every time.
  case immediate

  var start: @Sendable (@escaping @Sendable () -> Void) -> Void {
    switch self {
    case .threads: { WorkerThread.start($0) }
    case .immediate: { $0() }
    }
  }
}
