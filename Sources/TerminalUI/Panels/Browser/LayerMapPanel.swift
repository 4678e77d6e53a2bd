import Checkpoints
import Explorer
import RankAnalysis

/// One number of every matrix of a model, by layer and role.
struct LayerMapPanel: Panel {
  let view = ExplorerView.layerMap
  let title = "Map"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let browser = state.browser, let map = browser.map, let column = ScanColumnCatalog.column(browser.number)
    else { return }
    let layout = LayerMapLayout(map, in: rect)
    canvas.write(heading(column), rect.row, rect.column + 1, width: rect.width - 2, .label)
    drawHeadings(map, browser.cell, layout, on: &canvas)
    let numbers = map.items.compactMap { browser.value(column, of: $0).number }
    let colors = MapColors(numbers)
    for line in 0..<layout.rows where browser.cell.top + line < map.layers.count {
      let layer = browser.cell.top + line
      let row = layout.cells.row + line
      let isChosen = layer == browser.cell.row
      canvas.writeRight(map.label(layer), row, right: layout.cells.column - 1, isChosen ? .value : .label)
      for place in 0..<layout.columns where browser.cell.left + place < map.roles.count {
        drawCell(
          browser, map, layer, browser.cell.left + place, column, colors, row, layout.start(place), layout, &canvas)
      }
    }
    addMouse(browser, map, layout, on: &canvas)
    drawLegend(browser, map, column, colors, layout, in: rect, on: &canvas)
    if let item = map.item(browser.cell.row, browser.cell.column) {
      drawChosen(browser, item, layout, in: rect, on: &canvas)
    }
  }

  /// "even error: ‖A − A_k‖/‖A‖ at the break-even rank: what low rank costs before it saves."
  private func heading(_ column: ScanColumn) -> String { "\(column.title): \(column.explanation)" }

  private func drawHeadings(
    _ map: LayerMap, _ cell: LayerMap.Cell, _ layout: LayerMapLayout, on canvas: inout Canvas
  ) {
    let ellipsis: Character = canvas.glyph("…", "~")
    let shown = cell.left..<min(map.roles.count, cell.left + layout.columns)
    for index in shown {
      let own = shortenedInMiddle(map.roles[index].heading.own, width: layout.width, ellipsis: ellipsis).text
      let right = layout.start(index - cell.left) + layout.width
      canvas.writeRight(own, layout.cells.row - 1, right: right, index == cell.column ? .value : .label)
    }
    // Neighbours that belong to the same thing stand under one bracket with its name.
    for group in RoleGroups.groups(map.roles[shown].map(\.heading.parent)) where !group.parent.isEmpty {
      let start = layout.start(group.places.lowerBound)
      let end = layout.start(group.places.upperBound - 1) + layout.width
      let isChosen = group.places.contains(cell.column - cell.left)
      let text = RoleGroups.bracket(group.parent, width: end - start, rule: canvas.glyph("─", "-"), ellipsis)
      canvas.write(text, layout.cells.row - 2, start, isChosen ? .text : .grid)
    }
    let (left, right) = (cell.left, cell.left + layout.columns < map.roles.count)
    if left > 0 { canvas.put(canvas.glyph("◂", "<"), layout.cells.row - 1, layout.cells.column - 1, .limit) }
    if right {
      canvas.put(
        canvas.glyph("▸", ">"), layout.cells.row - 1, layout.start(layout.columns - 1) + layout.width + 1, .limit)
    }
  }

  private func drawCell(
    _ browser: Browser, _ map: LayerMap, _ layer: Int, _ role: Int, _ column: ScanColumn, _ colors: MapColors?,
    _ row: Int, _ start: Int, _ layout: LayerMapLayout, _ canvas: inout Canvas
  ) {
    guard let item = map.item(layer, role) else { return }
    let isChosen = layer == browser.cell.row && role == browser.cell.column
    let rect = Rect(row: row, column: start, height: 1, width: layout.width)
    if isChosen { canvas.focus(row, start) }
    guard let entry = browser.items[item].entry, let value = browser.value(column, of: item).number, let colors else {
      let mark =
        browser.expertCount(of: item).map { "\(NumberFormat.grouped($0)) exp" }
        ?? (browser.findings[item] == nil ? browser.failures[item] == nil ? "·" : "!" : "–")
      let style = isChosen ? canvas.theme.accent : canvas.theme[.grid]
      if isChosen { canvas.frame.fill(rect, " ", style) }
      let drawn = canvas.isASCII ? spelledInASCII(mark) : mark
      canvas.frame.writeRight(drawn, row: row, right: rect.right - 1, style)
      return
    }
    let text = Self.short(column.text(entry, browser.findings[item], isUnicode: !canvas.isASCII))
    var style = colors.style(value, canvas)
    if isChosen {
      style = canvas.theme.accent
    }
    canvas.frame.fill(rect, " ", style)
    let shown = canvas.isASCII ? spelledInASCII(text) : text
    canvas.frame.write(
      shown, row: row, column: max(start, rect.right - 1 - cellWidth(shown)), width: layout.width, style)
  }

  /// A figure without its unit and its error, which the heading and the list tell.
  static func short(_ text: String) -> String {
    String(text.split(separator: " ").first ?? Substring(text))
  }

  private func addMouse(_ browser: Browser, _ map: LayerMap, _ layout: LayerMapLayout, on canvas: inout Canvas) {
    let cell = browser.cell
    canvas.hit(layout.cells) { gesture, point in
      let row = cell.top + point.row - layout.cells.row
      let column = cell.left + (point.column - layout.cells.column) / (layout.width + 1)
      switch gesture {
      case .press:
        guard map.item(row, column) != nil else { return nil }
        return (row, column) == (cell.row, cell.column) ? .confirm : .chooseCell(row: row, column: column)
      case .wheel(let direction): return .scroll(-direction)
      case .drag, .hover: return nil
      }
    }
  }

  /// The ramp between the least and the largest number, and where they stand.
  private func drawLegend(
    _ browser: Browser, _ map: LayerMap, _ column: ScanColumn, _ colors: MapColors?, _ layout: LayerMapLayout,
    in rect: Rect, on canvas: inout Canvas
  ) {
    guard let colors else {
      canvas.write("nothing is scanned yet", layout.legend, rect.column + 1, .label)
      return
    }
    func text(_ item: Int) -> String {
      browser.items[item].entry.map {
        column.text($0, browser.findings[item], isUnicode: !canvas.isASCII)
      } ?? ""
    }
    func item(_ value: Double) -> Int? { map.items.first { browser.value(column, of: $0).number == value } }
    func place(_ item: Int) -> String {
      map.place(of: item).map { "\(map.label($0.row)) \(map.roles[$0.column].heading.title)" } ?? ""
    }
    guard let least = item(colors.range.lowerBound), let most = item(colors.range.upperBound) else { return }
    var start = layout.cells.column
    start += canvas.write(text(least), layout.legend, start, .label) + 1
    if canvas.theme.display.colors == .palette {
      for index in 0..<16 {
        canvas.frame.put(
          " ", row: layout.legend, column: start + index, MapColors.style(level: Double(index) / 15, canvas))
      }
      start += 17
    } else {
      start += canvas.write("to", layout.legend, start, .label) + 1
    }
    start += canvas.write(text(most), layout.legend, start, .label) + 3
    guard colors.range.lowerBound < colors.range.upperBound else { return }
    let sentence = ["least: \(place(least))", "most: \(place(most))"].joined(separator: "   ")
    if start + cellWidth(sentence) < rect.right { canvas.write(sentence, layout.legend, start, .label) }
  }

  /// The chosen matrix: its name, its figures, and its spectrum where there is room.
  private func drawChosen(
    _ browser: Browser, _ item: Int, _ layout: LayerMapLayout, in rect: Rect, on canvas: inout Canvas
  ) {
    TensorDetail.draw(browser, item, row: layout.detail, in: rect, on: &canvas)
    guard let room = layout.spectrum, let found = browser.findings[item], let strip = SpectrumStrip(found) else {
      return
    }
    strip.draw(in: room, breakEven: found.breakEvenRank, on: &canvas)
    let start = room.right + 3
    guard rect.right - start > 24, let entry = browser.items[item].entry else { return }
    let ids = ["error_at_break_even", "k10_ratio", "spectral_norm", "stable_rank", "effective_rank", "alpha"]
    for (line, column) in ids.compactMap({ ScanColumnCatalog.column($0) }).prefix(room.height).enumerated() {
      canvas.write(column.title, room.row + line, start, .label)
      canvas.writeRight(
        column.text(entry, found, isUnicode: !canvas.isASCII), room.row + line, right: start + 26, .value)
    }
  }
}

