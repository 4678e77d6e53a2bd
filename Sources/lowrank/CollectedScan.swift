import Checkpoints
import Dispatch
import MatrixFiles
import Synchronization

/// A scan of which only the end matters: everything that was found, together.
final class CollectedScan: Sendable {
  private let entries: [TensorEntry]
  private let arrived = Mutex(Arrived())
  private let end = DispatchSemaphore(value: 0)

  /// What the scanner's threads told so far, by the index of the entry.
  private struct Arrived {
    var findings: [Int: TensorFindings] = [:]
    var sentences: [Int: String] = [:]
  }

  /// Scans `entries` of `file` on `jobs` threads and tells `progress`. Returns when all is done; a signal ends the process
  /// before that, since nothing is being written.
  init(of entries: [TensorEntry], in file: any MatrixFile, jobs: Int, cache: ScanCache?, _ progress: ProgressLine) {
    self.entries = entries
    progress.begin("scanning \(entries.count) \(entries.count == 1 ? "matrix" : "matrices")")
    let options = ScanOptions(isAlone: true, yieldsToScreen: false)
    TensorScanner(file: file, entries: entries, workers: jobs, cache: cache, options: options) { [self] event in
      switch event {
      case .found(let index, let findings, _): arrived.withLock { $0.findings[index] = findings }
      case .failed(let index, let sentence): arrived.withLock { $0.sentences[index] = sentence }
      case .progress(let done, let count): progress.update(Double(done) / Double(max(1, count)))
      case .finished: end.signal()
      }
    }.start()
    end.wait()
    progress.end()
  }

  /// What was found, in the order of the entries.
  var found: [(entry: TensorEntry, findings: TensorFindings)] {
    arrived.withLock { arrived in
      entries.enumerated().compactMap { index, entry in arrived.findings[index].map { (entry, $0) } }
    }
  }

  /// What could not be read or solved, in that order, too, with a sentence.
  var failed: [(entry: TensorEntry, sentence: String)] {
    arrived.withLock { arrived in
      entries.enumerated().compactMap { index, entry in arrived.sentences[index].map { (entry, $0) } }
    }
  }
}
