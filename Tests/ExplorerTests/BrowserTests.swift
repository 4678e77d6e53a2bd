import Checkpoints
import Explorer
import LinearAlgebra
import MatrixFiles
import Testing
import TerminalUI

@Suite("The browser")
struct BrowserTests {
  /// A session with the tensors of "model" on the screen, scanned if `scanned`.
  private func browse(_ keys: String = "", scanned: Bool = true) throws -> ExplorerSession {
    let session = makeSession("model", size: ScreenSize(rows: 30, columns: 100))
    if scanned { session.finishScan() }
    settle(session)
    try play(keys, session)
    return session
  }

  private func chosenName(_ session: ExplorerSession) -> String? {
    session.state.browser.flatMap { browser in browser.chosenItem.map { browser.items[$0].name } }
  }

  @Test("a model of layers opens on its map; Tab goes round its views")
  func views() throws {
    let session = try browse()
    #expect(session.state.view == .layerMap)
    try play("Tab", session)
    #expect(session.state.view == .tensors)
    try play("Tab", session)
    #expect(session.state.view == .layerSpectra)
    try play("Tab m", session)
    #expect(session.state.view == .tensors)
  }

  @Test("a file whose names repeat nothing opens on its tensors")
  func flat() {
    let session = makeSession("pair")
    #expect(session.state.view == .tensors && session.state.browserViews == [.tensors])
  }

