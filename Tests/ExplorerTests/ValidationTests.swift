import Experiments
import Explorer
import LinearAlgebra
import RankAnalysis
import TerminalUI
import Testing

@Suite("Held-out errors on the screen")
struct ValidationTests {
  /// A session on 50 × 20, two components in noise, whose work runs at once.
  private func planted(
    columns: Int = 80, rows: Int = 24, _ display: Display = Display(glyphs: .braille)
  ) -> ExplorerSession {
    var state = ExplorerState(size: ScreenSize(rows: rows, columns: columns), display: display, gallery: [])
    state.home = .overview
    let session = ExplorerSession(
      state, on: .immediate,
      opener: { source, _ in
        MemoryFile(
          source: source,
          matrices: [(nil, Matrix<Double>.planted(Shape(50, 20), rank: 2, noise: 0.5, seed: 1))])
      }, wake: {})
    session.send(.open(source: "planted", tensor: nil))
    settle(session)
    return session
  }

  private func finding(_ session: ExplorerSession) -> ValidationFinding? {
    session.state.finding(ValidationFinding.self, of: .validation)
  }

  @Test("blocks are held out once the view is looked at, and the least error becomes a rule's rank")
  func rule() throws {
    let session = planted(columns: 160, rows: 50)
    #expect(finding(session) == nil)
    #expect(session.state.spectrum?.answers.contains { $0.id == "bi_cross_validation" } == false)
    try play("F8", session)
    #expect(finding(session)?.isComplete == true)
    let rule = try #require(session.state.spectrum?.answers.last)
    #expect(rule.id == "bi_cross_validation" && rule.rank == 2 && rule.isProminent)
    #expect(rule.explanation.hasPrefix("‖A − B·Dₖ⁺·C‖² over 2 × 2 folds is least at k = 2\n"))
    // It is a stop of the slider and a tick of the spectrum.
    try play("Home r F3", session)
    #expect(session.state.spectrum?.stops.contains { $0.id == "bi_cross_validation" } == true)
    #expect(Screen(session.state).frame.text.contains("bi-cross-validation"))
  }

  @Test("o holds something else out, d draws others; elsewhere both do nothing")
  func keys() throws {
    let session = planted()
    try play("o d F8", session)
    #expect(session.state.validationOptions == ValidationOptions())
    let first = finding(session)
    try play("d", session)
    #expect(finding(session)?.seed == 2 && finding(session)?.rowGroups != first?.rowGroups)
    try play("o", session)
    #expect(finding(session)?.kind == .rows)
    // The rule stays what blocks made it.
    #expect(session.state.spectrum?.answers.filter { $0.id == "bi_cross_validation" }.count == 1)
    try play("o o", session)
    #expect(finding(session)?.kind == .blocks)
  }

  @Test("the slider reads both errors out", arguments: [GlyphSet.braille, .unicode, .ascii])
  func readout(glyphs: GlyphSet) throws {
    let session = planted(Display(glyphs: glyphs))
    try play("F8 2 Enter", session)
    let found = try #require(finding(session))
    let text = Screen(session.state).frame.text
    func percent(_ error: Double) -> String {
      NumberFormat.percent(Bounded(error.squareRoot()), digits: 3)
    }
    #expect(text.contains("k 2: held out \(percent(found.errors[2])), training \(percent(found.trainingErrors[2]))"))
    #expect(text.contains("least held-out error at k 2"))
    #expect(text.contains("2 least held out"))
    try play("End", session)
    #expect(Screen(session.state).frame.text.contains("k 10 (no larger rank was tried): held out"))
    if glyphs == .ascii {
      #expect(Screen(session.state).frame.text.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test("a press on the curves sets the rank beneath it", arguments: [60, 80, 160])
  func mouse(columns: Int) throws {
    let session = planted(columns: columns)
    try play("F8", session)
    for rank in [0, 4, 10] {
      session.send(.setRank(rank))
      let screen = Screen(session.state)
      let focus = try #require(screen.frame.cursor)
      session.send(.setRank(7))
      session.send(try #require(screen.action(.press, at: focus)))
      #expect(session.state.rank == rank)
      session.send(try #require(screen.action(.press, at: Point(row: focus.row - 5, column: focus.column))))
      #expect(session.state.rank == rank)
    }
  }

  @Test("a matrix that is too small for folds says so")
  func refusal() throws {
    let session = makeSession("one")
    try play("F8", session)
    #expect(session.state.studies[.validation]?.failure?.contains("take fewer") == true)
    #expect(Screen(session.state).frame.text.contains("2 × 2 folds need at least 2 rows and 2 columns"))
  }

  @Test("the plain explorer says it in sentences")
  func plain() throws {
    let session = planted()
    #expect(PlainText.validation(session.state) == ["Nothing was held out yet; “view validation” does that."])
    command("view validation", session)
    let found = try #require(finding(session))
    let lines = PlainText.validation(session.state)
    #expect(lines.first == "Bi-cross-validation, 2 × 2 folds, seed 1.")
    let least = NumberFormat.percent(Bounded(found.errors[2].squareRoot()), digits: 3)
    #expect(lines.contains { $0.hasPrefix("Rank 2: held out \(least), training ") })
    #expect(lines.last?.hasPrefix("Least held-out error at k 2: \(least)") == true)
  }

  @Test("every size is drawn, log and linear, dark and light", arguments: [(60, 16), (80, 22), (100, 30), (160, 50)])
  func sizes(size: (Int, Int)) throws {
    for keys in ["F8", "F8 y", "F8 x", "F8 o", "F8 y x t"] {
      let session = planted(columns: size.0, rows: size.1)
      try play(keys, session)
      let text = Screen(session.state).frame.text
      #expect(text.contains("held out"))
      #expect(text.contains("training"))
    }
  }
}