/// Where the map's parts stand.
struct LayerMapLayout {
  /// The cells, right of the layers' names.
  let cells: Rect
  /// The cells of a column, a blank between two.
  let width: Int
  /// The rows and columns that there is room for.
  let rows: Int
  let columns: Int
  let legend: Int
  /// The chosen matrix's spectrum, where there is room for it.
  let spectrum: Rect?
  let detail: Int

  init(_ map: LayerMap, in rect: Rect) {
    let label = (map.layers.indices.map { map.label($0).count }.max() ?? 0) + 2
    let longest = map.roles.map(\.heading.own.count).max() ?? 0
    let room = rect.width - label - 3
    // As wide as the headings, or so that all roles fit.
    let fitting = map.roles.isEmpty ? 8 : room / map.roles.count - 1
    width = max(7, min(longest, 14, max(8, fitting)))
    columns = max(1, min(map.roles.count, (room + 1) / (width + 1)))
    let first = rect.row + (rect.height >= 18 ? 4 : 3)
    // Beneath: the legend, the chosen matrix's line, and a blank between.
    rows = max(1, min(map.layers.count, rect.bottom - 3 - first))
    cells = Rect(row: first, column: rect.column + label, height: rows, width: columns * (width + 1))
    legend = min(first + rows + (rect.bottom - first - rows > 4 ? 1 : 0), rect.bottom - 2)
    let left = rect.bottom - legend - 3
    detail = left >= 5 ? legend + 2 : rect.bottom - 1
    spectrum =
      left >= 5
      ? Rect(row: legend + 4, column: rect.column + 2, height: min(16, left - 2), width: min(84, rect.width - 4)) : nil
  }

  /// The first cell of a column on the screen.
  func start(_ place: Int) -> Int { cells.column + place * (width + 1) }
}
