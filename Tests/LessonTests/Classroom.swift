import Explorer
import Foundation
import Lessons
import MatrixFiles
import MatrixSources
import Testing

@testable import TerminalUI

/// The fixtures' directory.
let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path()

/// A lesson on a screen, moved by keys; work runs at once.
final class Classroom {
  let session: ExplorerSession
  /// Every progress that was to be kept, in order.
  private(set) var kept: [LessonProgress] = []

  /// The menu with the built-in lesson called `name`, or that in the fixture.
  init(_ name: String, rows: Int = 22, columns: Int = 80, _ change: (inout ExplorerState) -> Void = { _ in }) throws {
    let (lesson, problems) =
      if let builtIn = BuiltInLessons.all.first(where: { $0.name == name }) {
        (builtIn as Lesson?, [LessonProblem]())
      } else {
        try LessonCheck.read(file: fixtures + "/\(name).yaml")
      }
    try #require(problems.isEmpty)
    var state = ExplorerState(size: ScreenSize(rows: rows, columns: columns), display: Display(), gallery: [])
    state.home = .lessons
    state.view = .lessons
    state.lessons = [try #require(lesson)]
    change(&state)
    session = ExplorerSession(
      state, on: .immediate,
      opener: { (name, control) throws(FileError) in try SourceOpener.open(name, control: control) }, wake: {})
    session.host = { [unowned self] effect in
      if case .keepProgress(let progress) = effect { kept.append(progress) }
    }
  }

  var state: ExplorerState { session.state }
  var lesson: LessonState? { state.lesson }

  /// Presses the keys of a recording.
  func press(_ keys: String) throws {
    for step in try Script(keys).steps {
      guard case .key(let key) = step else { continue }
      if let action = KeyMap.action(key, state) { session.send(action) }
      repeat {
        let facts = Screen.layout(state)
        if facts != state.layout { session.send(.layout(facts)) }
      } while session.takeResults() || !session.isIdle
    }
  }

  /// The screen's characters.
  var screen: String { Screen(state).frame.text }
}
