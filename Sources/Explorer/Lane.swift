import LinearAlgebra
import Synchronization

/// What happens to the running job when a newer one is submitted.
package enum LanePolicy: Sendable {
  /// It is cancelled and the newer one starts at once. A call that cannot be interrupted may run out as an orphan, its
  /// result dropped; while there are as many of those as the lane permits, the newest job waits.
  case newestWins
  /// It runs out; the newer one waits, replacing what waited before.
  case oneRunningOneWaiting
}

/// A lane of the compute queue: at most one job runs (and one orphan, or as many as are permitted), at most one waits.
package final class Lane: Sendable {
  /// Work that checks its token between blocks.
  package typealias Job = @Sendable (CancellationToken) -> Void

  private struct State {
    var waiting: Job?
    /// The wanted job, and the thread it runs on.
    var running: (token: CancellationToken, worker: WorkerThread.Number?)?
    /// Threads that run jobs of this lane.
    var active = 0
  }

  private let policy: LanePolicy
  private let executor: QueueExecutor
  /// How many jobs may run at once, cancelled ones among them.
  private let limit: Int
  private let state = Mutex(State())

  /// A lane with `policy` whose jobs `executor` runs, with at most `orphans` cancelled jobs beside the wanted one.
  package init(_ policy: LanePolicy, orphans: Int = 1, on executor: QueueExecutor) {
    self.policy = policy
    self.executor = executor
    limit = policy == .newestWins ? 1 + orphans : 1
  }

  /// Runs `job` as the policy says.
  package func submit(_ job: @escaping Job) {
    let mayStart = state.withLock { state in
      state.waiting = job
      if policy == .newestWins { cancelRunning(&state) }
      guard state.active < limit else { return false }
      state.active += 1
      return true
    }
    if mayStart { executor.start { self.drain() } }
  }

  /// Cancels the running job and drops the waiting one.
  package func cancelAll() {
    state.withLock { state in
      state.waiting = nil
      cancelRunning(&state)
    }
  }

  /// Whether nothing runs and nothing waits.
  package var isIdle: Bool { state.withLock { $0.active == 0 && $0.waiting == nil } }

  /// Whether a job that nobody cancelled runs or waits.
  var isWanted: Bool {
    state.withLock { state in state.waiting != nil || state.running.map { !$0.token.isCancelled } == true }
  }

  /// Tells the running job to stop; while it does not, it stands back behind every other.
  private func cancelRunning(_ state: inout State) {
    guard let running = state.running, !running.token.isCancelled else { return }
    running.token.cancel()
    if executor == .threads, let worker = running.worker { WorkerThread.standBack(worker) }
  }

  private func drain() {
    let worker = WorkerThread.current
    while true {
      let next: (job: Job, token: CancellationToken)? = state.withLock { state in
        guard let job = state.waiting else {
          state.active -= 1
          return nil
        }
        let token = CancellationToken()
        state.waiting = nil
        state.running = (token, worker)
        return (job, token)
      }
      guard let next else { return }
      next.job(next.token)
      state.withLock { if $0.running?.token === next.token { $0.running = nil } }
      // A thread that stood back cannot come forward again: what waits gets another one.
      if next.token.isCancelled, executor == .threads {
        WorkerThread.startAfresh { self.drain() }
        return
      }
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
