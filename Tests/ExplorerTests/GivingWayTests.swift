import Explorer
import Testing
import TerminalUI

@Suite("A list that gives way to another file")
struct GivingWayTests {
  private func browse(_ keys: String, scanned: Bool = true) throws -> ExplorerSession {
    let session = makeSession("model", size: ScreenSize(rows: 16, columns: 100))
    if scanned { session.finishScan() }
    settle(session)
    try play(keys, session)
    return session
  }

  /// Expects the list of `session` to be as it was in `before`.
  private func expectSame(_ session: ExplorerSession, as before: ExplorerState) throws {
    let (now, then) = (try #require(session.state.browser), try #require(before.browser))
    #expect(session.state.view == then.view && session.state.sourceName == "model" && session.state.failure == nil)
    #expect((now.chosen, now.top, now.filter) == (then.chosen, then.top, then.filter))
    #expect(now.rows == then.rows && now.closed == then.closed && now.sorting == then.sorting)
    #expect(now.cell == then.cell && now.findings.map { $0 == nil } == then.findings.map { $0 == nil })
    #expect(now.scan == then.scan && session.state.home == before.home)
  }

  static let places = [
    "Down*2 Right", "m / l 2 q u e r y Enter", "m Home Down*3 Left End Up*3", "m o o Down*4 O",
    "m / l 2 q u e r y Enter Enter",
  ]

  @Test("a file that cannot be opened leads back to the list as it was", arguments: places)
  func failure(keys: String) throws {
    let session = try browse(keys)
    let before = session.state
    session.send(.open(source: "nowhere", tensor: nil))
    settle(session)
    try expectSame(session, as: before)
    #expect(session.state.notice?.text.contains("no such file") == true)
    try play("Enter", session)
    #expect(session.state.info?.source == "model", "its tensors still open")
  }

  @Test("so does one whose tensor is not there")
  func missingTensor() throws {
    let session = try browse("m End Up*3")
    let before = session.state
    session.send(.open(source: "nowhere", tensor: "weight"))
    settle(session)
    try expectSame(session, as: before)
  }

  @Test("Esc while another file is still being opened cancels that and leads back", arguments: places, ["Esc", "q"])
  func escape(keys: String, key: String) throws {
    let session = try browse(keys)
    var state = session.state
    let opened = reduce(&state, .open(source: "large", tensor: nil))
    #expect(state.browser == nil && state.showsMatrix && opened.first == .holdScan(true))
    let id = state.matrixID
    _ = reduce(&state, .queue(.reading(id, 0.25)))
    let left = reduce(&state, key == "q" ? .quit : .back)
    #expect(left.first == .cancelWork && left.contains(.holdScan(false)) && !state.isQuitting)
    let (now, then) = (try #require(state.browser), try #require(session.state.browser))
    #expect((now.chosen, now.top, now.filter, now.rows) == (then.chosen, then.top, then.filter, then.rows))
    #expect(state.view == then.view && state.sourceName == "model")
    // What the cancelled work still says is stale.
    _ = reduce(&state, .queue(.tensors(id, largeListing)))
    #expect(state.browser?.items.count == then.items.count)
  }

  @Test("what the scan finds meanwhile is not lost, and it goes on after")
  func scan() throws {
    let session = try browse("m", scanned: false)
    var state = session.state
    _ = reduce(&state, .open(source: "large", tensor: nil))
    let listing = session.state.matrixID
    _ = reduce(&state, .scanned(listing, [.failed(index: 1, "it broke"), .progress(done: 1, count: 20)]))
    let left = reduce(&state, .back)
    #expect(state.browser?.failures[1] == "it broke" && state.browser?.scan.done == 1)
    #expect(state.browser?.scan.isAtWork == true && left.contains(.holdScan(false)))
  }

  @Test("a file that is opened takes the list's place for good, and its scan ends")
  func success() throws {
    let session = try browse("m")
    var state = session.state
    _ = reduce(&state, .open(source: "large", tensor: nil))
    let effects = reduce(&state, .queue(.tensors(state.matrixID, largeListing)))
    #expect(effects.starts(with: [.stopScan, .forget(source: "model"), .scan(state.matrixID, source: "large")]))
    session.send(.open(source: "diagonal", tensor: nil))
    settle(session)
    try play("Esc*3", session)
    #expect(session.state.browser == nil && session.state.info?.source == "diagonal")
  }
}

@Suite("A tensor that is opened by its name")
struct NamedTensorTests {
  private func open(_ source: String, _ tensor: String) -> ExplorerSession {
    var state = ExplorerState(size: ScreenSize(rows: 30, columns: 100), display: Display(), gallery: tinyGallery)
    state.home = .overview
    let session = ExplorerSession(state, on: .immediate, opener: memoryOpener, wake: {})
    session.send(.open(source: source, tensor: tensor))
    settle(session)
    return session
  }

  @Test("its picture is there before the list; . and , step from it, and Esc leads to its place in the list")
  func list() throws {
    let session = open("model", "encoder.layer.1.attention.self.key.weight")
    #expect(session.state.view == .overview && session.state.spectrum != nil)
    try play(".", session)
    #expect(session.state.info?.tensor == "encoder.layer.1.attention.self.value.weight")
    try play(",*2", session)
    #expect(session.state.info?.tensor == "encoder.layer.1.attention.self.query.weight")
    try play(". Esc", session)
    #expect(session.state.view == .layerMap && session.state.browser?.cell.row == 1)
    #expect(session.state.browser?.cell.column == 1)
    session.finishScan()
    settle(session)
    #expect(session.state.browser?.scan.done == 20 && session.state.browser?.scan.state == .finished)
    try play("m", session)
    let browser = try #require(session.state.browser)
    #expect(
      browser.chosenItem.map { browser.items[$0].name } == "encoder.layer.1.attention.self.key.weight")
  }

  @Test("one that stands in no layer is found in the list of tensors")
  func outside() throws {
    let session = open("model", "embeddings.position.weight")
    try play("Esc", session)
    let browser = try #require(session.state.browser)
    #expect(session.state.view == .tensors)
    #expect(browser.chosenItem.map { browser.items[$0].name } == "embeddings.position.weight")
    try play("Esc", session)
    #expect(!session.state.isQuitting)
  }

  @Test("the list comes after the entries, and is not asked for again")
  func order() throws {
    let session = open("model", "embeddings.position.weight")
    let names = session.state.browser?.items.count
    try play("T", session)
    settle(session)
    #expect(session.state.browser?.items.count == names && session.state.home == .tensors)
  }

  @Test("of another file than the listed one it brings its own list")
  func otherFile() throws {
    let session = open("model", "embeddings.position.weight")
    session.send(.open(source: "pair", tensor: "second"))
    settle(session)
    #expect(session.state.info?.tensor == "second" && session.state.browser?.items.count == 2)
    try play("Esc", session)
    #expect(session.state.view == .tensors && session.state.browser?.chosen == 1)
    try play("Up Enter", session)
    #expect(session.state.info?.source == "pair" && session.state.info?.tensor == "first")
  }

  @Test("a file of one tensor has no list")
  func single() throws {
    let session = open("diagonal", "")
    #expect(session.state.browser == nil)
  }
}