  @Test("search, open, Esc: the row, what was searched for and the scroll are as they were")
  func roundTrip() throws {
    let session = try browse("m / l 2 q u e r y Enter")
    #expect(chosenName(session) == "encoder.layer.2.attention.self.query.weight")
    let before = try #require(session.state.browser)
    try play("Enter", session)
    #expect(
      session.state.view == .overview && session.state.info?.tensor == "encoder.layer.2.attention.self.query.weight")
    try play("Right*3 Esc", session)
    let after = try #require(session.state.browser)
    #expect(session.state.view == .tensors && after.filter == "l2query")
    #expect((after.chosen, after.top, after.rows) == (before.chosen, before.top, before.rows))
    try play("Esc", session)
    #expect(session.state.browser?.filter == "" && !session.state.isQuitting)
    #expect(chosenName(session) == "encoder.layer.2.attention.self.query.weight", "what was found stays chosen")
  }

  @Test("Enter on a cell of the map opens its tensor, and Esc returns to the cell")
  func cell() throws {
    let session = try browse("Down*2 Right Enter")
    #expect(session.state.info?.tensor == "encoder.layer.2.attention.self.key.weight")
    try play("Esc", session)
    #expect(
      session.state.view == .layerMap && session.state.browser?.cell.row == 2 && session.state.browser?.cell.column == 1
    )
  }

  @Test("← closes a group and goes to the one above, → opens it; z closes all and opens them again")
  func folding() throws {
    let session = try browse("m Home Left")
    let browser = try #require(session.state.browser)
    #expect(browser.rows.count < (try browse("m").state.browser?.rows.count ?? 0))
    try play("Right Down*2 Left", session)
    #expect(session.state.browser?.chosen == 0, "from a tensor to its group")
    try play("z", session)
    #expect(session.state.browser?.rows.count == session.state.browser?.tree.roots.count)
    try play("z", session)
    #expect(session.state.browser?.rows == (try browse("m")).state.browser?.rows)
  }

  @Test("what a row opens at the foot of the screen comes into sight")
  func unfolding() throws {
    let session = try browse("resize 100x16 m Home Down*3 Left")
    #expect(session.state.browser?.top == 0)
    try play("Right", session)
    let browser = try #require(session.state.browser)
    #expect(browser.chosen == 3 && browser.top == 3 && browser.rows.count > 20)
  }

  @Test("sorting is by what was found, least first, and what is not known comes last; again it turns round")
  func sorting() throws {
    let session = try browse("m")
    command("sort error", session)
    let browser = try #require(session.state.browser)
    let column = try #require(ScanColumnCatalog.column("error_at_break_even"))
    func values(_ browser: Browser) -> [Double] {
      browser.rows.compactMap(browser.item).compactMap {
        if case .number(let value) = browser.value(column, of: $0) { value } else { nil }
      }
    }
    #expect(values(browser).count == 20 && values(browser) == values(browser).sorted())
    let lastKnown = browser.rows.lastIndex { browser.value(column, of: browser.item($0) ?? 0) != .none }
    #expect(lastKnown == 19)
    try play("O", session)
    #expect(values(try #require(session.state.browser)) == values(browser).reversed())
    try play("Esc", session)
    #expect(session.state.browser?.sorting == nil)
  }

  @Test("a click on a heading sorts, the wheel scrolls and the chosen row stays in sight")
  func mouse() throws {
    let session = try browse("m")
    let line = Screen(session.state).frame.text.split(separator: "\n", omittingEmptySubsequences: false)[2]
    let place = try #require(line.range(of: "k10 ratio"))
    try play("click \(line.distance(from: line.startIndex, to: place.lowerBound) + 2),2", session)
    #expect(session.state.browser?.sorting == Browser.Sorting(column: "k10_ratio"))
    session.send(.scroll(6))
    let browser = try #require(session.state.browser)
    #expect(browser.top > 0 && browser.chosen >= browser.top)
  }

  @Test("columns are chosen by name, and a name may be cut short")
  func columns() throws {
    let session = try browse("m")
    command("columns shape,dtype,stable", session)
    #expect(session.state.browser?.columns == ["shape", "dtype", "stable_rank"])
    #expect(Screen(session.state).frame.text.contains("dtype"))
    command("columns nonsense", session)
    #expect(session.state.notice?.isError == true)
    command("columns usual", session)
    #expect(session.state.browser?.columns == nil)
  }

  @Test("what cannot be read stands in the list with its type and shape, and says why")
  func unreadable() throws {
    let session = try browse("m End")
    let text = Screen(session.state).frame.text
    #expect(text.contains("pooler.codes") && text.contains("“pooler.codes” is packed: its values need their scales"))
    try play("Enter", session)
    #expect(session.state.view == .tensors && session.state.notice?.isError == true)
  }

  @Test("a scan fills every matrix in, and counts; without it nothing is known")
  func scan() throws {
    let fresh = try browse(scanned: false)
    #expect(fresh.state.browser?.findings.allSatisfy { $0 == nil } == true)
    #expect(fresh.state.browser?.scan.count == 20 && fresh.state.browser?.scan.isAtWork == true)
    try play("await idle", fresh)
    let browser = try #require(fresh.state.browser)
    #expect(browser.scan.state == .finished && browser.scan.done == 20)
    #expect(browser.items.indices.allSatisfy { (browser.findings[$0] != nil) == browser.items[$0].isMatrix })
  }

  @Test("the scan is asked for what is on the screen, and stands back while a matrix is opened")
  func priority() {
    var state = ExplorerState(size: ScreenSize(rows: 24, columns: 80), display: Display(), gallery: [])
    state.home = .overview
    _ = reduce(&state, .open(source: "large", tensor: nil))
    let listed = reduce(&state, .queue(.tensors(state.matrixID, largeListing)))
    #expect(listed.contains(.scan(state.matrixID, source: "large")))
    _ = reduce(&state, .show(.tensors))
    _ = reduce(&state, .layout(Screen.layout(state)))
    let moved = reduce(&state, .goToEnd)
    guard case .scanFirst(_, let items)? = moved.first else {
      Issue.record("nothing was asked for first")
      return
    }
    let names = items.compactMap { state.browser?.items[$0].name }
    #expect(names.contains("model.layers.199.mlp.down_proj.weight") && items.count <= 20)
    let opened = reduce(&state, .openTensor(0))
    #expect(opened.contains(.holdScan(true)) && state.browser?.scan.isHeld == true)
    let left = reduce(&state, .back)
    #expect(left == [.cancelSolve, .holdScan(false)] || left.contains(.holdScan(false)))
  }

  @Test("of names that match alike a matrix comes before its bias")
  func matricesFirst() throws {
    let session = try browse("m / a t t o u t Enter")
    let browser = try #require(session.state.browser)
    let found = browser.rows.compactMap(browser.item).map { browser.items[$0] }
    let firstBias = try #require(found.firstIndex { !$0.isMatrix })
    #expect(firstBias >= 3 && found[..<3].allSatisfy { $0.name.hasSuffix("attention.output.dense.weight") })
  }

  @Test("the progress of a scan never hides the file's name", arguments: [60, 80, 100])
  func title(columns: Int) {
    var state = ExplorerState(size: ScreenSize(rows: 24, columns: columns), display: Display(), gallery: [])
    let name = "a-long-name-of-a-model.safetensors"
    _ = reduce(&state, .open(source: "models/\(name)", tensor: nil))
    _ = reduce(&state, .queue(.tensors(state.matrixID, largeListing)))
    _ = reduce(&state, .scanned(state.matrixID, [.progress(done: 1234, count: 1401)]))
    let title = Screen(state).frame.text.prefix { $0 != "\n" }
    #expect(title.contains("lowrank  \(name)") && title.contains("1,234"))
  }

  @Test("a directory is not scanned unasked; :scan begins")
  func directory() {
    var state = ExplorerState(size: ScreenSize(rows: 24, columns: 80), display: Display(), gallery: [])
    _ = reduce(&state, .open(source: "pictures", tensor: nil))
    let entries = ["a.png", "b.png"].map { TensorEntry(name: $0, type: .u8, axes: [64, 64]) }
    let listed = reduce(&state, .queue(.tensors(state.matrixID, TensorListing(format: "directory", tensors: entries))))
    #expect(listed.isEmpty && state.browser?.scan.state == ScanProgress.State.none)
    #expect(state.browser?.rows.count == 2, "a file's name has no segments")
    #expect(reduce(&state, .run("scan")).contains(.scan(state.matrixID, source: "pictures")))
  }
}

