import Explorer
import Lessons
import Testing

@testable import TerminalUI

@Suite("A lesson on the screen")
struct LessonScreenTests {
  @Test("at 80 × 22 text, task and panel are there together, and nothing is cut", arguments: ["edges", "table"])
  func small(name: String) throws {
    let room = try Classroom(name)
    try room.press("Enter")
    for _ in try #require(room.lesson).lesson.steps {
      let lesson = try #require(room.lesson)
      let page = LessonPage.lines(room.state, width: 78)
      let layout = LessonLayout(room.state, in: Rect(row: 2, column: 0, height: 19, width: 80))
      #expect(!layout.isBeside && layout.panel.height >= 8 && layout.text.height >= page.count + 2)
      for line in page where !line.pieces.isEmpty {
        // The mark of a chosen row stands in its first cells.
        let joined: String = line.pieces.map(\.text).joined()
        let words = String(joined.drop(while: { (letter: Character) in letter == " " }))
        #expect(room.screen.contains(words))
      }
      #expect(room.screen.contains("step \(lesson.index + 1) of \(lesson.lesson.steps.count)"))
      if lesson.index + 1 < lesson.lesson.steps.count { try room.press("v n") }
    }
  }

  @Test("from 100 columns on the text stands beside the panel", arguments: [(30, 100), (36, 120), (50, 160)])
  func wide(rows: Int, columns: Int) throws {
    let room = try Classroom("edges", rows: rows, columns: columns)
    try room.press("Enter v")
    let lines = room.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let heading = try #require(lines.first { $0.contains("Straight stripes") })
    #expect(heading.contains("│") && room.screen.contains("step 1 of 4"))
    #expect(room.screen.contains("It is 1.") && room.screen.contains("break-even"))
  }

  @Test("the projector's large figures and plain characters hold in a lesson, too")
  func displays() throws {
    let projected = try Classroom("edges", rows: 30, columns: 100) { $0.display.isProjected = true }
    try projected.press("Enter v n")
    #expect(projected.screen.contains("of A’s parameters") || projected.screen.contains("parameters"))
    let ascii = try Classroom("edges", rows: 30, columns: 100) { $0.display.glyphs = .ascii }
    try ascii.press("Enter v n n")
    #expect(ascii.screen.utf8.allSatisfy { $0 < 0x80 })
    #expect(ascii.screen.contains("What happens to the singular values?"))
  }

  @Test("the menu tells level, minutes, what is corrected, and what was done")
  func menu() throws {
    let room = try Classroom("edges") {
      $0.lessonProgress["edges"] = LessonProgress(name: "edges", passed: ["straight"], last: "slanted")
    }
    for text in [
      "Edges and rank", "beginner", "5 min", "1 of 4", "sharp edges has a high rank", "goes on where you left",
    ] {
      #expect(room.screen.contains(text))
    }
  }

  @Test("every size of screen is drawn, while learning, exploring and choosing")
  func sizes() throws {
    for (rows, columns) in [(16, 60), (18, 79), (22, 80), (24, 99), (60, 200)] {
      let room = try Classroom("table", rows: rows, columns: columns)
      try room.press("Enter 50 Enter n Esc n q")
      #expect(!room.screen.isEmpty)
    }
  }
}

@Suite("A lesson in sentences")
struct PlainLessonTests {
  @Test("a step says its text, its question and what to say; an answer how far off it was")
  func sentences() throws {
    let room = try Classroom("table")
    try room.press("Enter")
    let step = PlainLesson.step(room.state)
    #expect(step.first == "A table with its means. Step 1 of 2.")
    #expect(step.contains("Which error is left at rank 1?"))
    #expect(step.contains { $0.contains("Measurements of 30 flowers") })
    #expect(PlainLesson.refusal(of: "report", room.state) != nil)
    guard let action = PlainLesson.action("predict 50 %", room.state) else {
      Issue.record("predict is not understood")
      return
    }
    room.session.send(action)
    let outcome = PlainLesson.outcome(room.state)
    let error = try #require(room.state.spectrum?.analysis.relativeFrobeniusError(rank: 1).middle)
    #expect(outcome.first?.hasPrefix("You said 50.0 %, it is ") == true, "\(outcome)")
    #expect(error < 0.1 && outcome.first?.hasSuffix("times too high.") == true)
    #expect(PlainLesson.refusal(of: "report", room.state) == nil)
    #expect(outcome.last == "“next” goes on.")
    guard case .lesson(.next)? = PlainLesson.action("next", room.state) else {
      Issue.record("next is not understood")
      return
    }
  }
}
