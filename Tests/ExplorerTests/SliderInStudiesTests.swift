import Dispatch
import Experiments
import Explorer
import LinearAlgebra
import Testing
import TerminalUI

@Suite("The slider in views of experiments")
struct SliderInStudiesTests {
  /// The state of a session on "decay" before its vectors are there, in `view`.
  private func waiting(_ view: ExplorerView) throws -> ExplorerState {
    let known = makeSession("decay").state
    var state = ExplorerState(size: ScreenSize(rows: 24, columns: 80), display: Display(), gallery: [])
    _ = reduce(&state, .open(source: "decay", tensor: nil))
    _ = reduce(&state, .queue(.loaded(state.matrixID, try #require(known.info))))
    _ = reduce(&state, .queue(.spectrum(state.matrixID, try #require(known.spectrum))))
    _ = reduce(&state, .show(view))
    return state
  }

  @Test(
    "is there before there is a finding, and follows keys",
    arguments: [ExplorerView.speed, .projection, .race, .validation, .court])
  func waiting(view: ExplorerView) throws {
    var state = try waiting(view)
    _ = reduce(&state, .setRank(37))
    let screen = Screen(state)
    #expect(screen.frame.text.contains("k 37"))
    #expect(screen.frame.text.contains("●"))
    let focus = try #require(screen.frame.cursor)
    _ = reduce(&state, .setRank(5))
    _ = reduce(&state, try #require(screen.action(.press, at: focus)))
    #expect(abs(state.rank - 37) <= 1)
  }

  @Test("is there where an experiment is refused")
  func refused() throws {
    let session = makeSession("decay")
    try play("F12 g", session)
    let text = Screen(session.state).frame.text
    #expect(text.contains("At rank 0 there is nothing to factor") && text.contains("k 0"))
  }

  @Test("is ahead of a race at another rank, which says that it is the last one's", arguments: [(24, 80), (50, 160)])
  func old(size: (Int, Int)) throws {
    let session = makeSession("decay", size: ScreenSize(rows: size.0, columns: size.1))
    try play("F12 1 0 Enter", session)
    #expect(!Screen(session.state).frame.text.contains("follows"))
    // The new race's errors are not taken yet.
    session.send(.setRank(7))
    let text = Screen(session.state).frame.text
    #expect(text.contains("k 7") && text.contains("k = 7 follows  ‖A − BC‖/‖A‖ at k = 10, log"))
    settle(session)
    #expect(Screen(session.state).frame.text.contains("at k = 7, log"))
  }

  @Test("a race begins once the slider has rested, and there is one for a whole drag")
  func settling() throws {
    let wake = DispatchSemaphore(value: 0)
    let session = ExplorerSession(
      ExplorerState(size: ScreenSize(rows: 24, columns: 80), display: Display(), gallery: []), on: .threads,
      opener: memoryOpener, wake: { wake.signal() })
    session.send(.open(source: "decay", tensor: nil))
    while !session.state.hasVectors {
      _ = wake.wait(timeout: .now() + 0.05)
      session.takeResults()
    }
    session.send(.show(.race))
    for rank in 20...40 { session.send(.setRank(rank)) }
    let start = monotonicSeconds()
    var ranks: Set<Int> = []
    while !session.isIdle || session.state.isStudying {
      _ = wake.wait(timeout: .now() + 0.01)
      session.takeResults()
      guard let finding = session.state.finding(RaceFinding.self, of: .race) else { continue }
      if ranks.isEmpty { #expect(monotonicSeconds() - start > 0.15) }
      ranks.insert(finding.rank)
    }
    #expect(ranks == [40])
  }
}
