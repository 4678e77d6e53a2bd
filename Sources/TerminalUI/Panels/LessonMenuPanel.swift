import Explorer

/// The menu of lessons: level, minutes, the misconception, and how far each was taken.
struct LessonMenuPanel: Panel {
  let view = ExplorerView.lessons
  let title = "Lessons"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    canvas.write("Lessons", rect.row, rect.column + 2, .heading)
    let height = max(1, rect.height - 9)
    let list = Rect(row: rect.row + 2, column: rect.column + 1, height: height, width: rect.width - 2)
    let titles = state.lessons.enumerated().map { index, lesson in
      "\(index + 1 < 10 ? " " : "")\(index + 1)  \(lesson.title)"
    }
    RowList.draw(titles, chosen: state.lessonRow.index, in: list, on: &canvas)
    let first = max(0, min(state.lessons.count - list.height, state.lessonRow.index - list.height / 2))
    for line in 0..<min(list.height, state.lessons.count) {
      let lesson = state.lessons[first + line]
      canvas.writeRight(
        facts(lesson, state), list.row + line, right: list.right - 1,
        first + line == state.lessonRow.index ? .chosen : .label)
    }
    guard state.lessons.indices.contains(state.lessonRow.index) else { return }
    drawChosen(
      state.lessons[state.lessonRow.index], state,
      in: Rect(
        row: list.bottom + 1, column: rect.column + 2, height: rect.bottom - list.bottom - 1, width: rect.width - 4),
      on: &canvas)
  }

  private func facts(_ lesson: Lesson, _ state: ExplorerState) -> String {
    let passed = passed(lesson, state)
    let done = passed == lesson.steps.count ? "done" : "\(passed) of \(lesson.steps.count)"
    return "\(lesson.level.rawValue)   \(lesson.minutes) min   \(passed == 0 ? "new" : done)"
  }

  /// The steps of `lesson` whose task was done.
  private func passed(_ lesson: Lesson, _ state: ExplorerState) -> Int {
    let known = state.lessonProgress[lesson.name]?.passed ?? []
    return lesson.steps.count { known.contains($0.id) }
  }

  private func drawChosen(_ lesson: Lesson, _ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    canvas.write(lesson.title, rect.row, rect.column, width: rect.width, .heading)
    canvas.write("You may believe:", rect.row + 1, rect.column, width: rect.width, .label)
    for (index, line) in wrapped(lesson.misconception, width: rect.width).prefix(max(0, rect.height - 4)).enumerated() {
      canvas.write(line, rect.row + 2 + index, rect.column, .text)
    }
    let isBegun = passed(lesson, state) > 0 && passed(lesson, state) < lesson.steps.count
    canvas.write(
      isBegun ? "Enter goes on where you left" : "Enter begins", rect.bottom - 1, rect.column, width: rect.width, .kept)
  }
}
