import Explorer

/// Help and explanations, drawn over the view.
enum OverlayBox {
  /// The last row that `overlay` can scroll to, or choose.
  static func lastRow(_ overlay: Overlay, _ state: ExplorerState, in body: Rect) -> Int {
    switch overlay {
    case .help: max(0, KeyMap.helpLines(width: box(in: body).width - 4).count - helpHeight(box(in: body)))
    case .explain: max(0, (Report(state)?.explainable.count ?? 1) - 1)
    case .missing: ExplorerState.missingChoices.count - 1
    }
  }

  private static func box(in body: Rect) -> Rect {
    // Where little of the view would show beside it, nothing does.
    let width = body.width < 112 ? body.width : 96
    let height = body.height < 34 ? body.height : body.height - 4
    return Rect(
      row: body.row + (body.height - height) / 2, column: (body.width - width) / 2, height: height, width: width)
  }

  /// The lines of help inside `box`: less its border and the line that tells how to close it.
  private static func helpHeight(_ box: Rect) -> Int { box.height - 3 }

  static func draw(_ overlay: Overlay, _ state: ExplorerState, in body: Rect, on canvas: inout Canvas) {
    let box = box(in: body)
    canvas.frame.fill(box, " ", canvas.theme[.text])
    drawBorder(box, on: &canvas)
    canvas.hit(Rect(row: 0, column: 0, height: canvas.frame.size.rows, width: canvas.frame.size.columns)) {
      gesture, _ in
      gesture == .press ? .back : nil
    }
    let inner = Rect(row: box.row + 1, column: box.column + 2, height: box.height - 2, width: box.width - 4)
    canvas.focus(inner.row, inner.column)
    switch overlay {
    case .help(let scroll): drawHelp(scroll, state, in: inner, on: &canvas)
    case .explain(let row): drawExplanation(row, state, in: inner, on: &canvas)
    case .missing(let cells, let row): MissingChoice.draw(cells, chosen: row, in: inner, on: &canvas)
    }
  }

  private static func drawBorder(_ box: Rect, on canvas: inout Canvas) {
    let (horizontal, vertical): (Character, Character) = canvas.glyph(("─", "│"), ("-", "|"))
    for column in box.column..<box.right {
      canvas.put(horizontal, box.row, column, .label)
      canvas.put(horizontal, box.bottom - 1, column, .label)
    }
    for row in box.row..<box.bottom {
      canvas.put(vertical, row, box.column, .label)
      canvas.put(vertical, row, box.right - 1, .label)
    }
    let corners: [Character] = canvas.glyph(["┌", "┐", "└", "┘"], ["+", "+", "+", "+"])
    canvas.put(corners[0], box.row, box.column, .label)
    canvas.put(corners[1], box.row, box.right - 1, .label)
    canvas.put(corners[2], box.bottom - 1, box.column, .label)
    canvas.put(corners[3], box.bottom - 1, box.right - 1, .label)
  }

  private static func drawHelp(_ scroll: Int, _ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let lines = KeyMap.helpLines(width: rect.width, inBrowser: state.showsBrowser)
    let visible = rect.height - 1
    let first = max(0, min(scroll, lines.count - visible))
    for (offset, line) in lines.dropFirst(first).prefix(visible).enumerated() {
      let row = rect.row + offset
      switch line {
      case .section(let title): canvas.write(title, row, rect.column, .heading)
      case .binding(let keys, let meaning):
        canvas.write(keys, row, rect.column + 1, width: KeyMap.helpIndent - 2, .kept)
        canvas.write(meaning, row, rect.column + KeyMap.helpIndent, .text)
      case .blank: break
      }
    }
    let more = first + visible < lines.count ? "↓ more · Esc closes" : "Esc closes"
    canvas.writeRight(more, rect.bottom - 1, right: rect.right, .label)
  }

  private static func drawExplanation(_ chosen: Int, _ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let report = Report(state) else {
      canvas.write("nothing to explain before the spectrum is there", rect.row, rect.column, .label)
      return
    }
    let rows = report.explainable
    let index = min(chosen, rows.count - 1)
    let row = rows[index]
    let sentence = wrapped(row.sentence, width: rect.width)
    let formula = row.formula.split(separator: "\n").flatMap { wrapped(String($0), width: rect.width) }
    let below = sentence.count + formula.count + 1
    let listHeight = max(2, rect.height - below - 2)
    let first = max(0, min(rows.count - listHeight, index - listHeight / 2))
    for (offset, item) in rows.dropFirst(first).prefix(listHeight).enumerated() {
      let isChosen = first + offset == index
      let line = rect.row + offset
      if isChosen {
        canvas.frame.fill(
          Rect(row: line, column: rect.column, height: 1, width: rect.width), " ", canvas.theme[.chosen])
        canvas.focus(line, rect.column)
      }
      canvas.write(item.label, line, rect.column + 1, width: rect.width - 24, isChosen ? .chosen : .text)
      canvas.writeRight(item.value, line, right: rect.right - 1, isChosen ? .chosen : item.role)
    }
    canvas.hit(Rect(row: rect.row, column: rect.column, height: listHeight, width: rect.width)) { gesture, point in
      switch gesture {
      case .press, .drag: .explain(row: first + point.row - rect.row)
      case .wheel(let direction): .moveRow(-direction)
      case .hover: nil
      }
    }
    var line = rect.row + listHeight + 1
    for text in sentence {
      canvas.write(text, line, rect.column, .text)
      line += 1
    }
    for text in formula {
      canvas.write(text, line, rect.column, .kept)
      line += 1
    }
    canvas.writeRight("row \(index + 1) of \(rows.count), ↑ ↓ · Esc closes", rect.bottom - 1, right: rect.right, .label)
  }
}
