import CKernels
import COpenBLAS
import Synchronization

/// An upper band matrix in f64, with room for the bulges that its reduction to a bidiagonal one chases along it: the
/// second stage of the two. The chase uses it up.
package final class BandMatrix {
  /// n: it is n × n.
  package let count: Int
  /// w: the superdiagonals.
  package let bandwidth: Int
  private let entries: UnsafeMutablePointer<Double>
  /// The distance of entries (i, j) and (i, j + 1).
  private let stride: Int
  /// Entry (0, 0).
  private let origin: UnsafeMutablePointer<Double>

  /// The leading n × n part of `a`, of which the diagonal and `bandwidth` superdiagonals count.
  package init<Scalar: LAPACKScalar>(_ a: Block<Scalar>, bandwidth: Int) {
    precondition(bandwidth > 0 && bandwidth <= Self.largestBandwidth, "a band the kernel has room for")
    count = a.shape.columns
    self.bandwidth = bandwidth
    let height = 3 * bandwidth
    stride = height - 1
    let capacity = height * count + 1
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: 0, count: capacity)
    origin = entries + (2 * bandwidth - 1)
    copyBand(a, bandwidth: bandwidth, into: origin, stride: stride)
  }

  deinit { entries.deallocate() }

  /// The widest band of the kernel.
  package static let largestBandwidth = 128

  /// The bytes that a band of this size takes.
  package static func bytes(count: Int, bandwidth: Int) -> Double { 24 * Double(bandwidth) * Double(count) }

  /// The diagonal and the superdiagonal of the bidiagonal matrix with the same singular values.
  ///
  /// Sweeps go in groups small enough for what they touch to stay in the cache, and groups follow each other on
  /// `threads` threads, two tasks apart.
  ///
  /// - Complexity: 8n²w flops.
  /// - Throws: ``Cancelled``, within a few milliseconds of `control`'s word.
  package func bidiagonal(
    threads: Int, control: WorkControl
  ) throws(Cancelled) -> (diagonal: [Double], superdiagonal: [Double]) {
    try chase(threads: threads, control: control)
    let diagonal = (0..<count).map { origin[$0 + $0 * stride] }
    let superdiagonal = (0..<max(0, count - 1)).map { origin[$0 + ($0 + 1) * stride] }
    return (diagonal, superdiagonal)
  }

  private func chase(threads: Int, control: WorkControl) throws(Cancelled) {
    guard bandwidth > 1, count > 2 else { return }
    let plan = ChasePlan(origin: origin, stride: stride, count: count, bandwidth: bandwidth)
    let progress = ChaseProgress(groups: plan.groups)
    runInParallel(threads: min(threads, max(1, plan.groups / 4))) { _ in
      while let group = progress.claim(), !control.token.isCancelled {
        plan.run(group, progress)
        control.report(Double(group + 1) / Double(plan.groups))
      }
      // Nobody waits for a group that will never come.
      if control.token.isCancelled { progress.abandon() }
    }
    try control.token.check()
  }
}

/// Which tasks there are, and in which order one group of sweeps does them.
private struct ChasePlan: @unchecked Sendable {
  let origin: UnsafeMutablePointer<Double>
  let stride: Int
  let count: Int
  let bandwidth: Int

  /// The sweeps of a group: they follow each other two tasks apart over the same tiles.
  static let groupSize = 8

  var sweeps: Int { count - 1 }
  var groups: Int { (sweeps + Self.groupSize - 1) / Self.groupSize }

  /// Does the tasks of a group, each sweep two tasks behind the one before. The first one's task t waits for task t + 2 of
  /// the group before.
  func run(_ group: Int, _ progress: ChaseProgress) {
    let first = group * Self.groupSize
    let size = min(Self.groupSize, sweeps - first)
    let tasks = (count - 1 - first + bandwidth - 1) / bandwidth
    for step in 0..<tasks + 2 * (size - 1) {
      guard progress.wait(for: step + 3, of: group - 1) else { return }
      for sweep in 0..<size {
        let task = step - 2 * sweep
        guard task >= 0 else { break }
        if task < tasks {
          lowrank_bidiagonal_chase(origin, stride, count, bandwidth, first + sweep, task)
        }
      }
      progress.reach(step + 1 - 2 * (size - 1), in: group)
    }
    progress.reach(.max, in: group)
  }
}

/// How far each group of sweeps is: the tasks that its last sweep has done.
private final class ChaseProgress: Sendable {
  private let done: [AtomicCounter]
  private let next = Atomic<Int>(0)
  private let isAbandoned = Atomic<Bool>(false)

  init(groups: Int) { done = (0..<groups).map { _ in AtomicCounter() } }

  /// The next group that nobody works on.
  func claim() -> Int? {
    let group = next.add(1, ordering: .relaxed).oldValue
    return group < done.count ? group : nil
  }

  func reach(_ tasks: Int, in group: Int) { done[group].value.store(tasks, ordering: .releasing) }

  func abandon() { isAbandoned.store(true, ordering: .relaxed) }

  /// Waits until `group` has done its first `count` tasks, or all; false once the work is given up.
  func wait(for count: Int, of group: Int) -> Bool {
    guard group >= 0 else { return true }
    var spins = 0
    while done[group].value.load(ordering: .acquiring) < count {
      if isAbandoned.load(ordering: .relaxed) { return false }
      spins += 1
      if spins > 2000 { yieldProcessor() }
    }
    return true
  }
}

private final class AtomicCounter: Sendable {
  let value = Atomic<Int>(0)
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func copyBand<Scalar: LAPACKScalar>(
  _ a: Block<Scalar>, bandwidth: Int, into origin: UnsafeMutablePointer<Double>, stride: Int
) {
  guard let start = a.start else { return }
  for j in 0..<a.shape.columns {
    for i in max(0, j - bandwidth)...j { origin[i + j * stride] = Double(start[i + j * a.stride]) }
  }
}

/// The singular values of a bidiagonal matrix, to high relative accuracy (DBDSQR without vectors: dqds).
///
/// - Parameters:
///   - diagonal: n entries.
///   - superdiagonal: n − 1 entries.
/// - Returns: n values, non-increasing.
/// - Complexity: O(n²); one call, which cannot be interrupted: 0.2 s at n = 4096.
///
/// Source: Fernando & Parlett, Numer. Math. 67 (1994), 191–229.
package func bidiagonalSingularValues(
  diagonal: [Double], superdiagonal: [Double]
) throws(LAPACKError) -> [Double] {
  guard !diagonal.isEmpty else { return [] }
  var values = diagonal
  var off = superdiagonal + [0]
  var unused = (0.0, 0.0, 0.0)
  var work = [Double](repeating: 0, count: 4 * diagonal.count)
  let info = LAPACKE_dbdsqr_work(
    LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), Int32(diagonal.count), 0, 0, 0, &values, &off, &unused.0, 1, &unused.1,
    1, &unused.2, 1, &work)
  if info > 0 { throw .didNotConverge(routine: "dbdsqr", info: Int(info)) }
  if info < 0 { throw .illegalArgument(routine: "dbdsqr", info: Int(info)) }
  return values
}
