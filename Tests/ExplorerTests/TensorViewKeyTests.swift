import Explorer
import LinearAlgebra
import MatrixFiles
import Testing
import TerminalUI

@Suite("Views of a tensor in the explorer")
struct TensorViewKeyTests {
  /// A session that shows the tensor 3 × 4 × 5 in its usual view.
  private func stack() throws -> ExplorerSession {
    let session = makeSession("stack")
    try play("Enter", session)
    return session
  }

  private func title(_ session: ExplorerSession) -> String {
    String(Screen(session.state).frame.text.prefix { $0 != "\n" })
  }

  @Test("V goes through every view and around, and the title says which")
  func cycle() throws {
    let session = try stack()
    var seen: [String] = []
    for _ in 0..<6 {
      try play("V", session)
      seen.append("\(session.state.preparation.reading.view) \(try #require(session.state.info).shape)")
      if session.state.preparation.reading.view == .fold([0, 1]) { #expect(title(session).contains("fold 0 1 | 2")) }
    }
    #expect(
      seen == [
        "fold=1 4 × 15", "fold=2 5 × 12", "fold=0,1 12 × 5", "slice=0 4 × 5", "slice=:,:,0 3 × 4", "usual 3 × 20",
      ])
  }

  @Test("( and ) step the slice to its ends, and the rank stays")
  func stepping() throws {
    let session = try stack()
    try play("V*4 2 Enter )", session)
    #expect(session.state.preparation.reading.view == .slice([1]) && session.state.rank == 2)
    #expect(title(session).contains("slice 1 of 3"))
    try play(") )", session)
    #expect(session.state.preparation.reading.view == .slice([2]))
    #expect(session.state.notice?.text == "this is the last slice" && session.state.info?.maximum == 2)
    try play("(*3", session)
    #expect(session.state.preparation.reading.view == .slice([0]))
    #expect(session.state.notice?.text == "this is the first slice")
    try play(") V", session)
    #expect(session.state.preparation.reading.view == .slice([nil, nil, 0]), "what follows a slice, wherever it was")
    try play(")*9", session)
    #expect(session.state.preparation.reading.view == .slice([nil, nil, 4]))
  }

  @Test("where there is no other view or no slice, it is said")
  func nothing() throws {
    let session = makeSession("diagonal")
    try play("V", session)
    #expect(session.state.notice?.text == "only a tensor of more than two axes has other views")
    let tensor = try stack()
    try play(")", tensor)
    #expect(tensor.state.notice?.text.hasPrefix("no slice is shown: V or :slice") == true)
    #expect(tensor.state.preparation.reading.view == .usual)
  }

  @Test(
    "commands name a view",
    arguments: [
      ("fold 2,0", TensorView.fold([2, 0]), Shape(15, 4)), ("slice 2", .slice([2]), Shape(4, 5)),
      ("slice :,:,3", .slice([nil, nil, 3]), Shape(3, 4)),
    ])
  func commands(line: String, view: TensorView, shape: Shape) throws {
    let session = try stack()
    session.send(.run(line))
    settle(session)
    #expect(session.state.preparation.reading.view == view && session.state.info?.shape == shape)
    session.send(.run("view usual"))
    settle(session)
    #expect(session.state.preparation.reading.view == .usual && session.state.info?.shape == Shape(3, 20))
  }

  @Test(
    "what names no view is refused, and the matrix stays",
    arguments: [
      ("fold 3", "“stack” has 3 axes (3 × 4 × 5): fold=3 names axis 3; axes count from 0 to 2"),
      ("fold x", "fold= takes axes that count from 0, as in fold=0,1, and not “x”"),
      (
        "slice 3", "“stack” has 3 axes (3 × 4 × 5): slice=3 asks for index 3 of axis 0, whose indices count from 0 to 2"
      ),
      (
        "view usal",
        "“usal” is none of overview, spectrum, numbers, pictures, components, blocks, "
          + "validation, court, speed, projection, race, usual"
      ),
    ])
  func refusals(line: String, sentence: String) throws {
    let session = try stack()
    session.send(.run(line))
    #expect(session.state.notice?.text == sentence && session.state.notice?.isError == true)
    #expect(session.state.info?.shape == Shape(3, 20))
  }

  @Test("a matrix has no folds, and without a matrix there is none")
  func noTensor() {
    let session = makeSession("diagonal")
    session.send(.run("fold 1"))
    #expect(session.state.notice?.text.hasPrefix("only a tensor of more than two axes") == true)
    let gallery = makeSession(nil)
    gallery.send(.run("slice 1"))
    #expect(gallery.state.notice?.text == "there is no open matrix to look at so")
  }

  @Test("a view serves the next tensor of the same axes, and no other")
  func otherTensors() throws {
    let session = try stack()
    try play("V*4 ) Esc Down Enter", session)
    #expect(session.state.info?.tensor == "other" && session.state.preparation.reading.view == .slice([1]))
    try play("Esc Down Enter", session)
    #expect(session.state.info?.tensor == "flat" && session.state.preparation.reading.view == .usual)
    #expect(session.state.failure == nil)
  }

  @Test("steps that come before the slice is read count, too")
  func fast() throws {
    var state = try stack().state
    _ = reduce(&state, .run("slice 0"))
    #expect(state.info == nil)
    _ = reduce(&state, .prepare(.stepSlice(1)))
    let effects = reduce(&state, .prepare(.stepSlice(1)))
    guard case .open(_, "stack", "stack", let preparation)? = effects.first else {
      Issue.record("nothing is opened: \(effects)")
      return
    }
    #expect(preparation.reading.view == .slice([2]))
  }

  @Test("after a view that the tensor does not have, V and :view usual go on")
  func recovery() throws {
    var state = ExplorerState(size: ScreenSize(rows: 24, columns: 80), display: Display(), gallery: [])
    state.usualPreparation.reading.view = .slice([7])
    state.home = .overview
    let session = ExplorerSession(state, on: .immediate, opener: memoryOpener, wake: {})
    session.send(.open(source: "stack", tensor: "stack"))
    settle(session)
    #expect(session.state.failure?.contains("asks for index 7 of axis 0") == true)
    session.send(.run("view usual"))
    settle(session)
    #expect(session.state.failure == nil && session.state.info?.shape == Shape(3, 20))
  }
}
