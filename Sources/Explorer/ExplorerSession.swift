import Checkpoints
import Factorizations
import Glibc
import MatrixFiles

/// Holds the state, applies actions to it, and hands the effects to the queue and the host.
///
/// Lives on one thread, the screen's; the queue reports through `inbox`.
package final class ExplorerSession {
  /// The state that the screen shows.
  package private(set) var state: ExplorerState
  /// What the queue found out and the state has not taken yet.
  package let inbox: Mailbox<QueueEvent>
  /// What a scan found; it wakes nobody: there may be thousands a second, and the clock looks often enough.
  private let scanned = Mailbox<(id: MatrixID, event: ScanEvent)>(wake: {})
  private let queue: ComputeQueue
  /// Runs the effects that are not work: saving, suspending, repainting.
  package var host: (Effect) -> Void = { _ in }

  /// A session over `state`, whose work runs on `executor` as `planner` decides, with previews by `previewing`, and whose
  /// results wake the screen by `wake`.
  package init(
    _ state: ExplorerState, on executor: QueueExecutor, opener: @escaping ComputeQueue.MatrixOpener,
    planner: SolverPlanner = SolverPlanner(), previewing: Previewing? = nil,
    cache: ComputeQueue.CacheOpener? = nil, wake: @escaping @Sendable () -> Void
  ) {
    self.state = state
    let inbox = Mailbox<QueueEvent>(wake: wake)
    self.inbox = inbox
    queue = ComputeQueue(
      on: executor, opener: opener, planner: planner, previewing: previewing, cache: cache,
      scanned: { [scanned] id, event in scanned.post((id, event)) }, post: { inbox.post($0) })
  }

  /// Applies `action` and runs its effects.
  package func send(_ action: ExplorerAction) {
    for effect in reduce(&state, action) { run(effect) }
  }

  /// Takes everything the queue reported; whether there was anything.
  @discardableResult
  package func takeResults() -> Bool {
    let events = inbox.take()
    for event in events { send(.queue(event)) }
    let found = scanned.take()
    if let last = found.last {
      // Of another listing than the last there is nothing to know.
      send(.scanned(last.id, found.filter { $0.id == last.id }.map(\.event)))
    }
    return !events.isEmpty || !found.isEmpty
  }

  /// Runs a scan that waits to its end, where work runs at once.
  package func finishScan() { if queue.finishScan() { takeResults() } }

  /// Whether a scan runs that was not paused.
  package var isScanning: Bool { state.browser?.scan.isAtWork == true }

  /// Whether no work runs or waits and every result was taken.
  package var isIdle: Bool { queue.isIdle && !takeResults() && queue.isIdle }

  /// The preview of the gallery entry that is chosen at the start.
  package func start() {
    for effect in state.previewEffects() { run(effect) }
  }

  /// Writes A_k to `path`, unless something is there that was not to be replaced.
  package func write(_ id: MatrixID, rank: Int, path: String, overwrites: Bool) {
    if !overwrites, access(path, F_OK) == 0 {
      let name = printable(path)
      send(.say(Notice("\(name) exists; :write! \(name) replaces it", isError: true, until: state.now + 10)))
      return
    }
    queue.write(id, rank: rank, path: path)
  }

  /// Waits until no file is half written; see ``ComputeQueue/finishWriting(patience:)``.
  package func finishWriting(patience: Double) { queue.finishWriting(patience: patience) }

  private func run(_ effect: Effect) {
    switch effect {
    case .open(let id, let source, let tensor, let preparation):
      queue.open(id, source: source, tensor: tensor, preparation: preparation)
    case .measure(let id, let rank, let request): queue.measure(id, rank: rank, request: request)
    case .extend(let id, let rank): queue.extend(id, to: rank)
    case .triplet(let id, let index): queue.triplet(id, index: index)
    case .compare(let source, let tensor, let preparation):
      queue.compare(source: source, tensor: tensor, preparation: preparation)
    case .write(let id, let rank, let path?, let overwrites): write(id, rank: rank, path: path, overwrites: overwrites)
    case .study(let id, let view, let request): queue.study(id, view, request)
    case .stopStudy: queue.stopStudy()
    case .cancelSolve: queue.cancelSolve()
    case .preview(let source): queue.preview(source)
    case .cancelWork: queue.close()
    case .scan(let id, let source): queue.scan(id, source: source)
    case .scanFirst(let id, let items): queue.scanFirst(id, items)
    case .scanParts(let id, let parts): queue.scanParts(id, parts)
    case .holdScan(let isHeld): queue.holdScan(isHeld)
    case .stopScan: queue.stopScan()
    case .outline(let id, let source): queue.outline(id, source: source)
    case .forget(let source): queue.forget(source)
    case .takeApart(let id, let item, let entry, let source):
      send(.parts(id, item: item, queue.parts(of: entry, source: source)))
    case .saveScreen, .suspend, .redraw, .complete, .write, .keepProgress: host(effect)
    }
  }
}
