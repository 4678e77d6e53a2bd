import Experiments
import Explorer
import Testing
import TerminalUI

@Suite("The race view")
struct RaceViewTests {
  private func session(_ source: String, columns: Int = 80, rows: Int = 24, _ display: Display = Display()) throws
    -> ExplorerSession
  {
    let session = makeSession(source, size: ScreenSize(rows: rows, columns: columns), display: display)
    try play("F12", session)
    return session
  }

  @Test(
    "every method has its line, its error, its own parameters; the bound is drawn", arguments: [(80, 24), (160, 50)])
  func lines(columns: Int, rows: Int) throws {
    let session = try session("decay", columns: columns, rows: rows)
    try play("1 0 Enter", session)
    let finding = try #require(session.state.finding(RaceFinding.self, of: .race))
    #expect(finding.rank == 10 && finding.seed == 1 && !finding.isTimed)
    let text = Screen(session.state).frame.text
    #expect(text.contains("bound ▸") && text.contains("seed 1") && text.contains("x: iterations"))
    for lane in finding.lanes {
      #expect(text.contains(columns > 118 ? lane.title : lane.id))
      if lane.id != "id" && lane.id != "cur" && lane.points.count > 0 { #expect(lane.parameterCount == 1760) }
    }
    #expect(text.contains("1,760"))
    // The step size of gradient descent: 1/(2σ₁) = 0.5 at the start, and halved at most now and then.
    #expect(text.contains("step"))
    // In a recording there is no time.
    #expect(!text.contains(" ms") && !text.contains("time "))
  }

  @Test("keys change the seed and the axis; another seed is another race, another axis is not")
  func keys() throws {
    let session = try session("decay")
    try play("5 Enter", session)
    let first = try #require(session.state.finding(RaceFinding.self, of: .race))
    try play("x", session)
    #expect(session.state.raceOptions.showsSeconds && !session.state.logarithmicIndex)
    #expect(session.state.finding(RaceFinding.self, of: .race) == first)
    try play("d", session)
    let second = try #require(session.state.finding(RaceFinding.self, of: .race))
    #expect(second.seed == 2 && second.lanes != first.lanes && second.bound == first.bound)
    try play("F2 x d", session)
    #expect(session.state.logarithmicIndex && session.state.raceOptions.seed == 2)
  }

  @Test("rank 0 has no race and says so; a race reads as sentences, and as ASCII", arguments: [false, true])
  func sentences(isASCII: Bool) throws {
    var display = Display()
    if isASCII { display.glyphs = .ascii }
    let session = try session("decay", display)
    try play("g", session)
    #expect(Screen(session.state).frame.text.contains("At rank 0 there is nothing to factor"))
    try play("3 Enter", session)
    let text = Screen(session.state).frame.text
    if isASCII { #expect(text.utf8.allSatisfy { $0 < 0x80 }) }
    let plain = PlainText.race(session.state)
    #expect(plain.first?.hasPrefix("At rank 3 no error can be below") == true)
    #expect(
      plain.contains {
        $0.hasPrefix("Alternating least squares: error") && $0.contains("528 parameters, 3 × (96 + 80)")
      })
    #expect(plain.contains { $0.hasPrefix("Outside the race is") })
  }
}
