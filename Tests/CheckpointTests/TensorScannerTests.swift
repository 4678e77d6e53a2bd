@testable import Checkpoints
import Dispatch
import LinearAlgebra
import MatrixFiles
import Synchronization
import Testing

@Suite("Scanner")
struct TensorScannerTests {
  /// Collects events and waits for the last.
  private final class Collector: Sendable {
    let events = Mutex<[ScanEvent]>([])
    private let end = DispatchSemaphore(value: 0)

    func post(_ event: ScanEvent) {
      events.withLock { $0.append(event) }
      if case .finished = event { end.signal() }
    }

    func waitForEnd(seconds: Int = 60) -> Bool { end.wait(timeout: .now() + .seconds(seconds)) == .success }

    /// The tensors that were found, in the order of their events, and which came from the cache.
    var found: [(index: Int, findings: TensorFindings, isKnown: Bool)] {
      events.withLock { events in
        events.compactMap { event in
          if case .found(let index, let findings, let isKnown) = event { (index, findings, isKnown) } else { nil }
        }
      }
    }

    var failures: [Int] {
      events.withLock { events in
        events.compactMap { if case .failed(let index, _) = $0 { index } else { nil } }
      }
    }
  }

  private func file(whileReading: @escaping @Sendable (String) -> Void = { _ in }) -> MadeFile {
    MadeFile(
      ["small": noise(8, 6), "large": noise(120, 100), "broken": noise(1, 1), "middle": noise(50, 40)],
      whileReading: whileReading)
  }

  @Test("every tensor is told once, failures too, then the end", arguments: [1, 2])
  func complete(workers: Int) {
    let (file, collector) = (file(), Collector())
    let scanner = TensorScanner(file: file, entries: file.tensors, workers: workers) { collector.post($0) }
    scanner.start()
    #expect(collector.waitForEnd())
    #expect(collector.found.map(\.index).sorted() == [0, 1, 3] && collector.failures == [2])
    let progress = collector.events.withLock { events in
      events.compactMap { if case .progress(let done, _) = $0 { done } else { nil } }
    }
    #expect(progress == [1, 2, 3, 4])
  }

  @Test("by cost; what is visible before that")
  func order() {
    let (file, collector) = (file(), Collector())
    let scanner = TensorScanner(file: file, entries: file.tensors, workers: 1) { collector.post($0) }
    scanner.pause()
    scanner.prioritize([0, 99, -1])
    scanner.start()
    scanner.resume()
    #expect(collector.waitForEnd())
    #expect(collector.found.map(\.index) == [0, 1, 3])
  }

  @Test("nothing is read in a pause, and it goes on after")
  func pause() {
    let reads = Mutex(0)
    let (file, collector) = (file { _ in reads.withLock { $0 += 1 } }, Collector())
    let scanner = TensorScanner(file: file, entries: file.tensors, workers: 2) { collector.post($0) }
    scanner.pause()
    scanner.start()
    #expect(!collector.waitForEnd(seconds: 1))
    #expect(reads.withLock { $0 } == 0)
    scanner.resume()
    #expect(collector.waitForEnd())
    #expect(reads.withLock { $0 } == 4)
  }

  @Test("after a cancel nothing more is told")
  func cancel() {
    let reached = DispatchSemaphore(value: 0)
    let goOn = DispatchSemaphore(value: 0)
    let file = file { name in
      if name == "middle" {
        reached.signal()
        goOn.wait()
      }
    }
    let collector = Collector()
    let scanner = TensorScanner(file: file, entries: file.tensors, workers: 1) { collector.post($0) }
    scanner.start()
    #expect(reached.wait(timeout: .now() + .seconds(60)) == .success)
    scanner.cancel()
    goOn.signal()
    #expect(!collector.waitForEnd(seconds: 1))
    #expect(collector.found.map(\.index) == [1] && collector.failures.isEmpty)
  }

  @Test("a second scan has everything from the cache, at once")
  func cached() throws {
    let scratch = try Scratch()
    let path = try scratch.write("model.npy", rows: [[1]])
    let reads = Mutex(0)
    let file = file { _ in reads.withLock { $0 += 1 } }
    for round in 0..<2 {
      let collector = Collector()
      let cache = try #require(ScanCache(sources: [path], directory: scratch.path + "/cache/lowrank"))
      let scanner = TensorScanner(file: file, entries: file.tensors, workers: 2, cache: cache) { collector.post($0) }
      scanner.start()
      #expect(collector.waitForEnd())
      #expect(collector.found.map(\.index).sorted() == [0, 1, 3])
      #expect(collector.found.allSatisfy { $0.isKnown == (round == 1) })
    }
    // What could not be read is tried again.
    #expect(reads.withLock { $0 } == 5)
  }

  @Test("what was found without shuffled copies serves only those who want none")
  func comparedOnDemand() throws {
    let scratch = try Scratch()
    let path = try scratch.write("model.npy", rows: [[1]])
    func scan(compares: Bool) throws -> [(isKnown: Bool, isCompared: Bool)] {
      let collector = Collector()
      let cache = try #require(ScanCache(sources: [path], directory: scratch.path + "/cache/lowrank"))
      let file = file()
      TensorScanner(
        file: file, entries: file.tensors, workers: 2, cache: cache, options: ScanOptions(comparesShuffled: compares)
      ) { collector.post($0) }.start()
      #expect(collector.waitForEnd())
      return collector.found.sorted { $0.index < $1.index }
        .map { ($0.isKnown, $0.findings.ranks[ScanColumnCatalog.shuffled] != nil) }
    }
    let (fresh, again) = (try scan(compares: false), try scan(compares: false))
    #expect(fresh.count == 3 && fresh.allSatisfy { !$0.isKnown && !$0.isCompared })
    #expect(again.allSatisfy { $0.isKnown && !$0.isCompared })
    let compared = try scan(compares: true)
    #expect(compared.allSatisfy { !$0.isKnown && $0.isCompared })
    #expect(try scan(compares: true).allSatisfy { $0.isKnown && $0.isCompared })
    // Whoever wants less takes what is there.
    #expect(try scan(compares: false).allSatisfy { $0.isKnown && $0.isCompared })
  }

  @Test("a scan of nothing ends")
  func empty() {
    let collector = Collector()
    TensorScanner(file: file(), entries: []) { collector.post($0) }.start()
    #expect(collector.waitForEnd())
  }
}
