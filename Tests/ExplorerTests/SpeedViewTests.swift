import Experiments
import Explorer
import Testing
import TerminalUI

/// A usual screen, a large and a small one.
private let sizes = [(24, 80), (50, 160), (10, 40)].map { ScreenSize(rows: $0.0, columns: $0.1) }

@Suite("The speed view")
struct SpeedViewTests {
  private func session(_ source: String, _ keys: String, _ size: ScreenSize = ScreenSize(rows: 24, columns: 80)) throws
    -> ExplorerSession
  {
    let session = makeSession(source, size: size)
    try play(keys, session)
    return session
  }

  @Test("a recording counts FLOPs, takes no times, and says so")
  func recording() throws {
    let session = try session("decay", "F10")
    let finding = try #require(session.state.finding(SpeedFinding.self, of: .speed))
    #expect(!finding.isTimed && !session.state.isStudying)
    let screen = Screen(session.state).frame.text
    #expect(screen.contains("no times in recordings"))
    // 2·96·80·64 by A; the slider starts at 10 % error.
    #expect(screen.contains("983 k"))
    #expect(screen.contains("break-even 43"))
  }

  @Test("the slider changes what is counted, and begins nothing anew; M measures at its rank")
  func slider() throws {
    let session = try session("decay", "F10")
    let request = session.state.studies[.speed]?.request
    try play("Right Right", session)
    #expect(session.state.studies[.speed]?.request == request)
    try play("M", session)
    #expect(session.state.finding(SpeedFinding.self, of: .speed)?.rank == session.state.rank)
    #expect(session.state.studies[.speed]?.request != request)
  }

  @Test("o takes the next number of columns, u the next λ; elsewhere they do nothing here")
  func keys() throws {
    let session = try session("decay", "F10 o")
    #expect(Screen(session.state).frame.text.contains("X of 512 columns"))
    let lambda = try #require(session.state.finding(SpeedFinding.self, of: .speed)?.inversion).lambda
    try play("u", session)
    let next = try #require(session.state.finding(SpeedFinding.self, of: .speed)?.inversion).lambda
    #expect(abs(next / lambda - 100) < 1e-9)
    try play("F2 o u", session)
    #expect(session.state.speedOptions.ridge == 1)
  }

  @Test("a zero matrix and one of a single value have their say", arguments: ["zero", "one", "diagonal"])
  func small(source: String) throws {
    for size in sizes {
      let session = try session(source, "F10", size)
      #expect(Screen(session.state).frame.text.contains("A·X") || size.columns < 80)
    }
  }
}

@Suite("The projection view")
struct ProjectionViewTests {
  private func finding(_ session: ExplorerSession) throws -> ProjectionFinding {
    try #require(session.state.finding(ProjectionFinding.self, of: .projection))
  }

  @Test("W A S D go from point to point, o u choose components, w exchanges rows and columns, d the distance")
  func keys() throws {
    let session = makeSession("decay")
    try play("F11", session)
    #expect(try finding(session).axis == .rows && finding(session).point == 0)
    let start = try finding(session).across.scores[0]
    // Row 1 is alone at σ₁ on the first component.
    #expect(abs(start) == 1)
    try play(start > 0 ? "A" : "D", session)
    #expect(try finding(session).point != 0)
    // Never the same component twice.
    try play("o u", session)
    #expect(try finding(session).across.index == 3 && finding(session).up.index == 4)
    try play("U U U", session)
    #expect(try finding(session).across.index == 3 && finding(session).up.index == 80)
    try play("w d", session)
    #expect(try finding(session).axis == .columns && finding(session).count == 80)
    #expect(try finding(session).metric == .cosine)
  }

  @Test("neighbours are those of the slider's rank, and moving it finds them anew")
  func rank() throws {
    let session = makeSession("decay")
    try play("F11 Home", session)
    #expect(try finding(session).rank == 0 && finding(session).neighbours.isEmpty)
    try play("5 Enter", session)
    #expect(try finding(session).rank == 5 && finding(session).neighbours.count == 8)
  }

  @Test("what is not centred is said to be energy")
  func centring() throws {
    let session = makeSession("decay")
    try play("F11", session)
    #expect(Screen(session.state).frame.text.contains("not centred"))
    try play("C C", session)
    #expect(session.state.preparation.centering == .columns)
    let screen = Screen(session.state).frame.text
    #expect(screen.contains("of the variance") && !screen.contains("not centred"))
  }

  @Test("a click picks the point that is drawn there")
  func click() throws {
    let session = makeSession("decay")
    try play("F11", session)
    let screen = Screen(session.state)
    var picked: Set<Int> = []
    for row in 0..<24 {
      for column in 0..<80 {
        for region in screen.regions.reversed() where region.rect.contains(Point(row: row, column: column)) {
          if case .project(.point(let point)) = region.action(.press, Point(row: row, column: column)) {
            picked.insert(point)
          }
          break
        }
      }
    }
    #expect(!picked.isEmpty && picked.allSatisfy { $0 < 96 })
  }

  @Test("empty and single matrices have their say", arguments: ["zero", "one", "gallery:wide"])
  func small(source: String) throws {
    for size in sizes {
      let session = makeSession(source, size: size)
      try play("F11 w W A S D", session)
      #expect(Screen(session.state).frame.text.contains("component") || size.columns < 80)
    }
  }
}
