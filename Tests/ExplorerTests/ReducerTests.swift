import Explorer
import MatrixFiles
import Testing
import TerminalUI

@Suite("The reducer")
struct ReducerTests {
  @Test("starts at 10 % error, and says so")
  func startsAtTenPercent() {
    let session = makeSession("diagonal")
    // σ = 512 … 1: the tail after k = 3 is √(64² + … + 1)/√(512² + … + 1) = 12.5 %, after 4 it is 6.2 %.
    #expect(session.state.rank == 4)
    #expect(session.state.notice?.text.contains("10 % error") == true)
    #expect(session.state.hasVectors && session.state.activity == .idle)
  }

  @Test(
    "keys move the rank and clamp it to 0 … p",
    arguments: [
      ("Right", 5), ("Left", 3), ("l l", 6), ("h*9", 0), ("Up", 5), ("Down", 3), ("Home", 0), ("End", 10),
      ("End Right", 10),
      ("Home Left", 0), ("] ]", 6), ("[", 3), ("PgUp", 5), ("PgDn PgDn", 2), ("7 Enter", 7), ("1 0 Enter", 10),
      ("9 9 9 Enter", 10), ("7 Backspace 3 Enter", 3), ("7 Esc Enter", 4), ("S-Right", 10), ("S-Left", 0),
    ])
  func rankKeys(script: String, expected: Int) throws {
    let session = makeSession("diagonal")
    try play(script, session)
    #expect(session.state.rank == expected)
  }

  @Test("a measurement follows every rank, and agrees with the prediction")
  func measures() throws {
    let session = makeSession("diagonal")
    for rank in 0...10 {
      session.send(.setRank(rank))
      settle(session)
      let measured = try #require(session.state.measurement)
      let analysis = try #require(session.state.spectrum).analysis
      #expect(measured.rank == rank)
      #expect(
        abs(measured.relativeFrobeniusError.middle - analysis.relativeFrobeniusError(rank: rank).middle) < 1e-14)
      #expect(abs(measured.largestError - (rank == 10 ? 0 : Double(1 << (9 - rank)))) < 1e-11)
    }
  }

  @Test("rule keys stop at the ranks that the rules pick, upwards and downwards")
  func rules() throws {
    let session = makeSession("diagonal")
    try play("Home", session)
    let result = try #require(session.state.spectrum)
    let ranks = Set(result.answers.map(\.rank) + [result.costs.breakEvenRank]).filter { $0 > 0 }.sorted()
    for rank in ranks {
      try play("r", session)
      #expect(session.state.rank == rank)
      #expect(session.state.notice?.text.hasPrefix("\(rank):") == true)
    }
    try play("End R", session)
    #expect(session.state.rank == ranks.last { $0 < 10 })
  }

  @Test("playing goes through the ranks and pauses at the break-even rank")
  func plays() throws {
    let session = makeSession("diagonal")
    try play("Home Space", session)
    #expect(session.state.playback != nil)
    var seen: [Int] = []
    for _ in 0..<200 where session.state.playback != nil {
      session.send(.tick(session.state.now + 0.1))
      if seen.last != session.state.rank { seen.append(session.state.rank) }
    }
    #expect(session.state.rank == session.state.spectrum?.costs.breakEvenRank)
    #expect(seen == Array(0...session.state.rank))
    #expect(session.state.notice?.text.contains("break-even") == true)
    try play("Space wait 9 wait 9 wait 9 wait 9 wait 9 wait 9 wait 9 wait 9", session)
    #expect(session.state.rank == 10 && session.state.playback == nil)
  }

  @Test("stale results are dropped")
  func stale() {
    let session = makeSession("diagonal")
    let before = session.state.spectrum?.count
    session.send(.queue(.failed(session.state.matrixID - 1, "old")))
    session.send(.queue(.reading(session.state.matrixID - 1, 0.5)))
    #expect(
      session.state.spectrum?.count == before && session.state.activity == .idle
        && session.state.notice?.isError != true)
  }

  @Test("a file with several tensors asks which; Esc returns to the list, never quits")
  func tensors() throws {
    let session = makeSession("pair")
    #expect(session.state.view == .tensors && session.state.tensors.count == 2)
    try play("Down Enter", session)
    #expect(session.state.info?.tensor == "second" && session.state.fullRank == 6)
    try play("Esc*4", session)
    #expect(session.state.view == .tensors && !session.state.isQuitting)
    try play("q", session)
    #expect(session.state.isQuitting)
  }

  @Test("the gallery previews, opens and is returned to")
  func gallery() throws {
    let session = makeSession(nil)
    #expect(session.state.previews["gallery:tiny"]?.spectrum.count == 3)
    try play("Down", session)
    #expect(session.state.previews.count == 2)
    try play("Enter", session)
    #expect(session.state.view == .overview && session.state.info?.source == "gallery:wide")
    try play("q", session)
    #expect(session.state.view == .gallery && !session.state.isQuitting)
    try play("q", session)
    #expect(session.state.isQuitting)
  }

  @Test("what cannot be opened says why and stays")
  func failure() throws {
    let session = makeSession("nowhere")
    #expect(session.state.failure == "cannot open nowhere: no such file")
    try play("Right 5 Enter Space r y x Tab Tab Tab ? Esc i Esc", session)
    #expect(session.state.rank == 0 && !session.state.isQuitting)
  }

  @Test("zero, empty and one-row matrices are legal", arguments: ["zero", "empty", "one"])
  func degenerate(source: String) throws {
    let session = makeSession(source)
    #expect(session.state.failure == nil && session.state.spectrum != nil)
    try play("Right Left End Home r R Space wait 1 y x Tab Tab Tab i Down*30 Esc ? Esc 1 Enter", session)
    #expect(session.state.failure == nil)
  }

  @Test("saving answers with where, or why not")
  func saving() {
    let session = makeSession("diagonal")
    session.send(.saved(.failure(.cannotWrite("x.svg", reason: "No space left on device"))))
    #expect(session.state.notice?.isError == true)
    session.send(.saved(.success("a.svg")))
    #expect(session.state.notice?.text == "saved a.svg")
    session.send(.tick(session.state.now + 100))
    #expect(session.state.notice == nil)
  }
}
