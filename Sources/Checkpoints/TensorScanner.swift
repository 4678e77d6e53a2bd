import Dispatch
import Factorizations
import LinearAlgebra
import MatrixFiles
import Synchronization

/// Finds out about many tensors of one file, on threads of its own: what is asked for first, then in the order of
/// ``ScanOptions/order``.
///
/// Every tensor is read when its turn comes and let go when it is done. What an earlier run found comes from the cache, at
/// once. The scanner lives until its work is done or cancelled, whether or not anybody holds it.
package final class TensorScanner: Sendable {
  private let file: any MatrixFile
  private let entries: [TensorEntry]
  private let workers: Int
  private let cache: ScanCache?
  private let options: ScanOptions
  private let post: @Sendable (ScanEvent) -> Void

  private let queue: Mutex<ScanQueue>
  /// Held while an event is posted, so that they come one at a time.
  private let posting = Mutex(())
  private let wakeUps = DispatchSemaphore(value: 0)
  private let token = CancellationToken()

  /// A scan of `entries`, which are tensors of `file`; nothing happens before ``start()``.
  ///
  /// - Parameters:
  ///   - workers: the threads that work at once, at least one: the cores there are, unless something else needs them.
  ///   - cache: what earlier runs found, and where this one's findings go; nil keeps nothing.
  ///   - post: receives events on the workers' threads, one at a time; it must not wait for the scanner.
  package init(
    file: any MatrixFile, entries: [TensorEntry], workers: Int = BLASThreads.availableCores, cache: ScanCache? = nil,
    options: ScanOptions = ScanOptions(), post: @escaping @Sendable (ScanEvent) -> Void
  ) {
    self.file = file
    self.entries = entries
    self.workers = max(1, workers)
    self.cache = cache
    self.options = options
    self.post = post
    queue = Mutex(ScanQueue(count: entries.count))
  }

  /// Starts the workers; call it once. Returns at once.
  package func start() {
    WorkerThread.startAfresh(yields: options.yieldsToScreen) { [self] in
      prepare()
      for _ in 1..<workers { WorkerThread.startAfresh(yields: options.yieldsToScreen) { self.work() } }
      work()
    }
  }

  /// Lets the tensors at `indices` come next, in this order, before all others: what is visible. Replaces an earlier wish.
  package func prioritize(_ indices: [Int]) {
    queue.withLock { $0.wishes = indices.filter { entries.indices.contains($0) } }
  }

  /// Begins no further tensor until ``resume()``; those that are being worked on are finished.
  package func pause() { queue.withLock { $0.isPaused = true } }

  /// Goes on.
  package func resume() {
    queue.withLock { $0.isPaused = false }
    wakeAll()
  }

  /// Stops for good: work under way ends at its next check and its results are dropped. No event follows but one that is
  /// being posted.
  package func cancel() {
    token.cancel()
    wakeAll()
  }

  /// Takes from the cache what is there and plans the rest.
  private func prepare() {
    let known = cache?.load(comparedShuffled: options.comparesShuffled) ?? [:]
    for (index, entry) in entries.enumerated() {
      guard let findings = known[ScanCache.Key(entry, seed: options.seed)] else { continue }
      queue.withLock { $0.take(index) }
      finish(index, .found(index: index, findings, fromCache: true))
    }
    let estimates = ScanEstimates(workers: workers)
    let jobs = entries.map { estimates.job($0) }
    let available = Double(AvailableMemory.bytes) / 2
    let window = options.order == .inOrder ? 4 * workers : nil
    queue.withLock { $0.plan(jobs, workers: options.isAlone ? workers : 1, available: available, window: window) }
    if options.isAlone { BLASThreads.useOne() }
    if entries.isEmpty { deliver(.finished) }
  }

  /// What each worker does until nothing is left.
  private func work() {
    while !token.isCancelled {
      switch queue.withLock({ $0.next() }) {
      case .nothing: return
      case .wait: wakeUps.wait()
      case .examine(let index, let threads):
        examine(index, threads: threads)
        queue.withLock { $0.release(index) }
        wakeAll()
      }
    }
  }

  private func examine(_ index: Int, threads: Int) {
    let entry = entries[index]
    var planner = SolverPlanner(threads: threads)
    // Nothing else runs beside a job of several threads, and nobody else's calls are under way.
    planner.isAlone = options.isAlone && threads > 1
    let examination = TensorExamination(
      file: file, planner: planner, seed: options.comparesShuffled ? options.seed : nil)
    defer { if planner.isAlone { BLASThreads.useOne() } }
    do throws(TensorFailure) {
      let findings = try examination.findings(of: entry, control: WorkControl(token: token))
      cache?.keep(findings, of: entry, seed: options.seed, comparedShuffled: options.comparesShuffled)
      finish(index, .found(index: index, findings, fromCache: false))
    } catch {
      if !error.isCancelled { finish(index, .failed(index: index, error.description)) }
    }
  }

  /// Tells `event`, how far the scan is, and its end.
  private func finish(_ index: Int, _ event: ScanEvent) {
    posting.withLock { _ in
      let done = queue.withLock { $0.countDone() }
      guard !token.isCancelled else { return }
      post(event)
      post(.progress(done: done, count: entries.count))
      if done == entries.count { post(.finished) }
    }
  }

  private func deliver(_ event: ScanEvent) {
    posting.withLock { _ in if !token.isCancelled { post(event) } }
  }

  private func wakeAll() { for _ in 0..<workers { wakeUps.signal() } }
}
