import Checkpoints
import Dispatch
import LinearAlgebra
import MatrixFiles
import ModelTensors
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
    let file: any MatrixFile
    var isStarted: Bool
    /// The scan of the parts on the screen that runs or waits; one at a time.
    var parts: TensorScanner?
    /// The parts that come after it: those that were asked for last come first.
    var wanted: [ScanPart] = []
    var isHeld = false
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
    let model = file as? ModelFile
    // A stack of experts is no matrix; its experts are scanned when they are seen.
    let items = tensors.indices.filter {
      (tensors[$0].matrixShape?.shortSide ?? 0) > 1
        && (tensors[$0].axes.count < 3 || model?.experts(of: tensors[$0]).isEmpty != false)
    }
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
      indices: Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0) }), file: file, isStarted: !waits)
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

  /// Scans `parts` of tensors of the file beside its tensors, one after the other, the newest first; nothing is kept of them
  /// and nobody counts them.
  func scan(_ id: MatrixID, _ parts: [ScanPart]) {
    job.withLock { if $0?.id == id { $0?.wanted.insert(contentsOf: parts, at: 0) } }
    if executor != .immediate { startNextPart(id) }
  }

  /// Starts the scan of the next part that is wanted, unless one is under way; whether there was one.
  @discardableResult
  private func startNextPart(_ id: MatrixID) -> Bool {
    let waits = executor == .immediate
    let next: (scanner: TensorScanner, isHeld: Bool)? = job.withLock { job in
      guard let current = job, current.id == id, current.parts == nil, let part = current.wanted.first else {
        return nil
      }
      let scanner = TensorScanner(
        file: current.file, entries: [part.entry], workers: 1,
        options: ScanOptions(isAlone: false, yieldsToScreen: !waits)
      ) { [weak self] event in self?.take(event, of: part, id, waits: waits) }
      job?.wanted.removeFirst()
      job?.parts = scanner
      return (scanner, current.isHeld)
    }
    guard let next else { return false }
    if next.isHeld, !waits { next.scanner.pause() }
    next.scanner.start()
    return true
  }

  private func take(_ event: ScanEvent, of part: ScanPart, _ id: MatrixID, waits: Bool) {
    switch event {
    case .found(_, let findings, let isCached): post(id, .found(index: part.item, findings, fromCache: isCached))
    case .failed(_, let sentence): post(id, .failed(index: part.item, sentence))
    case .progress: break
    case .finished:
      job.withLock { if $0?.id == id { $0?.parts = nil } }
      if waits { done.signal() } else { startNextPart(id) }
    }
  }

  /// Begins no further tensor, or goes on.
  func hold(_ isHeld: Bool) {
    let scanners: [TensorScanner] = job.withLock { job in
      job?.isHeld = isHeld
      return job.map { [$0.scanner] + [$0.parts].compactMap { $0 } } ?? []
    }
    for scanner in scanners { if isHeld { scanner.pause() } else { scanner.resume() } }
  }

  /// Stops for good.
  func stop() { replace(by: nil) }

  /// Runs the scans that wait, to their end; whether there was one.
  func finish() -> Bool {
    let waiting: (id: MatrixID, scanner: TensorScanner?)? = job.withLock { job in
      guard let current = job else { return nil }
      job?.isStarted = true
      return (current.id, current.isStarted ? nil : current.scanner)
    }
    guard let waiting else { return false }
    var isAny = false
    if let scanner = waiting.scanner {
      scanner.resume()
      scanner.start()
      done.wait()
      isAny = true
    }
    while startNextPart(waiting.id) {
      done.wait()
      isAny = true
    }
    return isAny
  }

  private func replace(by next: Job?) {
    let old = job.withLock { job in
      let old = job
      job = next
      return old
    }
    old?.scanner.cancel()
    old?.parts?.cancel()
  }
}