@Suite("Steps from tensor to tensor")
struct TensorSteppingTests {
  private func open(_ keys: String) throws -> ExplorerSession {
    let session = makeSession("model", size: ScreenSize(rows: 30, columns: 100))
    try play("Enter " + keys, session)
    return session
  }

  @Test(". and , go through the map in reading order, to its ends")
  func order() throws {
    let session = try open(". .")
    #expect(session.state.info?.tensor == "encoder.layer.0.attention.self.value.weight")
    try play(", , ,", session)
    #expect(session.state.info?.tensor == "encoder.layer.0.attention.self.query.weight")
    #expect(session.state.notice?.text == "the first matrix of the list")
    try play(".*6 Esc", session)
    #expect(session.state.browser?.cell.row == 1 && session.state.browser?.cell.column == 0)
  }

  @Test(
    "k keeps what is asked for",
    arguments: [
      (KeptQuantity.rank, 3), (.share, 3),
      // σ_i = 1/i, then 1/i²: the error of three of the first needs one of the second.
      (.error, 1), (.energy, 1),
    ])
  func keeping(quantity: KeptQuantity, rank: Int) throws {
    let session = try open("")
    command("set keep=\(quantity.rawValue)", session)
    try play("3 Enter", session)
    let before = try #require(session.state.spectrum).analysis
    try play(".", session)
    let after = try #require(session.state.spectrum).analysis
    #expect(session.state.rank == rank && session.state.carried?.quantity == quantity)
    if quantity == .error {
      #expect(after.relativeFrobeniusError(rank: rank).upper <= before.relativeFrobeniusError(rank: 3).upper)
      #expect(after.relativeFrobeniusError(rank: rank - 1).upper > before.relativeFrobeniusError(rank: 3).upper)
    }
    try play(",", session)
    #expect(session.state.rank == 3, "and back")
    try play("Right", session)
    #expect(session.state.carried == nil, "a slider that is moved carries nothing")
  }

  @Test("where no list was opened there is nothing to step to")
  func none() throws {
    let session = makeSession("diagonal")
    try play(".", session)
    #expect(session.state.notice?.text == "there is no list of tensors to step through")
  }
}
