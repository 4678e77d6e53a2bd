import Dispatch
import Explorer
import Factorizations
import LinearAlgebra
import Synchronization
import Testing

@Suite("The compute queue")
struct QueueTests {
  private final class Log: Sendable {
    let entries = Mutex<[Int]>([])
    func append(_ entry: Int) { entries.withLock { $0.append(entry) } }
    var all: [Int] { entries.withLock { $0 } }
  }

  @Test("measure lane: one runs out, one waits, a burst builds no backlog")
  func measureLane() {
    let lane = Lane(.oneRunningOneWaiting, on: .threads)
    let log = Log()
    let gate = DispatchSemaphore(value: 0)
    let started = DispatchSemaphore(value: 0)
    lane.submit { _ in
      started.signal()
      gate.wait()
      log.append(0)
    }
    started.wait()
    for job in 1...50 { lane.submit { _ in log.append(job) } }
    gate.signal()
    waitUntilIdle(lane)
    #expect(log.all == [0, 50])
  }

  @Test("solve lane: a newer job cancels the running one and starts beside the orphan")
  func solveLane() {
    let lane = Lane(.newestWins, on: .threads)
    let log = Log()
    let gate = DispatchSemaphore(value: 0)
    let started = DispatchSemaphore(value: 0)
    let second = DispatchSemaphore(value: 0)
    lane.submit { token in
      started.signal()
      gate.wait()  // a call that cannot be interrupted
      log.append(token.isCancelled ? -1 : 1)
    }
    started.wait()
    lane.submit { _ in
      log.append(2)
      second.signal()
    }
    second.wait()  // it ran although the first still holds its thread
    #expect(log.all == [2])
    gate.signal()
    waitUntilIdle(lane)
    #expect(log.all == [2, -1])
  }

  @Test("solve lane: at most one orphan; what waits behind it is the newest")
  func oneOrphan() {
    let lane = Lane(.newestWins, on: .threads)
    let log = Log()
    let gate = DispatchSemaphore(value: 0)
    let running = Mutex((now: 0, most: 0))
    let started = DispatchSemaphore(value: 0)
    for job in 0..<6 {
      lane.submit { token in
        running.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        started.signal()
        gate.wait()
        running.withLock { $0.now -= 1 }
        if !token.isCancelled { log.append(job) }
      }
      if job < 2 { started.wait() }
    }
    for _ in 0..<6 { gate.signal() }
    waitUntilIdle(lane)
    #expect(running.withLock { $0.most } == 2)
    #expect(log.all == [5])
  }

  @Test("solve lane: an orphan keeps nothing waiting once the wanted job is done")
  func lateOrphan() {
    let lane = Lane(.newestWins, on: .threads)
    let gate = DispatchSemaphore(value: 0)
    let started = DispatchSemaphore(value: 0)
    let done = DispatchSemaphore(value: 0)
    lane.submit { _ in
      started.signal()
      gate.wait()
    }
    started.wait()
    for _ in 0..<3 {
      lane.submit { _ in done.signal() }
      #expect(done.wait(timeout: .now() + 20) == .success)
    }
    gate.signal()
    waitUntilIdle(lane)
  }

  @Test("two solves at most are inside the gate; who waits there can be cancelled")
  func gate() throws {
    let gate = SolveGate()
    let inside = DispatchSemaphore(value: 0)
    let leave = DispatchSemaphore(value: 0)
    let lane = [Lane(.newestWins, on: .threads), Lane(.newestWins, on: .threads)]
    for one in lane {
      one.submit { _ in
        try? gate.pass(WorkControl()) {
          inside.signal()
          leave.wait()
        }
      }
      inside.wait()
    }
    let token = CancellationToken()
    token.cancel()
    #expect(throws: FactorizationError.cancelled) { try gate.pass(WorkControl(token: token)) {} }
    leave.signal()
    _ = try gate.pass(WorkControl()) { inside.signal() }
    leave.signal()
    lane.forEach(waitUntilIdle)
  }

  @Test("cancelling drops what waits and tells what runs")
  func cancelling() {
    let lane = Lane(.oneRunningOneWaiting, on: .threads)
    let log = Log()
    let gate = DispatchSemaphore(value: 0)
    let started = DispatchSemaphore(value: 0)
    lane.submit { token in
      started.signal()
      gate.wait()
      log.append(token.isCancelled ? -1 : 1)
    }
    started.wait()
    lane.submit { _ in log.append(2) }
    lane.cancelAll()
    gate.signal()
    waitUntilIdle(lane)
    #expect(log.all == [-1])
  }

  @Test("worker threads deliver the same results as the immediate executor")
  func threadsAgree() throws {
    let wake = DispatchSemaphore(value: 0)
    let session = ExplorerSession(
      ExplorerState(size: ScreenSize(rows: 24, columns: 80), display: Display(), gallery: []), on: .threads,
      opener: memoryOpener, wake: { wake.signal() })
    session.send(.open(source: "diagonal", tensor: nil))
    while !session.isIdle || session.state.measurement == nil {
      _ = wake.wait(timeout: .now() + 0.05)
      session.takeResults()
    }
    let reference = makeSession("diagonal").state
    #expect(session.state.rank == reference.rank)
    #expect(session.state.measurement?.relativeFrobeniusError == reference.measurement?.relativeFrobeniusError)
  }

  @Test("measured figures arrive during a long drag")
  func measuredWhileDragging() {
    let wake = DispatchSemaphore(value: 0)
    let session = ExplorerSession(
      ExplorerState(size: ScreenSize(rows: 24, columns: 80), display: Display(), gallery: []), on: .threads,
      opener: memoryOpener, wake: { wake.signal() })
    session.send(.open(source: "diagonal", tensor: nil))
    while !session.state.hasVectors {
      _ = wake.wait(timeout: .now() + 0.05)
      session.takeResults()
    }
    var arrived = 0
    for step in 0..<200 {
      session.send(.setRank(step % 11))
      _ = wake.wait(timeout: .now() + 0.005)
      if session.takeResults() { arrived += 1 }
    }
    #expect(arrived > 20)
    while !session.isIdle { _ = wake.wait(timeout: .now() + 0.01) }
    #expect(session.state.measurement?.rank == session.state.rank)
  }

  private func waitUntilIdle(_ lane: Lane) {
    while !lane.isIdle { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + 0.001) }
  }
}
