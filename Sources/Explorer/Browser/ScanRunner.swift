import Checkpoints
import Dispatch
import LinearAlgebra
import MatrixFiles
import Synchronization

/// Runs the scan of the listed file beside everything else, one scan at a time.
///
/// It never sets the number of BLAS's threads, for something else may be inside a call: it works with those that are set.
final class ScanRunner: Sendable {
  /// Takes what a scan tells, with the number of the listing and the items that the events are about.
  typealias Receiver = @Sendable (MatrixID, ScanEvent) -> Void

  private struct Job {
    let id: MatrixID
    let scanner: TensorScanner
    /// The item of each of the scan's tensors, and back.
    let items: [Int]
    let indices: [Int: Int]
    let isStarted: Bool
  }

  private let job = Mutex<Job?>(nil)
  private let executor: QueueExecutor
  private let post: Receiver
  /// Signalled when a scan is done that somebody waits for.
  private let done = DispatchSemaphore(value: 0)

  /// A runner that tells `post`, from any thread; where work runs at once, a scan waits for ``finish()``.
  init(on executor: QueueExecutor, post: @escaping Receiver) {
    self.executor = executor
    self.post = post
  }

  /// Scans the matrices of `file`, in place of the scan before.
  func start(_ id: MatrixID, _ file: any MatrixFile, cache: ScanCache?) {
    let tensors = file.tensors
    let items = tensors.indices.filter { (tensors[$0].matrixShape?.shortSide ?? 0) > 1 }
    let waits = executor == .immediate
    let scanner = TensorScanner(
      file: file, entries: items.map { tensors[$0] }, workers: waits ? 1 : Self.workers, cache: waits ? nil : cache,
      options: ScanOptions(isAlone: false, yieldsToScreen: !waits)
    ) { [post, done] event in
      switch event {
      case .found(let index, let findings, let isCached):
        post(id, .found(index: items[index], findings, fromCache: isCached))
      case .failed(let index, let sentence): post(id, .failed(index: items[index], sentence))
      case .progress: post(id, event)
      case .finished:
        post(id, event)
        if waits { done.signal() }
      }
    }
    let next = Job(
      id: id, scanner: scanner, items: items,
      indices: Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0) }), isStarted: !waits)
    replace(by: next)
    post(id, .progress(done: 0, count: items.count))
    if !waits { scanner.start() }
  }

  /// Tensors that are worked on at once. BLAS's own threads work on each; a second one reads and counts meanwhile.
  private static var workers: Int { min(2, BLASThreads.availableCores) }

  /// These items come next.
  func prioritize(_ id: MatrixID, _ wanted: [Int]) {
    guard let current = job.withLock({ $0 }), current.id == id else { return }
    current.scanner.prioritize(wanted.compactMap { current.indices[$0] })
  }

  /// Begins no further tensor, or goes on.
  func hold(_ isHeld: Bool) {
    guard let scanner = job.withLock({ $0?.scanner }) else { return }
    if isHeld { scanner.pause() } else { scanner.resume() }
  }

  /// Stops for good.
  func stop() { replace(by: nil) }

  /// Runs a scan that waits, to its end; whether there was one.
  func finish() -> Bool {
    let waiting: TensorScanner? = job.withLock { job in
      guard let current = job, !current.isStarted else { return nil }
      job = Job(
        id: current.id, scanner: current.scanner, items: current.items, indices: current.indices, isStarted: true)
      return current.scanner
    }
    guard let waiting else { return false }
    waiting.resume()
    waiting.start()
    done.wait()
    return true
  }

  private func replace(by next: Job?) {
    let old = job.withLock { job in
      let old = job
      job = next
      return old
    }
    old?.scanner.cancel()
  }
}
