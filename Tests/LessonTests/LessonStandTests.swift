import Experiments
import Explorer
import Testing

@testable import TerminalUI

@Suite("What a step of a lesson stands on")
struct LessonStandTests {
  /// The lesson on overfitting, at the step called `id`.
  private func overfitting(_ id: String, rows: Int = 22, columns: Int = 80) throws -> Classroom {
    let room = try Classroom("overfitting", rows: rows, columns: columns)
    try room.press("Enter")
    while room.lesson?.step.id != id {
      let index = room.lesson?.index
      try room.press("v n")
      if room.lesson?.index == index { try room.press("n") }
    }
    return room
  }

  @Test("each step holds out what it speaks of, whatever was held out before")
  func holdout() throws {
    let room = try overfitting("rows")
    #expect(room.state.view == .pictures)
    try room.press("v")
    #expect(room.state.view == .validation && room.state.validationOptions.kind == .rows)
    try room.press("n")
    #expect(room.state.validationOptions.kind == .rows && room.screen.contains("validate nothing"))
    try room.press("o d v n")
    #expect(room.lesson?.step.id == "blocks" && room.state.validationOptions == ValidationOptions())
    try room.press("v n o")
    #expect(room.lesson?.step.id == "minimum" && room.state.validationOptions.kind == .rows)
    try room.press("r 4 Enter")
    #expect(room.lesson?.isReached == true && room.state.validationOptions.kind == .blocks)
  }

  @Test("the : command holds out what it names, and says what there is")
  func command() throws {
    let room = try overfitting("minimum")
    for (word, kind) in [("rows", HoldoutKind.rows), ("entries", .entries), ("blocks", .blocks)] {
      room.session.send(.run("holdout \(word)"))
      #expect(room.state.validationOptions.kind == kind)
    }
    room.session.send(.run("holdout everything"))
    #expect(room.state.notice?.isError == true && room.state.notice?.text.contains("blocks, rows or entries") == true)
  }

  @Test("the dip of the held-out curve shows at 80 × 22")
  func dip() throws {
    let room = try overfitting("minimum")
    let lines = room.screen.split(separator: "\n", omittingEmptySubsequences: false)
    // From the upper end at k = 0 the curve comes down by at least three rows, and goes up again.
    let finding = try #require(room.state.finding(ValidationFinding.self, of: .validation))
    let range = HoldoutRange(finding, floor: 0, logarithmic: true)
    let axis = range.closeAxis(rows: 5)
    let errors = finding.errors.map { $0.squareRoot() }
    let best = try #require(finding.best)
    #expect(finding.ranks[best] == 4)
    #expect(axis.eighths(errors[0]) - axis.eighths(errors[best]) >= 20)
    #expect(axis.eighths(errors[errors.count - 1]) - axis.eighths(errors[best]) >= 20)
    #expect(axis.eighths(errors[best]) > 0 && lines.count >= 22)
  }

  @Test("while a step asks, no rule has a tick, and held-out blocks leave none behind")
  func ticks() throws {
    let room = try overfitting("weak")
    try room.press("Tab Tab")
    for _ in 0..<3 {
      #expect(!room.screen.contains("noise rule") && !room.screen.contains("bi-cross-validation"))
      try room.press("Tab")
    }
    #expect(room.state.spectrum?.answers.contains { $0.id == "bi_cross_validation" } == false)
    try room.press("v")
    #expect(room.state.view == .validation && room.screen.contains("noise rule"))
    #expect(room.state.spectrum?.answers.contains { $0.id == "bi_cross_validation" } == true)
    try room.press("r")
    #expect(room.state.spectrum?.answers.contains { $0.id == "bi_cross_validation" } == false)
  }

  @Test("keys that prepare the matrix another way ask to explore first, and no notice names them")
  func preparing() throws {
    let room = try Classroom("edges")
    try room.press("Enter")
    for key in ["C", "T", "N"] {
      try room.press(key)
      #expect(room.state.preparation == room.lesson?.step.preparation)
      #expect(room.state.notice?.text.contains("Esc explores freely") == true)
    }
    try room.press("Esc C")
    #expect(room.state.preparation != room.lesson?.step.preparation)
  }

  @Test("exploring another matrix and looking at it in another way leaves the step as it was")
  func back() throws {
    let room = try Classroom("photograph")
    try room.press("Enter")
    #expect(room.state.view == .pictures && !room.state.pictureView.isWindowed)
    let (pictures, rank) = (room.state.pictureView, room.state.rank)
    try room.press("Esc")
    room.session.send(.run("open gallery:identity"))
    try room.press("v z Right n")
    #expect(room.lesson?.isExploring == false && room.state.view == .pictures)
    #expect(room.state.pictureView == pictures && room.state.rank == rank)
    try room.press("Esc C L n")
    #expect(room.state.pictureView == pictures && room.state.preparation == room.lesson?.step.preparation)
  }

  @Test("what is compared takes the keys' place on no step")
  func comparison() throws {
    let room = try Classroom("edges")
    try room.press("Enter v n n B Enter")
    #expect(room.state.ghost != nil && room.state.notice == nil)
  }

  @Test("v says so where there is no hint, and a stressed word is as bright as the rest")
  func unlovely() throws {
    let room = try overfitting("perfect")
    try room.press("v")
    #expect(room.state.notice?.text.contains("no hint") == true)
    for theme in [ThemeName.dark, .light, .contrast] {
      let theme = Theme(Display(theme: theme))
      #expect(theme[.emphasis].foreground == theme[.text].foreground && theme[.emphasis].isUnderlined)
    }
  }

  private func means(_ line: String, _ action: LessonAction, _ room: Classroom) -> Bool {
    if case .lesson(action)? = PlainLesson.action(line, room.state) { true } else { false }
  }

  @Test("in sentences a number alone answers, a letter chooses, n goes on")
  func sentences() throws {
    let room = try Classroom("edges")
    try room.press("Enter")
    #expect(means("12", .answer("12"), room))
    #expect(means("n", .next, room))
    #expect(PlainLesson.task(room.state).last?.contains("“next” goes on without") == true)
    try room.press("v n")
    #expect(PlainLesson.action("12", room.state) == nil)
    try room.press("n n")
    #expect(means("b", .answer("b"), room))
    #expect(PlainText.sentence("where is the man?") == "Where is the man?")
  }
}
