import Factorizations
import LinearAlgebra
import MatrixFiles

/// What the tensors of a scan will take, by the solvers' own estimates. Each shape is estimated once.
final class ScanEstimates {
  private struct Kind: Hashable {
    let shape: Shape
    let worksInFloat: Bool
  }

  private let workers: Int
  private var known: [Kind: ScanQueue.Job] = [:]

  /// Estimates for scans of `workers` threads.
  init(workers: Int) { self.workers = workers }

  /// What `entry` takes.
  func job(_ entry: TensorEntry) -> ScanQueue.Job {
    let kind = Kind(shape: entry.matrixShape ?? Shape(0, 0), worksInFloat: entry.type.worksInFloat)
    if let job = known[kind] { return job }
    let entryBytes = Double(kind.shape.count) * (kind.worksInFloat ? 4 : 8)
    // Reading, and the shuffled copy's largest value: passes over memory.
    let passes = 12 * entryBytes / 4e9
    let (one, all) = (plan(kind, threads: 1), plan(kind, threads: workers))
    let job = ScanQueue.Job(
      seconds: (one?.estimatedSeconds ?? 0) + passes, sharedSeconds: (all?.estimatedSeconds ?? 0) + passes,
      bytes: entryBytes + max(one?.estimatedBytes ?? 0, entryBytes), entryBytes: entryBytes)
    known[kind] = job
    return job
  }

  private func plan(_ kind: Kind, threads: Int) -> SolverPlan? {
    guard kind.shape.shortSide > 0 else { return nil }
    let request = SolveRequest(
      shape: kind.shape, worksInFloat: kind.worksInFloat, outcome: .values, threads: threads)
    return try? SolverPlanner(threads: threads).decide(request).plan
  }
}
