import Checkpoints
import Explorer
import MatrixFiles
import RankAnalysis

/// The tensors of a file that holds several: a tree by the segments of their names, or a list, with figures of each.
struct TensorPanel: Panel {
  let view = ExplorerView.tensors
  let title = "Tensors"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let browser = state.browser else { return }
    let layout = BrowserLayout(in: rect)
    let columns = TensorColumns(browser, in: rect)
    drawHeadings(browser, columns, row: layout.heading, in: rect, on: &canvas)
    let list = layout.list
    if browser.rows.isEmpty {
      canvas.write("no name matches “\(printable(browser.filter))”", list.row, list.column + 2, .label)
    }
    for line in 0..<list.height where browser.rows.indices.contains(browser.top + line) {
      let index = browser.top + line
      TensorRow(browser, browser.rows[index], columns, isChosen: index == browser.chosen)
        .draw(row: list.row + line, in: list, on: &canvas)
    }
    let (top, chosen, count) = (browser.top, browser.chosen, browser.rows.count)
    canvas.hit(list) { gesture, point in
      switch gesture {
      case .press:
        let row = top + point.row - list.row
        return row >= count ? nil : row == chosen ? .confirm : .chooseRow(row)
      case .wheel(let direction): return .scroll(-3 * direction)
      case .drag, .hover: return nil
      }
    }
    if let item = browser.chosenItem {
      TensorDetail.draw(browser, item, row: layout.detail, in: rect, on: &canvas)
    }
  }

  private func drawHeadings(
    _ browser: Browser, _ columns: TensorColumns, row: Int, in rect: Rect, on canvas: inout Canvas
  ) {
    heading("name", "tensor", browser, row, rect.column + 2, columns.name, isRight: false, on: &canvas)
    for column in columns.columns {
      if column.isSparkline {
        let texts = ["spectrum, 2 decades", "spectrum"]
        canvas.write(firstOf: texts, row, column.start, width: column.width, .label)
      } else {
        heading(
          column.column.id, column.column.title, browser, row, column.start, column.width,
          isRight: column.column.alignment == .right, on: &canvas)
      }
    }
  }

  /// A heading, with the way the list is sorted; a click on it sorts.
  private func heading(
    _ id: String, _ title: String, _ browser: Browser, _ row: Int, _ start: Int, _ width: Int, isRight: Bool,
    on canvas: inout Canvas
  ) {
    var text = title
    var role = Role.label
    if let sorting = browser.sorting, sorting.column == id {
      text += sorting.isDescending ? canvas.glyph(" ↓", " v") : canvas.glyph(" ↑", " ^")
      role = .heading
    }
    if isRight {
      canvas.writeRight(text, row, right: start + width, role)
    } else {
      canvas.write(text, row, start, width: width + 2, role)
    }
    canvas.hit(Rect(row: row, column: start, height: 1, width: width)) { gesture, _ in
      gesture == .press ? .sortBy(id) : nil
    }
  }
}

/// What is said of the chosen tensor on one line.
enum TensorDetail {
  static func draw(_ browser: Browser, _ index: Int, row: Int, in rect: Rect, on canvas: inout Canvas) {
    let item = browser.items[index]
    let column = rect.column + 2
    let width = rect.width - 4
    if let refusal = item.refusal {
      canvas.write(refusal.reason, row, column, width: width, .limit)
      return
    }
    if let failure = browser.failures[index] {
      canvas.write(failure, row, column, width: width, .limit)
      return
    }
    var facts = [item.shape, item.type, item.bytes.map { NumberFormat.bytes($0) } ?? ""]
    if let count = browser.expertCount(of: index) {
      facts.append("\(NumberFormat.grouped(count)) experts, each a row below it in the list")
    }
    if let found = browser.findings[index] {
      if found.nonfinite > 0 {
        let count = found.nonfinite == 1 ? "1 entry is" : "\(NumberFormat.grouped(found.nonfinite)) entries are"
        facts.append("\(count) NaN or infinite: no spectrum")
      } else {
        facts.append("break-even at k = \(NumberFormat.grouped(found.breakEvenRank))")
      }
      if found.zeroRows > 0 { facts.append("\(NumberFormat.grouped(found.zeroRows)) zero rows") }
    }
    if let aliases = item.entry?.aliases, let first = aliases.first {
      facts.append("also \(printable(first))" + (aliases.count > 1 ? " and \(aliases.count - 1) more" : ""))
    }
    facts.removeAll(where: \.isEmpty)
    // The name comes first; what does not fit beside it the list tells, too.
    while facts.count > 1, cellWidth(facts.joined(separator: " · ")) + 2 + min(48, item.name.count) > width {
      facts.removeLast()
    }
    let text = facts.joined(separator: " · ")
    let room = width - cellWidth(text) - 2
    let name = shortenedName(item.name, width: max(20, room), ellipsis: canvas.glyph("…", "~")).text
    let used = canvas.write(name, row, column, width: width, .text)
    canvas.write(text, row, column + used + 2, width: width - used - 2, .label)
  }
}
