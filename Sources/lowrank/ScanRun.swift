import Checkpoints
import Dispatch
import LinearAlgebra
import MatrixFiles
import Reports
import Synchronization

/// Where the rows of a scan go: standard output, or the end of a file that is resumed.
struct ScanOutput {
  /// The matrices that have no row yet, in the file's order.
  let missing: [TensorEntry]
  private let rows: ScanRows
  private let resumed: ResumedScan?

  /// The output of `entries`; those that a resumed file holds already are not missing.
  init(_ rows: ScanRows, entries: [TensorEntry], resume: String?, file: any MatrixFile) throws(FileError) {
    self.rows = rows
    resumed = try resume.map { path throws(FileError) in try ResumedScan(path: path) }
    let known = try resumed?.findings(of: file) ?? NameTable()
    missing = entries.filter { known[$0.name ?? ""] == nil }
  }

  /// Writes what stands above the rows.
  func begin() throws(FileError) {
    if resumed == nil, !missing.isEmpty { try StandardOutput.write(rows.header) }
  }

  /// Writes one row, whole.
  func write(_ entry: TensorEntry, _ findings: TensorFindings) throws {
    let row = try rows.row(entry, findings)
    if let resumed { try resumed.append(row) } else { try StandardOutput.write(row) }
  }
}

/// A scan whose rows are printed in the file's order, each as soon as all before it are.
struct ScanRun {
  let file: any MatrixFile
  let entries: [TensorEntry]
  let jobs: Int
  let cache: ScanCache?
  /// Whether what is printed needs shuffled copies.
  let comparesShuffled: Bool
  let progress: ProgressLine

  /// What arrives from the scanner's threads.
  private final class Arrivals: Sendable {
    private let events = Mutex<[ScanEvent]>([])
    private let count = DispatchSemaphore(value: 0)

    func post(_ event: ScanEvent) {
      events.withLock { $0.append(event) }
      count.signal()
    }

    /// What has come, after waiting a tenth of a second at most.
    func take() -> [ScanEvent] {
      _ = count.wait(timeout: .now() + .milliseconds(100))
      return events.withLock { events in
        defer { events = [] }
        return events
      }
    }
  }

  /// Scans and prints; returns what could not be read.
  ///
  /// A signal stops it between rows.
  func print(_ output: ScanOutput) throws -> [(entry: TensorEntry, reason: String)] {
    var failures: [(entry: TensorEntry, reason: String)] = []
    try Interruption.cancelling { token in
      try output.begin()
      let arrivals = Arrivals()
      let scanner = TensorScanner(
        file: file, entries: entries, workers: jobs, cache: cache,
        options: ScanOptions(
          isAlone: true, yieldsToScreen: false, order: .inOrder, comparesShuffled: comparesShuffled)
      ) { arrivals.post($0) }
      defer { scanner.cancel() }
      progress.begin("scanning \(entries.count) \(entries.count == 1 ? "matrix" : "matrices")")
      scanner.start()
      var waiting: [Int: TensorFindings?] = [:]
      var next = 0
      while next < entries.count {
        if token.isCancelled { throw FileError.cancelled }
        for event in arrivals.take() {
          switch event {
          case .found(let index, let findings, _): waiting[index] = .some(findings)
          case .failed(let index, let reason):
            waiting[index] = .some(nil)
            failures.append((entries[index], reason))
          case .progress(let done, let count): progress.update(Double(done) / Double(count))
          case .finished: break
          }
        }
        while let findings = waiting.removeValue(forKey: next) {
          if let findings {
            progress.end()
            try output.write(entries[next], findings)
          }
          next += 1
        }
      }
      progress.end()
    }
    return failures
  }
}
