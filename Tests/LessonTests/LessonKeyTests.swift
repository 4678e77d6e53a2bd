import Explorer
import Testing

@testable import TerminalUI

@Suite("A lesson by its keys")
struct LessonKeyTests {
  @Test("a wrong guess is told how far off it was, and reveals what was hidden")
  func guess() throws {
    let room = try Classroom("edges")
    try room.press("Enter")
    #expect(room.state.view == .pictures)
    #expect(room.lesson?.hidden == [.overview, .spectrum])
    #expect(room.screen.contains("How many layers"))
    try room.press("1 2")
    #expect(room.lesson?.typed == "12")
    #expect(room.screen.contains("your guess, a rank: 12"))
    try room.press("Backspace 6 Enter")
    #expect(LessonFeedback(room.state)?.sentence == "You said 16, it is 1: 15 too many.")
    #expect(LessonFeedback(room.state)?.verdict == .wrong)
    #expect(room.state.view == .overview)
    #expect(room.screen.contains("15 too many") && room.screen.contains("One is enough"))
    #expect(room.lesson?.passed == ["straight"])
  }

  @Test("before the answer Tab shows that a panel is hidden, and nothing of it; v reveals without a guess")
  func hidden() throws {
    let room = try Classroom("edges")
    try room.press("Enter Tab")
    #expect(room.state.view == .overview)
    #expect(room.screen.contains("Overview: hidden until you have answered"))
    #expect(!room.screen.contains("ratio") && !room.screen.contains("terms="))
    try room.press("Tab Tab")
    #expect(room.state.view == .pictures && !room.screen.contains("error") && !room.screen.contains("energy"))
    try room.press("Tab")
    try room.press("i")
    #expect(room.state.overlay == nil && room.state.notice != nil)
    try room.press("v")
    #expect(room.lesson?.isRevealed == true)
    #expect(LessonFeedback(room.state)?.sentence == "It is 1.")
    #expect(room.lesson?.passed == [])
    try room.press("i")
    #expect(room.state.overlay != nil)
  }

  @Test("Tab stays among the step's panels, and function keys too")
  func panels() throws {
    let room = try Classroom("edges")
    try room.press("Enter v n")
    #expect(room.lesson?.step.id == "slanted")
    for expected in [ExplorerView.pictures, .overview, .pictures] {
      try room.press("Tab")
      #expect(room.state.view == expected)
    }
    try room.press("F3")
    #expect(room.state.view == .pictures && room.state.notice?.text.contains("other views") == true)
  }

  @Test("a goal is reached by moving, and only then")
  func goal() throws {
    let room = try Classroom("edges")
    try room.press("Enter v n")
    #expect(room.state.rank == 1 && room.lesson?.isReached == false)
    #expect(room.screen.contains("not yet"))
    try room.press("Right")
    #expect(room.state.rank == 2 && room.lesson?.isReached == false)
    let wanted = try #require(room.state.spectrum?.answers.first { $0.id == "error_10" }?.rank)
    try room.press("\(wanted) Enter")
    #expect(room.lesson?.isReached == true && room.screen.contains("Reached."))
    #expect(room.screen.contains("Rank \(wanted) now"))
    try room.press("r")
    #expect(room.lesson?.isReached == false && room.state.rank == 1)
    #expect(room.lesson?.passed.contains("slanted") == true)
  }

  @Test("a choice is made with arrows, letters or digits; the reply of a wrong one is shown")
  func choice() throws {
    let room = try Classroom("edges")
    try room.press("Enter v n n Enter")
    #expect(room.lesson?.choice == nil && room.lesson?.guess == nil)
    #expect(room.state.notice?.text.contains("no choice is marked") == true)
    try room.press("Down Down Up")
    #expect(room.lesson?.choice == 0)
    try room.press("c")
    #expect(room.lesson?.choice == 2)
    try room.press("b")
    #expect(room.lesson?.choice == 1 && room.lesson?.index == 2, "b is a choice here, not the step before")
    try room.press("C")
    #expect(room.lesson?.choice == 2)
    try room.press("1 Enter")
    #expect(room.lesson?.guess == .choice(0))
    #expect(room.screen.contains("Not A: B is right") && room.screen.contains("which row is next to which"))
    #expect(room.state.ghost != nil)
    try room.press("r Up")
    #expect(room.lesson?.choice == 2, "from none, up is the last")
    try room.press("r b Enter")
    #expect(LessonFeedback(room.state)?.verdict == .right)
  }

  @Test("going on without an answer takes two presses")
  func skipping() throws {
    let room = try Classroom("edges")
    try room.press("Enter n")
    #expect(room.lesson?.index == 0 && room.state.notice?.text.contains("not answered") == true)
    try room.press("Right n")
    #expect(room.lesson?.index == 0)
    try room.press("n")
    #expect(room.lesson?.index == 1)
    try room.press("b b")
    #expect(room.lesson?.index == 0)
  }

  @Test("Esc explores freely with all keys, says how to return, and returns to the step as it was")
  func exploring() throws {
    let room = try Classroom("edges")
    try room.press("Enter v n Right Right Esc")
    #expect(room.lesson?.isExploring == true)
    #expect(room.screen.contains("Esc or n goes back to step 2"))
    try room.press("Right*20 F3 b v T")
    #expect(room.state.view == .spectrum && room.state.preparation.isTransposed)
    try room.press("n")
    #expect(room.lesson?.isExploring == false && room.lesson?.step.id == "slanted")
    #expect(room.state.view == .overview && room.state.rank == 3 && !room.state.preparation.isTransposed)
    try room.press("Esc Esc")
    #expect(room.lesson?.isExploring == false && room.lesson?.index == 1)
  }

  @Test("another matrix that is opened is explored freely, and the step's returns")
  func openingAnother() throws {
    let room = try Classroom("edges")
    try room.press("Enter v")
    room.session.send(.run("open gallery:hilbert"))
    while room.session.takeResults() || !room.session.isIdle {}
    #expect(room.lesson?.isExploring == true && room.state.info?.source == "gallery:hilbert")
    try room.press("Esc")
    #expect(room.state.info?.source == "gallery:stripes,angle=0" && room.lesson?.isRevealed == true)
  }

  @Test("the last step leads back to the menu, which shows what was done; q does so from any")
  func end() throws {
    let room = try Classroom("edges")
    try room.press("Enter 1 Enter n v n")
    #expect(room.lesson?.index == 2)
    try room.press("B Enter n n")
    #expect(room.state.view == .lessons && room.lesson == nil)
    #expect(room.screen.contains("3 of 4"))
    #expect(room.kept.last?.passed == ["straight", "shuffled", "end"])
    try room.press("Enter n n q")
    #expect(room.state.view == .lessons && !room.state.isQuitting)
    try room.press("Enter")
    #expect(room.lesson?.index == 1, "a lesson goes on where it was left")
    try room.press("q q")
    #expect(room.state.isQuitting)
  }

  @Test("outside lessons n, b, r and v mean what they did")
  func elsewhere() throws {
    let room = try Classroom("edges")
    room.session.send(.run("open gallery:hilbert"))
    while room.session.takeResults() || !room.session.isIdle {}
    #expect(room.lesson == nil && room.state.showsMatrix)
    #expect(KeyMap.action(.character("n"), room.state) == nil)
    guard case .stepRule(1)? = KeyMap.action(.character("r"), room.state),
      case .toggleBlink? = KeyMap.action(.character("b"), room.state),
      case .nextColorMap? = KeyMap.action(.character("v"), room.state)
    else {
      Issue.record("the keys of the matrix changed")
      return
    }
  }
}
