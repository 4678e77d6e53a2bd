import Explorer
import Glibc
import LinearAlgebra
import MatrixFiles
import Testing
import TerminalUI

@Suite("Comparing ranks and matrices")
struct ComparisonTests {
  @Test("a mark is set, swapped with the rank, and taken back where it stands")
  func mark() throws {
    let session = makeSession("diagonal")
    try play("'", session)
    #expect(session.state.notice?.text == "nothing is marked: m marks this rank" && session.state.rank == 4)
    try play("m", session)
    #expect(session.state.mark == 4 && session.state.notice?.text == "marked k = 4; ' goes back and forth")
    try play("9 Enter '", session)
    #expect(session.state.rank == 4 && session.state.mark == 9)
    try play("'", session)
    #expect(session.state.rank == 9 && session.state.mark == 4)
    try play("m", session)
    #expect(session.state.mark == 9, "a mark elsewhere moves here")
    try play("m", session)
    #expect(session.state.mark == nil)
    command("mark", session)
    #expect(session.state.mark == 9)
  }

  @Test("the report says what changed since the mark")
  func markRows() throws {
    let session = makeSession("diagonal")
    try play("m 2 Enter", session)
    let text = Screen(session.state).frame.text
    #expect(text.contains("4"), "\(text)")
    let unmarked = makeSession("diagonal")
    try play("2 Enter", unmarked)
    #expect(text != Screen(unmarked.state).frame.text)
  }

  @Test("a mark stays within the ranks there are, and goes with the matrix")
  func markElsewhere() throws {
    let session = makeSession("diagonal")
    try play("9 Enter m", session)
    session.send(.open(source: "gallery:tiny", tensor: nil))
    settle(session)
    #expect(session.state.mark == nil && session.state.rank == 3)
  }

  @Test("a pinned spectrum stays behind the next matrix until it is taken away, in lists, too")
  func pin() throws {
    let session = makeSession(nil)
    try play("Enter p", session)
    #expect(session.state.ghost?.title == "gallery:tiny" && session.state.notice?.text.hasPrefix("pinned:") == true)
    try play("q Down Enter", session)
    #expect(session.state.info?.source == "gallery:wide" && session.state.ghost?.spectrum.count == 3)
    try play("q p", session)
    #expect(session.state.ghost == nil)
    try play("p", session)
    #expect(session.state.ghost == nil, "a list has nothing to pin")
  }

  @Test("the title of a pinned spectrum tells how it was prepared")
  func pinTitle() throws {
    let session = makeSession("table")
    try play("N p", session)
    #expect(session.state.ghost?.title == "table, columns scaled to deviation 1, column means removed")
  }

  @Test(":compare solves another matrix the same way, and says so")
  func compare() throws {
    let session = makeSession("table")
    try play("N", session)
    command("compare holes", session)
    #expect(session.state.notice?.isError == true && session.state.notice?.text.contains("--missing") == true)
    command("compare diagonal", session)
    let ghost = try #require(session.state.ghost)
    #expect(ghost.title == "diagonal, columns scaled to deviation 1, column means removed")
    #expect(ghost.spectrum.count == 10 && session.state.info?.source == "table", "the matrix itself stays")
    #expect(session.state.notice?.text.hasPrefix("behind this spectrum: diagonal") == true)
    command("compare nowhere", session)
    #expect(session.state.notice == Notice("cannot open nowhere: no such file", isError: true, until: 10))
    #expect(session.state.ghost?.title == ghost.title, "what was there stays")
    for keys in ["F2", "F3"] {
      try play(keys, session)
      let isNamed = Screen(session.state).frame.text.contains("diagonal")
      #expect(isNamed, "\(Screen(session.state).frame.text)")
    }
  }
}

@Suite("Writing from the explorer")
struct WritingTests {
  private func path(_ name: String) -> String { "/tmp/lowrank-\(getpid())-\(name)" }

  @Test("without vectors there is nothing to write yet")
  func early() {
    var state = makeSession("diagonal").state
    state.vectors = nil
    #expect(reduce(&state, .write(path: "a.npz", overwrites: false)).isEmpty)
    #expect(state.notice?.text == "there is nothing to write before U and V are there" && state.notice?.isError == true)
    state.vectors = .leading(6, limit: 8)
    #expect(reduce(&state, .write(path: "a.npz", overwrites: false)).isEmpty)
    #expect(state.notice?.text == "the vectors are a preview's: only exact ones are written")
    state.vectors = .exact(10)
    #expect(
      reduce(&state, .write(path: "a.npz", overwrites: false))
        == [.write(state.matrixID, rank: 4, path: "a.npz", overwrites: false)])
    #expect(reduce(&state, .write(path: nil, overwrites: false)).count == 1)
  }

  @Test("an extension that is not written is refused before any work")
  func format() {
    var state = makeSession("diagonal").state
    #expect(reduce(&state, .run("write a.tiff")).isEmpty)
    #expect(state.notice?.isError == true && state.notice?.text.contains(".npz") == true)
  }

  @Test("a file is written, not replaced, then replaced; and reads back as A_k")
  func writes() throws {
    let session = makeSession("diagonal")
    let file = path("diagonal.csv")
    defer { unlink(file) }
    command("write \(file)", session)
    #expect(session.state.notice?.text == "wrote \(file)")
    func entries() throws -> LoadedMatrix {
      let opened = try MatrixFileOpener.open(file)
      return try opened.read(try opened.tensor(named: nil), control: WorkControl())
    }
    let first = try entries()
    #expect(first.matrix.shape.rows == 12 && abs(first.matrix[0, 0] - 512) < 1e-12 && abs(first.matrix[4, 4]) < 1e-12)
    session.send(.setRank(5))
    command("write \(file)", session)
    #expect(session.state.notice?.text == "\(file) exists; :write! \(file) replaces it")
    #expect(try abs(entries().matrix[4, 4]) < 1e-12)
    command("write! \(file)", session)
    #expect(try abs(entries().matrix[4, 4] - 32) < 1e-12)
  }

  @Test("what cannot be written says why")
  func fails() {
    let session = makeSession("diagonal")
    command("write /nowhere/at/all.npy", session)
    #expect(
      session.state.notice?.text == "cannot write /nowhere/at/all.npy: No such file or directory"
        && session.state.notice?.isError == true)
  }
}
