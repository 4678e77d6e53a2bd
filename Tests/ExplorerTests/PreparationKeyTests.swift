import Explorer
import MatrixFiles
import Preparation
import Testing
import TerminalUI

@Suite("Making a matrix ready in the explorer")
struct PreparationKeyTests {
  @Test("C goes through the ways of centring and around; the title says which")
  func centering() throws {
    let session = makeSession("table")
    var seen: [Centering] = []
    for _ in Centering.allCases {
      try play("C", session)
      seen.append(session.state.preparation.centering)
    }
    #expect(seen == [.mean, .columns, .rows, .both, .none])
    try play("resize 160x50 C C", session)
    #expect(Screen(session.state).frame.text.contains("column means removed"))
  }

  @Test("a chosen rank stays while means are taken away; one that was not starts anew")
  func rankStays() throws {
    let session = makeSession("table")
    try play("3 Enter m C", session)
    #expect(session.state.rank == 3 && session.state.mark == 3 && session.state.hasVectors)
    let fresh = makeSession("table")
    let start = fresh.state.rank
    try play("N", fresh)
    #expect(fresh.state.rank == 3 && start == 1, "three standardized columns that hardly agree need rank 3")
  }

  @Test("rank and mark start anew when columns change their meaning")
  func rankResets() throws {
    let session = makeSession("table")
    try play("2 Enter m", session)
    command("drop id", session)
    #expect(session.state.mark == nil && session.state.rank == 1 && session.state.info?.shape.columns == 2)
    try play("2 Enter m", session)
    command("columns 2", session)
    #expect(session.state.mark == nil && session.state.info?.labels.columns == ["small"])
    command("columns all", session)
    command("drop none", session)
    #expect(session.state.info?.shape.columns == 3 && session.state.preparation == Preparation())
  }

  @Test("the same again is no work")
  func nothing() {
    var state = makeSession("table").state
    let id = state.matrixID
    #expect(reduce(&state, .run("center none")).isEmpty && reduce(&state, .run("scale none")).isEmpty)
    #expect(state.matrixID == id && state.spectrum != nil)
  }

  @Test("N centres and scales, or takes both back; T exchanges rows and columns")
  func standardize() throws {
    let session = makeSession("table")
    try play("N", session)
    #expect(session.state.preparation.centering == .columns && session.state.preparation.scaling == .columns)
    #expect(session.state.spectrum?.costs.offsets == 6)
    try play("N T", session)
    #expect(session.state.preparation == Preparation(isTransposed: true))
    #expect(session.state.info?.shape.rows == 3 && session.state.info?.labels.rows == ["id", "small", "large"])
    command("transpose", session)
    #expect(session.state.preparation == Preparation())
  }

  @Test("X leaves the columns out that number the rows, beside those that were left out before")
  func identifiers() throws {
    let session = makeSession("table")
    #expect(session.state.notice?.text == "“id” numbers the rows: X leaves it out")
    try play("X", session)
    #expect(session.state.info?.labels.columns == ["small", "large"])
    #expect(session.state.notice?.text == "column scales differ by 1,000 ×: N centres and scales them")
    try play("X", session)
    #expect(session.state.notice?.text == "no column numbers the rows")
    command("drop large", session)
    try play("X", session)
    #expect(session.state.preparation.dropped?.description == "large,id")
    #expect(session.state.info?.labels.columns == ["small"])
  }

  @Test("B is for pictures")
  func channels() throws {
    let session = makeSession("table")
    try play("B", session)
    #expect(session.state.notice?.text == "this is no picture: it has no channels")
    #expect(session.state.preparation == Preparation())
    let picture = makeSession("picture")
    try play("B B", picture)
    #expect(picture.state.preparation.reading.channel == .green)
  }

  @Test("a column that is not there is a sentence, and the matrix stays as it was")
  func unknownColumn() throws {
    let session = makeSession("table")
    command("drop 9", session)
    #expect(session.state.notice?.text == "table has no column 9: there are 3, counted from 1")
    #expect(session.state.failure == nil && session.state.info?.shape.columns == 3)
    command("open nowhere", session)
    #expect(session.state.notice?.isError == true && session.state.sourceName == "table")
    #expect(session.state.spectrum != nil && session.state.preparation == Preparation())
  }

  @Test("missing cells are a question; each answer reads the table again", arguments: [0, 1, 2])
  func missing(row: Int) throws {
    let session = makeSession("holes")
    guard case .missing(let cells, 0) = session.state.overlay else {
      Issue.record("nothing is asked: \(String(describing: session.state.overlay))")
      return
    }
    #expect(cells == MissingCells(count: 1, rows: 1, allRows: 12, first: "line 7, column 2"))
    #expect(session.state.activity == .idle && session.state.failure == nil)
    try play("Down*\(row) Enter", session)
    #expect(session.state.overlay == nil && session.state.info?.shape.rows == (row == 0 ? 11 : 12))
    #expect(session.state.preparation.reading.missing == ExplorerState.missingChoices[row])
  }

  @Test("a click chooses an answer, another takes it; the last row is the end of the list")
  func missingMouse() throws {
    let session = makeSession("holes")
    let lines = Screen(session.state).frame.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("put in zero") })
    try play("click 10,\(row) release", session)
    guard case .missing(_, 2) = session.state.overlay else {
      Issue.record("\(String(describing: session.state.overlay))")
      return
    }
    try play("Down Down End click 10,\(row) release", session)
    #expect(session.state.preparation.reading.missing == .zero && session.state.spectrum != nil)
  }

  @Test("a question has nothing to explain")
  func missingExplained() throws {
    let session = makeSession("holes")
    let before = session.state.overlay
    try play("i", session)
    #expect(session.state.overlay == before && !session.state.isCancelled)
    #expect(!Screen(session.state).frame.text.contains("explain"))
  }

  @Test("a question that was closed can be asked again, or answered by a command")
  func missingLater() throws {
    let session = makeSession("holes")
    try play("Esc", session)
    #expect(session.state.overlay == nil && session.state.isCancelled)
    try play("Enter", session)
    guard case .missing = session.state.overlay else {
      Issue.record("it is not asked again")
      return
    }
    command("missing drop-rows", session)
    #expect(session.state.overlay == nil && session.state.info?.shape.rows == 11)
    let closed = makeSession("holes")
    try play("Esc", closed)
    command("missing zero", closed)
    #expect(closed.state.info?.shape.rows == 12 && closed.state.preparation.reading.missing == .zero)
  }
}
