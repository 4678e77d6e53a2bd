import Explorer
import RankAnalysis

/// The text of a step: heading, text, question or answer, and the line that says what to do.
enum LessonColumn {
  static func draw(_ state: ExplorerState, in layout: LessonLayout, on canvas: inout Canvas) {
    guard let lesson = state.lesson else { return }
    let rect = layout.text
    canvas.frame.fill(rect, " ", canvas.theme[.text])
    let inner = Rect(
      row: rect.row, column: rect.column + 1, height: rect.height, width: rect.width - (layout.isBeside ? 3 : 2))
    drawHeading(lesson, isTwoLines: layout.isBeside, in: inner, on: &canvas)
    let lines = LessonPage.lines(state, width: inner.width)
    let first = inner.row + (layout.isBeside ? 3 : 1)
    let action = layout.isBeside ? min(inner.bottom - 1, first + lines.count + 1) : inner.bottom - 1
    let room = max(0, action - first)
    // What does not fit loses its middle: the question stands at the end.
    let isTooLong = lines.count > room
    for (offset, line) in (isTooLong ? Array(lines.suffix(room)) : lines).enumerated() {
      draw(line, lesson, row: first + offset, in: inner, on: &canvas)
    }
    drawAction(state, lesson, row: action, in: inner, on: &canvas)
    if layout.isBeside {
      for row in rect.row..<rect.bottom { canvas.put(canvas.glyph("│", "|"), row, rect.right - 1, .grid) }
    }
  }

  private static func drawHeading(
    _ lesson: LessonState, isTwoLines: Bool, in rect: Rect, on canvas: inout Canvas
  ) {
    let place = "step \(lesson.index + 1) of \(lesson.lesson.steps.count)"
    if isTwoLines {
      canvas.write(place, rect.row, rect.column, width: rect.width, .label)
      canvas.write(
        lesson.step.title ?? lesson.lesson.title, rect.row + 1, rect.column, width: rect.width, .heading)
      return
    }
    canvas.writeRight(place, rect.row, right: rect.right, .label)
    canvas.write(
      lesson.step.title ?? lesson.lesson.title, rect.row, rect.column, width: rect.width - place.count - 2, .heading)
  }

  private static func draw(
    _ line: LessonPage.Line, _ lesson: LessonState, row: Int, in rect: Rect, on canvas: inout Canvas
  ) {
    var isMarked = false
    if case .choice(let index, let isFirst) = line.kind {
      isMarked = index == lesson.choice
      if isMarked {
        canvas.frame.fill(Rect(row: row, column: rect.column, height: 1, width: rect.width), " ", canvas.theme[.chosen])
      }
      if isMarked, isFirst {
        canvas.put(canvas.glyph("▸", ">"), row, rect.column, .chosen)
        canvas.focus(row, rect.column)
      }
      canvas.hit(Rect(row: row, column: rect.column, height: 1, width: rect.width)) { gesture, _ in
        gesture == .press ? .lesson(isMarked ? .submit : .choose(index)) : nil
      }
    }
    var column = rect.column
    for (index, piece) in line.pieces.enumerated() {
      // The mark of a chosen row stands in its first cell.
      let text = isMarked && index == 0 && piece.text.hasPrefix(" ") ? String(piece.text.dropFirst()) : piece.text
      if text.count < piece.text.count { column += 1 }
      let role = isMarked ? .chosen : role(piece.style, line.kind)
      column += canvas.write(text, row, column, width: rect.right - column, role)
    }
  }

  private static func role(_ style: LessonText.Style, _ kind: LessonPage.Kind) -> Role {
    switch kind {
    case .question, .hint: style == .code ? .kept : .value
    case .verdict(.right): .kept
    case .verdict(.wrong): .limit
    case .verdict(.shown): .value
    case .text, .choice, .reply:
      switch style {
      case .plain: .text
      case .emphasis: .emphasis
      case .strong: .heading
      case .code: .kept
      }
    }
  }

  /// The line that says what to do, and takes the guess.
  private static func drawAction(
    _ state: ExplorerState, _ lesson: LessonState, row: Int, in rect: Rect, on canvas: inout Canvas
  ) {
    guard let prediction = lesson.prediction, lesson.isAsking else {
      let isOver = lesson.index + 1 == lesson.lesson.steps.count
      let onward = isOver ? "n ends the lesson" : "n goes on"
      let text =
        lesson.goal != nil && !lesson.isReached ? "not yet\(lesson.goal?.hint == nil ? "" : " · v hints")" : onward
      canvas.write(text, row, rect.column, width: rect.width, lesson.isDone ? .kept : .label)
      return
    }
    guard prediction.kind != .choice else {
      canvas.write(
        firstOf: ["↑ ↓ or A–\(lesson.lastLetter), then Enter · v shows the answer", "↑ ↓, then Enter"], row,
        rect.column,
        width: rect.width, .label)
      if lesson.choice == nil { canvas.focus(row, rect.column) }
      return
    }
    let what =
      switch prediction.kind {
      case .rank: "your guess, a rank: "
      case .error: "your guess, in %: "
      case .number, .choice: "your guess: "
      }
    var column = rect.column + canvas.write(what, row, rect.column, width: rect.width, .label)
    column += canvas.write(lesson.typed, row, column, width: rect.right - column, .value)
    canvas.put(canvas.glyph("▁", "_"), row, column, .value)
    canvas.focus(row, column)
    let hint = lesson.typed.isEmpty ? "   v shows it" : "   Enter"
    canvas.write(hint, row, column + 1, width: max(0, rect.right - column - 1), .label)
  }
}

extension LessonState {
  fileprivate var lastLetter: Character {
    ExplorerState.choiceLetters[max(0, min(ExplorerState.choiceLetters.count, prediction?.choices.count ?? 1) - 1)]
  }
}

/// What stands where a view is hidden until the answer is given.
enum HiddenPanel {
  static func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let title = PanelCatalog.panel(state.view)?.title ?? ""
    let lines = ["\(title): hidden until you have answered", "v shows it without an answer"]
    for (index, line) in lines.enumerated() {
      canvas.write(
        line, rect.row + max(0, rect.height / 2 - 1) + index, rect.column + max(1, (rect.width - cellWidth(line)) / 2),
        width: rect.width - 2, index == 0 ? .text : .label)
    }
  }
}
