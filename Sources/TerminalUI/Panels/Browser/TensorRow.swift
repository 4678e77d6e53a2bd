import Checkpoints
import Explorer
import RankAnalysis

/// A row of the list of tensors.
struct TensorRow {
  private let browser: Browser
  private let row: Browser.Row
  private let columns: TensorColumns
  private let isChosen: Bool

  init(_ browser: Browser, _ row: Browser.Row, _ columns: TensorColumns, isChosen: Bool) {
    self.browser = browser
    self.row = row
    self.columns = columns
    self.isChosen = isChosen
  }

  func draw(row line: Int, in rect: Rect, on canvas: inout Canvas) {
    if isChosen {
      canvas.frame.fill(
        Rect(row: line, column: rect.column, height: 1, width: rect.width), " ", canvas.theme[.chosen])
      canvas.focus(line, rect.column)
    }
    drawName(line, rect.column + 2, on: &canvas)
    guard let index = browser.item(row) else { return }
    let item = browser.items[index]
    for column in columns.columns {
      if column.isSparkline {
        drawSpectrum(index, column, line, on: &canvas)
        continue
      }
      let isUnicode = !canvas.isASCII
      let text =
        column.column.id == "shape"
        ? item.shape : item.entry.map { column.column.text($0, browser.findings[index], isUnicode: isUnicode) } ?? ""
      let style = canvas.theme.style(role(of: column.column, index), isChosen: isChosen)
      let shown = canvas.isASCII ? spelledInASCII(text) : text
      if column.column.alignment == .right {
        let start = max(column.start, column.right - cellWidth(shown))
        canvas.frame.write(shown, row: line, column: start, width: column.right - start, style)
      } else {
        canvas.frame.write(shown, row: line, column: column.start, width: column.width, style)
      }
    }
  }

  private func role(of column: ScanColumn, _ index: Int) -> Role {
    guard browser.items[index].entry != nil, browser.items[index].isMatrix || browser.findings[index] != nil else {
      return .grid
    }
    switch column.id {
    case "k10_ratio":
      guard let ratio = browser.findings[index]?.tenPercentRatio else { return .label }
      return ratio > 1 ? .limit : .kept
    case "error_at_break_even": return .text
    default: return .label
    }
  }

  // MARK: The name

  private func drawName(_ line: Int, _ column: Int, on canvas: inout Canvas) {
    switch row {
    case .item(let item): drawFound(browser.items[item], line, column, on: &canvas)
    case .node(let index):
      let node = browser.tree.nodes[index]
      let indent = min(2 * node.depth, columns.name / 2)
      var start = column + indent
      var room = columns.name - indent
      let unlisted = node.item.map(browser.unlistedParts) ?? 0
      let isClosed = browser.closed.contains(index) || node.children.isEmpty
      if !node.children.isEmpty || unlisted > 0 {
        let mark = isClosed ? canvas.glyph("▸", "+") : canvas.glyph("▾", "-")
        canvas.frame.write(mark, row: line, column: start, canvas.theme.style(.label, isChosen: isChosen))
      }
      start += 2
      room -= 2
      let role: Role = node.item.map { item in self.role(ofName: browser.items[item]) } ?? .text
      let ellipsis: Character = canvas.glyph("…", "~")
      var label = node.label
      // What the rows around it begin with, too, goes first: rows that differ stay apart.
      if label.count > room, node.shared > 1 { label = String(ellipsis) + label.dropFirst(node.shared) }
      let name = shortenedInMiddle(label, width: room, ellipsis: ellipsis).text
      let used = canvas.frame.write(
        name, row: line, column: start, width: room, canvas.theme.style(role, isChosen: isChosen))
      let others = node.tensors - (node.item == nil ? 0 : 1) + unlisted
      guard others > 0, isClosed else { return }
      let count = node.item == nil ? "\(NumberFormat.grouped(others))" : "+\(NumberFormat.grouped(others))"
      let more = node.item == nil ? "  \(count) tensors · \(NumberFormat.count(Double(node.parameters)))" : " \(count)"
      let end = node.item == nil ? (columns.columns.first?.right ?? start + room) : start + room
      if start + used + cellWidth(more) <= end {
        let text = canvas.isASCII ? spelledInASCII(more) : more
        canvas.frame.write(
          text, row: line, column: start + used, canvas.theme.style(.grid, isChosen: isChosen))
      }
    }
  }

  /// A name with what was searched for in it.
  private func drawFound(_ item: BrowserItem, _ line: Int, _ column: Int, on canvas: inout Canvas) {
    let ellipsis: Character = canvas.glyph("…", "~")
    let (text, places) = shortenedName(item.name, width: columns.name, ellipsis: ellipsis)
    let style = canvas.theme.style(role(ofName: item), isChosen: isChosen)
    canvas.frame.write(text, row: line, column: column, width: columns.name, style)
    // Only of plain letters a place is a byte and a cell.
    guard !browser.pattern.isEmpty, item.name.utf8.allSatisfy({ $0 < 0x80 }) else { return }
    let found = Set(browser.pattern.places(in: FuzzyPattern.folded(item.name)))
    var marked = canvas.theme.style(.kept, isChosen: isChosen)
    marked.isBold = true
    marked.isUnderlined = canvas.theme.display.colors == .none
    for (offset, (place, character)) in zip(places, text).enumerated() where found.contains(place) {
      canvas.frame.put(character, row: line, column: column + offset, marked)
    }
  }

  private func role(ofName item: BrowserItem) -> Role {
    item.isMatrix || item.isDerived ? .text : item.entry == nil ? .grid : .label
  }

  // MARK: The spectrum

  private func drawSpectrum(_ index: Int, _ column: TensorColumns.Column, _ line: Int, on canvas: inout Canvas) {
    guard browser.items[index].isMatrix || browser.isScannedWhenSeen(index) else { return }
    let style = canvas.theme.style(.grid, isChosen: isChosen)
    if let count = browser.expertCount(of: index) {
      // Each has a spectrum of its own, on its own row.
      let text = count == 1 ? "1 expert" : "\(NumberFormat.grouped(count)) experts"
      canvas.frame.write(text, row: line, column: column.start, width: column.width, style)
    } else if browser.failures[index] != nil {
      canvas.frame.write("failed", row: line, column: column.start, width: column.width, style)
    } else if let found = browser.findings[index], found.nonfinite > 0 {
      canvas.frame.write("not finite", row: line, column: column.start, width: column.width, style)
    } else if let found = browser.findings[index] {
      SpectrumStrip(found)?.draw(row: line, column: column.start, width: column.width, isChosen: isChosen, on: &canvas)
    } else if browser.scan.state != .none {
      for cell in 0..<column.width {
        canvas.frame.put(canvas.glyph("·", "."), row: line, column: column.start + cell, style)
      }
    }
  }
}

extension Theme {
  /// The chosen cell among coloured ones.
  var accent: Style {
    guard display.colors == .palette else { return self[.chosen] }
    return Style(foreground: background, background: self[.kept].foreground, bold: true)
  }

  /// The style of `role` in a row that may be the chosen one, whose ground it takes where it can be read there.
  func style(_ role: Role, isChosen: Bool) -> Style {
    guard isChosen else { return self[role] }
    let chosen = self[.chosen]
    guard display.colors == .palette, let ground = chosen.background, let ink = self[role].foreground,
      RGB(palette: ink).contrast(with: RGB(palette: ground)) >= 3
    else { return chosen }
    var style = self[role]
    style.background = ground
    return style
  }
}
