import Explorer
import Lessons
import Testing

@testable import TerminalUI

@Suite("Built-in lessons")
struct BuiltInLessonTests {
  @Test("each is read without a problem", arguments: BuiltInLessons.names)
  func check(name: String) throws {
    let text = try #require(BuiltInLessons.text(of: name))
    let (lesson, problems) = LessonCheck.read(text, name: name, directory: nil)
    #expect(lesson != nil)
    #expect(problems.map(\.description) == [])
  }

  @Test(
    "each is played to its end: every step reached, every task done, room for its text at 100 × 30, no panel empty",
    arguments: BuiltInLessons.names)
  func panels(name: String) throws {
    let lesson = try #require(BuiltInLessons.all.first { $0.name == name })
    let replay = LessonReplay(lesson)
    replay.layout = { Screen.layout($0) }
    var looked = 0
    replay.look = { state, moment in
      let layout = LessonLayout(state, in: ScreenLayout(state.size).body)
      let lines = LessonPage.lines(state, width: layout.text.width - 3).count
      #expect(lines + 4 <= layout.text.height, "\(name), step \(state.lesson?.step.id ?? "?")")
      guard case .panel(let view, _) = moment else { return }
      looked += 1
      let frame = Screen(state).frame
      let panel = layout.panel
      let drawn = (panel.row..<panel.bottom).reduce(0) { sum, row in
        sum + (panel.column..<panel.right).count { frame[row, $0].character.map { $0 != " " } ?? true }
      }
      #expect(drawn > 100, "\(name): \(view) is empty")
    }
    #expect(replay.run().map(\.sentence) == [])
    #expect(looked >= lesson.steps.count)
  }
}
