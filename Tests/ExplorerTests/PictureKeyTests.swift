import Explorer
import RankAnalysis
import Testing
import TerminalUI

@Suite("Layers and large pictures in the explorer")
struct PictureKeyTests {
  private func window(_ session: ExplorerSession) throws -> EntryWindow {
    try #require(session.state.layout.pictures?.window)
  }

  private func picture() throws -> ExplorerSession {
    let session = makeSession("picture")
    try play("F5", session)
    return session
  }

  @Test("layers are stepped through to their ends; their vectors follow")
  func components() throws {
    let session = makeSession("diagonal")
    try play("F6", session)
    #expect(session.state.component == 1 && session.state.triplet?.value == 512)
    try play("Up", session)
    #expect(session.state.component == 1)
    try play("Down Down", session)
    #expect(session.state.component == 3 && session.state.triplet?.left.largest.first?.index == 2)
    try play("Down*20", session)
    #expect(session.state.component == 10 && session.state.triplet?.value == 1)
    #expect(session.state.rank == 4, "the rank stays")
    try play("Right", session)
    #expect(session.state.rank == 5 && session.state.component == 10)
  }

  @Test("a picture opens where its detail is strongest, a table as a whole")
  func detail() throws {
    let session = try picture()
    let found = try window(session)
    #expect(found.rows.overlaps(64..<96) && found.columns.overlaps(24..<56), "\(found)")
    #expect(session.state.pictures?.inset != nil && session.state.detail != nil)
    let table = makeSession("table")
    try play("F5", table)
    #expect(table.state.layout.pictures?.window == nil && !table.state.pictureView.isWindowed)
  }

  @Test("z shows the whole and the window; + from the whole begins at one pixel an entry")
  func whole() throws {
    let session = try picture()
    let first = try window(session)
    try play("z", session)
    #expect(session.state.layout.pictures?.window == nil)
    try play("+", session)
    #expect(try window(session) == first && session.state.pictureView.zoom == 0)
  }

  @Test("+ halves the window about its middle, − doubles it, down to the whole; both have an end")
  func zooms() throws {
    let session = try picture()
    let first = try window(session)
    try play("+", session)
    let second = try window(session)
    #expect(second.rows.count == first.rows.count / 2 && second.columns.count == first.columns.count / 2)
    #expect(abs(second.rows.lowerBound + second.rows.upperBound - first.rows.lowerBound - first.rows.upperBound) <= 2)
    try play("-", session)
    #expect(try window(session).rows.count == first.rows.count)
    try play("+*20", session)
    #expect(session.state.pictureView.zoom == PictureView.zooms.upperBound)
    #expect(try window(session).rows.count >= 1)
    try play("-*40", session)
    #expect(session.state.layout.pictures?.window == nil && !session.state.pictureView.isWindowed)
  }

  @Test(
    "the window moves by a quarter and stops at the edges", arguments: [("W", 0), ("S", 128), ("A", 0), ("D", 96)])
  func pans(key: String, edge: Int) throws {
    let session = try picture()
    let before = try window(session)
    try play(key, session)
    let after = try window(session)
    let isVertical = "WS".contains(key)
    let (moved, size) =
      isVertical
      ? (after.rows.lowerBound - before.rows.lowerBound, before.rows.count)
      : (after.columns.lowerBound - before.columns.lowerBound, before.columns.count)
    #expect(abs(abs(Double(moved)) - Double(size) / 4) <= 1 && (moved < 0) == "WA".contains(key))
    #expect((isVertical ? after.columns : after.rows) == (isVertical ? before.columns : before.rows))
    try play("\(key)*40", session)
    let last = try window(session)
    let reached = isVertical ? last.rows : last.columns
    #expect(edge == 0 ? reached.lowerBound == 0 : reached.upperBound == edge)
    #expect(last.rows.count == before.rows.count && last.columns.count == before.columns.count)
  }

  @Test("the window shows its own entries, and A_k there")
  func entries() throws {
    let session = try picture()
    try play("End", session)
    let part = try window(session)
    let set = try #require(session.state.pictures)
    let kept = try #require(set.approximation(rank: session.state.rank))
    for (row, column) in [(0, 0), (set.original.grid.rows - 1, set.original.grid.columns - 1)] {
      let (i, j) = (part.rows.lowerBound + row, part.columns.lowerBound + column)
      let entry = PictureFile.entry(i, j)
      #expect(set.original[row, column] == entry)
      #expect(abs(kept[row, column] - entry) < 0.01, "the full rank gives it back")
    }
  }

  @Test("b lets A and A_k take turns while the view is open; Esc and other views stop it")
  func blinks() throws {
    let session = try picture()
    try play("b", session)
    #expect(session.state.pictureView.isBlinking && session.state.needsTicks)
    session.send(.tick(0.1))
    let original = Screen(session.state).frame
    session.send(.tick(0.7))
    let approximation = Screen(session.state).frame
    #expect(original.text.contains("in turns, b stops") && !approximation.text.contains("in turns, b stops"))
    try play("Esc", session)
    #expect(!session.state.pictureView.isBlinking && session.state.view == .pictures)
    try play("b F2", session)
    #expect(!session.state.pictureView.isBlinking)
    try play("b + W z", session)
    #expect(!session.state.pictureView.isBlinking && session.state.pictureView.zoom == 0, "these keys are for F5")
  }

  @Test("v goes through the colours in every view")
  func colours() throws {
    let session = try picture()
    var seen: [ColorMap] = []
    for keys in ["v", "F2 v", "v"] {
      try play(keys, session)
      seen.append(session.state.pictureView.map)
    }
    #expect(seen == [.viridis, .cividis, .grey])
  }

  @Test("a click moves the entry under the mouse to the middle, the wheel enlarges")
  func mouse() throws {
    let session = try picture()
    let before = try window(session)
    try play("click 2,4 release", session)
    let after = try window(session)
    #expect(after.rows.lowerBound < before.rows.lowerBound && after.columns.lowerBound < before.columns.lowerBound)
  }

  @Test("a new matrix is looked at afresh")
  func reset() throws {
    let session = try picture()
    try play("+ W v b", session)
    session.send(.open(source: "picture", tensor: nil))
    settle(session)
    #expect(session.state.pictureView.zoom == 0 && session.state.pictureView.center == nil)
    #expect(!session.state.pictureView.isBlinking)
  }
}
