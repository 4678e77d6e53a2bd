@testable import Checkpoints
import Testing

@Suite("The order of a scan")
struct ScanQueueTests {
  private func job(_ seconds: Double, shared: Double? = nil, bytes: Double = 1) -> ScanQueue.Job {
    ScanQueue.Job(seconds: seconds, sharedSeconds: shared ?? seconds, bytes: bytes, entryBytes: bytes / 2)
  }

  private func queue(
    _ jobs: [ScanQueue.Job], workers: Int = 1, available: Double = .infinity, window: Int? = nil
  ) -> ScanQueue {
    var queue = ScanQueue(count: jobs.count)
    queue.plan(jobs, workers: workers, available: available, window: window)
    return queue
  }

  @Test("the costliest comes first, equals in the file's order")
  func cost() {
    var queue = queue([job(1), job(5), job(3), job(5)])
    let order = (0..<5).map { _ in queue.next() }
    #expect(order == [1, 3, 2, 0].map { .examine(index: $0, threads: 1) } + [.nothing])
  }

  /// The order in which one worker takes everything.
  private func indices(_ queue: ScanQueue) -> [Int] {
    var (queue, indices) = (queue, [Int]())
    while case .examine(let index, _) = queue.next() {
      queue.release(index)
      indices.append(index)
    }
    return indices
  }

  @Test("near the file's order, the costliest of the next few comes first")
  func inOrder() {
    let jobs = [1, 2, 9, 1, 1, 50, 1, 3].map { job($0) }
    #expect(indices(queue(jobs, window: 3)) == [2, 1, 0, 5, 3, 4, 7, 6])
    #expect(indices(queue(jobs, window: 1)) == Array(0..<8))
    #expect(indices(queue(jobs, window: 100)) == indices(queue(jobs)))
  }

  @Test("no tensor waits for more than the window, however cheap it is", arguments: [2, 3, 8, 16])
  func bounded(window: Int) {
    // The later, the costlier: the worst order for the first.
    let order = indices(queue((1...100).map { job(Double($0)) }, window: window))
    #expect(order.sorted() == Array(0..<100))
    for (place, index) in order.enumerated() { #expect(abs(place - index) < window) }
  }

  @Test("what is known already takes no place at the front, and wishes come before the window")
  func knownInOrder() {
    var queue = ScanQueue(count: 6)
    for index in [0, 1, 3] { queue.take(index) }
    queue.plan([9, 9, 1, 9, 2, 8].map { job($0) }, workers: 1, window: 2)
    #expect(queue.next() == .examine(index: 4, threads: 1))
    queue.wishes = [5]
    #expect(queue.next() == .examine(index: 5, threads: 1))
    #expect(queue.next() == .examine(index: 2, threads: 1))
    #expect(queue.next() == .nothing)
  }

  @Test("in the file's order, too, one that outlasts all others is shared when its turn comes")
  func sharedInOrder() {
    var queue = queue([job(1), job(1), job(1), job(1), job(10, shared: 6)], workers: 2, window: 2)
    #expect(queue.next() == .examine(index: 0, threads: 1))
    #expect(queue.next() == .examine(index: 1, threads: 1))
    for index in [0, 1] { queue.release(index) }
    #expect(queue.next() == .examine(index: 2, threads: 1))
    #expect(queue.next() == .wait)
    queue.release(2)
    #expect(queue.next() == .examine(index: 4, threads: 2))
    #expect(queue.next() == .wait)
    queue.release(4)
    #expect(queue.next() == .examine(index: 3, threads: 1))
  }

  @Test("what is wished for comes before, in its own order")
  func wishes() {
    var queue = queue([job(1), job(5), job(3), job(4)])
    queue.wishes = [0, 2]
    #expect(queue.next() == .examine(index: 0, threads: 1))
    queue.wishes = [3, 0]
    #expect(queue.next() == .examine(index: 3, threads: 1))
    #expect(queue.next() == .examine(index: 1, threads: 1))
  }

  @Test("nothing begins in a pause, and what was known is not done again")
  func pause() {
    var queue = ScanQueue(count: 2)
    queue.take(0)
    queue.plan([job(1), job(1)], workers: 1)
    queue.isPaused = true
    #expect(queue.next() == .wait)
    queue.isPaused = false
    #expect(queue.next() == .examine(index: 1, threads: 1))
    #expect(queue.next() == .nothing)
  }

  @Test("one that outlasts all others is shared, alone")
  func shared() {
    var queue = queue([job(10, shared: 6), job(1), job(1)], workers: 2)
    #expect(queue.next() == .examine(index: 0, threads: 2))
    #expect(queue.next() == .wait)
    queue.release(0)
    #expect(queue.next() == .examine(index: 1, threads: 1))
    #expect(queue.next() == .examine(index: 2, threads: 1))
  }

  @Test("one that the others' work covers is not shared")
  func covered() {
    var queue = queue([job(10, shared: 6)] + Array(repeating: job(1), count: 12), workers: 2)
    #expect(queue.next() == .examine(index: 0, threads: 1))
    #expect(queue.next() == .examine(index: 1, threads: 1))
  }

  @Test("what does not fit beside the others waits, smaller ones go before")
  func memory() {
    let jobs = [job(9, bytes: 100), job(8, bytes: 100), job(7, bytes: 100), job(1, bytes: 10)]
    var queue = queue(jobs, workers: 3, available: 0)
    // 4.5 times the largest entries, 50 bytes: two fit.
    #expect(queue.next() == .examine(index: 0, threads: 1))
    #expect(queue.next() == .examine(index: 1, threads: 1))
    #expect(queue.next() == .examine(index: 3, threads: 1))
    queue.release(0)
    #expect(queue.next() == .examine(index: 2, threads: 1))
  }
}
