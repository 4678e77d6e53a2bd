import Explorer
import Foundation
import LinearAlgebra
import MatrixFiles
import Preparation
import Synchronization

/// The explorer's queue over one matrix in memory that is opened again and again.
final class CancelRun: Sendable {
  private let seen: SeenBox
  private let queue: ComputeQueue
  private let generator = Mutex(SeededGenerator(seed: 7))

  /// A decaying matrix with noise, f32, side × side.
  init(side: Int) {
    let seen = SeenBox()
    self.seen = seen
    let file = HeldMatrix(side: side)
    queue = ComputeQueue(
      on: .threads,
      opener: { (name, _) throws(FileError) in
        seen.start(Int(name) ?? 0)
        return file
      }, previewing: .krylov(.slowSolves),
      post: { event in
        if case .spectrum(let id, let result) = event, !result.isPreview {
          seen.take(id, result.analysis.spectrum.values)
        }
      })
  }

  /// Solves once to the end of the values: those, and the seconds.
  func solve() -> (values: [Double], seconds: Double) {
    let start = monotonicSeconds()
    let id = open()
    while true {
      if let values = seen.values(of: id) { return (values, monotonicSeconds() - start) }
      usleep(500)
    }
  }

  /// Opens `count` times, each after a random part of three times the `longest` solve of values (of ten seconds at most), which cancels the job before; the seconds
  /// from each to the start of its job.
  @discardableResult
  func cancel(times count: Int, longest: Double) -> [Double] {
    var waits: [Double] = []
    for _ in 0..<count {
      let share = generator.withLock { Double($0.next() >> 11) * 0x1p-53 }
      usleep(UInt32(min(10, 3 * longest) * share * 1e6))
      let asked = monotonicSeconds()
      let id = open()
      while seen.start(of: id) == nil { usleep(50) }
      waits.append((seen.start(of: id) ?? asked) - asked)
    }
    return waits
  }

  private func open() -> MatrixID {
    let id = seen.next()
    queue.open(id, source: "\(id)", tensor: nil, preparation: Preparation())
    return id
  }
}

/// What jobs told, from their threads.
private final class SeenBox: Sendable {
  private struct Content {
    var starts: [MatrixID: Double] = [:]
    var values: (id: MatrixID, values: [Double])?
    var newest = 0
  }
  private let content = Mutex(Content())

  func next() -> MatrixID {
    content.withLock {
      $0.newest += 1
      return $0.newest
    }
  }
  func start(_ id: MatrixID) { content.withLock { $0.starts[id] = monotonicSeconds() } }
  func start(of id: MatrixID) -> Double? { content.withLock { $0.starts[id] } }
  func take(_ id: MatrixID, _ values: [Double]) { content.withLock { $0.values = (id, values) } }
  func values(of id: MatrixID) -> [Double]? {
    content.withLock { content in
      if let found = content.values, found.id == id { found.values } else { nil }
    }
  }
}

/// A matrix that is there already.
private struct HeldMatrix: MatrixFile {
  let source = "held"
  let format = "memory"
  private let loaded: LoadedMatrix

  init(side: Int) {
    var generator = SeededGenerator(seed: 1)
    // Columns of falling size: a spectrum that decays, without a product of that order.
    let matrix = Matrix<Float>(Shape(side, side)) { entries in
      for index in entries.indices {
        entries[index] = Float(generator.gaussian() / (1 + Double(index / side) / 16))
      }
    }
    loaded = LoadedMatrix(
      matrix: DenseMatrix(matrix), entry: TensorEntry(name: nil, type: .f32, axes: [side, side]),
      summary: EntrySummary(matrix))
  }

  var tensors: [TensorEntry] { [loaded.entry] }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    loaded
  }
}
