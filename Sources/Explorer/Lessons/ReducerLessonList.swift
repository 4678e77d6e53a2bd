extension ExplorerState {
  /// Actions in the menu of lessons.
  mutating func reduceLessonList(_ action: ExplorerAction) -> [Effect] {
    let count = lessons.count
    switch action {
    case .moveRow(let step), .moveRank(let step): lessonRow.move(by: step, count: count)
    case .page(let sign): lessonRow.move(by: sign * max(1, size.rows / 2), count: count)
    case .goToStart: lessonRow.move(by: -count, count: count)
    case .goToEnd: lessonRow.move(by: count, count: count)
    case .chooseRow(let row):
      if row == lessonRow.index { return openLesson(row) }
      lessonRow.move(by: row - lessonRow.index, count: count)
    case .digit(let digit):
      if let row = digit.wholeNumberValue, lessons.indices.contains(row - 1) { lessonRow.index = row - 1 }
    case .confirm, .moveColumn(1): return openLesson(lessonRow.index)
    case .help: overlay = .help(scroll: 0)
    case .toggleTheme: toggleTheme()
    case .beginCommand(let text): prompt = Prompt(.command, text: text)
    default: break
    }
    return []
  }
}
