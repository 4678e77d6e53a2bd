import Explorer

/// How a step shares the screen: its text beside the panel where there is room, above it where there is not.
struct LessonLayout {
  /// The text, its heading and the line for the answer.
  let text: Rect
  /// The view.
  let panel: Rect

  /// The narrowest screen with two columns.
  private static let twoColumns = 100

  init(_ state: ExplorerState, in body: Rect) {
    if body.width >= Self.twoColumns {
      let share = state.display.isProjected ? 44 : 40
      let width = max(40, min(state.display.isProjected ? 64 : 54, body.width * share / 100))
      text = Rect(row: body.row, column: body.column, height: body.height, width: width)
      panel = Rect(row: body.row, column: body.column + width + 1, height: body.height, width: body.width - width - 1)
    } else {
      // The panel keeps two fifths of the height, whatever the text takes.
      let lines = LessonPage.lines(state, width: body.width - 2).count
      let height = min(max(4, lines + 2), max(4, body.height - max(8, body.height * 2 / 5)))
      text = Rect(row: body.row, column: body.column, height: height, width: body.width)
      panel = Rect(
        row: body.row + height, column: body.column, height: body.height - height, width: body.width)
    }
  }

  /// Whether the text stands beside the panel.
  var isBeside: Bool { panel.row == text.row }

  /// What panels have of `body` in `state`.
  static func panel(_ state: ExplorerState, in body: Rect) -> Rect {
    state.showsLesson ? LessonLayout(state, in: body).panel : body
  }
}
