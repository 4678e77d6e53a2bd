import Dispatch
import Explorer
import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import Synchronization
import Testing
import TerminalUI

@Suite("The queue and its previews")
struct PreviewQueueTests {
  private final class Log: Sendable {
    private let content = Mutex<[QueueEvent]>([])
    func append(_ event: QueueEvent) { content.withLock { $0.append(event) } }
    var all: [QueueEvent] { content.withLock { $0 } }
    /// What arrived of spectra and vectors: "≤16", "=", "u16", "u".
    var results: [String] {
      all.compactMap { event in
        switch event {
        case .spectrum(_, let result): result.leadingCount.map { "≤\($0)" } ?? "="
        case .vectors(_, let found): found.isExact ? "u" : "u\(found.count)"
        default: nil
        }
      }
    }
  }

  @Test("bounds, leading vectors, exact values, all vectors: in that order")
  func order() {
    let log = Log()
    let queue = ComputeQueue(
      on: .immediate, opener: memoryOpener, previewing: .staged(.always, count: 16), post: log.append)
    queue.open(1, source: "decay", tensor: nil, preparation: Preparation())
    #expect(log.results == ["≤16", "u16", "=", "u"])
    queue.extend(1, to: 30)
    #expect(log.results.count == 4, "nothing is widened once all vectors are there")
  }

  @Test("a recording has no preview unless it asks for one")
  func immediate() {
    let log = Log()
    let queue = ComputeQueue(on: .immediate, opener: memoryOpener, post: log.append)
    queue.open(1, source: "decay", tensor: nil, preparation: Preparation())
    #expect(log.results == ["=", "u"])
  }

  @Test("small and quick solves get no preview of their own")
  func quick() {
    let log = Log()
    let queue = ComputeQueue(
      on: .immediate, opener: memoryOpener, previewing: .staged(.slowSolves, count: 16), post: log.append)
    queue.open(1, source: "decay", tensor: nil, preparation: Preparation())
    #expect(log.results == ["=", "u"])
  }

  @Test("the subspace grows from what there is, to some more than asked, and to its limit")
  func growth() {
    let log = Log()
    let asked = Mutex<[Int]>([])
    let queue = ComputeQueue(
      on: .immediate, opener: memoryOpener,
      previewing: .staged(.alone, count: 16) { count throws(FactorizationError) in asked.withLock { $0.append(count) }
      },
      post: log.append)
    queue.open(1, source: "decay", tensor: nil, preparation: Preparation())
    queue.extend(1, to: 17)
    queue.extend(1, to: 20)
    queue.extend(1, to: 80)
    #expect(log.results == ["≤16", "u16", "≤33", "u33", "≤64", "u64"])
    #expect(asked.withLock { $0 } == [16, 33, 64])
    queue.extend(2, to: 40)
    #expect(log.results.count == 6, "not of another matrix")
  }

  @Test("of many requests during a drag the newest is served, and what was computed is never computed again")
  func drag() {
    let log = Log()
    let gate = DispatchSemaphore(value: 0)
    let asked = Mutex<[Int]>([])
    let queue = ComputeQueue(
      on: .threads, opener: memoryOpener,
      previewing: .staged(.alone, count: 4) { count throws(FactorizationError) in
        asked.withLock { $0.append(count) }
        if count > 4 { gate.wait() }
      }, post: log.append)
    queue.open(1, source: "diagonal", tensor: nil, preparation: Preparation())
    waitUntil { log.results.contains("u4") && queue.isIdle }
    for rank in 5...9 { queue.extend(1, to: rank) }
    for _ in 0..<5 { gate.signal() }
    waitUntil { queue.isIdle }
    #expect(asked.withLock { $0 }.count <= 3, "the first, and the newest that waited")
    #expect(log.results.last == "u10")
  }

  @Test("a cancelled widening leaves what was there, and can be asked for again")
  func cancelledWidening() {
    let log = Log()
    let (inside, leave) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let queue = ComputeQueue(
      on: .threads, opener: memoryOpener,
      previewing: .staged(.alone, count: 16) { count throws(FactorizationError) in
        guard count > 16 else { return }
        inside.signal()
        leave.wait()
      }, post: log.append)
    queue.open(1, source: "decay", tensor: nil, preparation: Preparation())
    waitUntil { log.results.contains("u16") && queue.isIdle }
    queue.extend(1, to: 20)
    inside.wait()
    queue.cancelSolve()
    leave.signal()
    waitUntil { queue.isIdle }
    #expect(log.results == ["≤16", "u16"])
    leave.signal()
    queue.extend(1, to: 20)
    waitUntil { queue.isIdle }
    #expect(log.results.last == "u36")
  }

  @Test("cancelled again and again, the next job starts at once and the last result is right")
  func cancels() throws {
    let starts = Mutex<[Int: Double]>([:])
    let log = Log()
    let file = MemoryFile(source: "noise", matrices: [(nil, gaussianNoise(Shape(256, 256)))])
    let queue = ComputeQueue(
      on: .threads,
      opener: { (name, _) throws(FileError) in
        starts.withLock { $0[Int(name) ?? 0] = monotonicSeconds() }
        return file
      }, previewing: .krylov(.always), post: log.append)
    var waits: [Double] = []
    for id in 1...40 {
      let asked = monotonicSeconds()
      queue.open(id, source: "\(id)", tensor: nil, preparation: Preparation())
      waitUntil { starts.withLock { $0[id] } != nil }
      waits.append((starts.withLock { $0[id] } ?? .infinity) - asked)
      _ = DispatchSemaphore(value: 0).wait(timeout: .now() + Double(id % 8) * 0.004)
    }
    waitUntil { queue.isIdle }
    #expect(waits.sorted()[20] < 0.1, "half of all within 100 ms, whatever else runs here: \(waits)")
    let last = log.all.compactMap { event -> SolvedSpectrum? in
      if case .spectrum(40, let result) = event, !result.isPreview { result } else { nil }
    }
    let reference = makeReference(file)
    #expect(last.count == 1 && last.first?.analysis.spectrum.values == reference)
  }

  private func makeReference(_ file: MemoryFile) -> [Double] {
    let log = Log()
    let queue = ComputeQueue(
      on: .immediate, opener: { (_, _) throws(FileError) in file }, post: log.append)
    queue.open(1, source: "noise", tensor: nil, preparation: Preparation())
    for case .spectrum(_, let result) in log.all { return result.analysis.spectrum.values }
    return []
  }

  /// Independent standard normal entries.
  private func gaussianNoise(_ shape: Shape) -> Matrix<Double> {
    var generator = SeededGenerator(seed: 3)
    return Matrix(shape) { entries in for index in entries.indices { entries[index] = generator.gaussian() } }
  }

  private func waitUntil(_ isDone: () -> Bool) {
    while !isDone() { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + 0.0005) }
  }
}
