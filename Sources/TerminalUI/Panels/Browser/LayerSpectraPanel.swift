import Checkpoints
import Explorer
import Glibc
import RankAnalysis

/// The spectra of one role in every layer, as one heat map: a layer a row, i/p to the right, log σ_i/σ₁ as the colour.
struct LayerSpectraPanel: Panel {
  let view = ExplorerView.layerSpectra
  let title = "Spectra"

  /// The decades of the colours.
  private static let decades = 3.0

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let browser = state.browser, let map = browser.map, map.roles.indices.contains(browser.cell.column),
      let column = ScanColumnCatalog.column(browser.number)
    else { return }
    let cell = browser.cell
    let layout = LayerSpectraLayout(map, in: rect)
    drawTitle(map, cell, column, layout, in: rect, on: &canvas)
    for line in 0..<layout.layers where cell.top + line < map.layers.count {
      let layer = cell.top + line
      let row = layout.plot.row + line * layout.thickness
      let isChosen = layer == cell.row
      if isChosen {
        canvas.frame.fill(
          Rect(row: row, column: rect.column, height: 1, width: layout.plot.column - rect.column - 1), " ",
          canvas.theme[.chosen])
        canvas.focus(row, rect.column)
      }
      canvas.writeRight(map.label(layer), row, right: layout.plot.column - 2, isChosen ? .chosen : .label)
      guard let item = map.item(layer, cell.column) else { continue }
      let band = Rect(row: row, column: layout.plot.column, height: layout.thickness, width: layout.plot.width)
      drawSpectrum(browser, item, in: band, on: &canvas)
      if let entry = browser.items[item].entry, layout.figures > 0 {
        let text = LayerMapPanel.short(column.text(entry, browser.findings[item], isUnicode: !canvas.isASCII))
        canvas.writeRight(text, row, right: rect.right - 1, isChosen ? .value : .label)
      }
    }
    drawAxis(browser, map, layout, on: &canvas)
    addMouse(browser, layout, in: rect, on: &canvas)
    if let item = map.item(cell.row, cell.column) {
      TensorDetail.draw(browser, item, row: rect.bottom - 1, in: rect, on: &canvas)
    }
  }

  private func drawTitle(
    _ map: LayerMap, _ cell: LayerMap.Cell, _ column: ScanColumn, _ layout: LayerSpectraLayout, in rect: Rect,
    on canvas: inout Canvas
  ) {
    let role = map.roles[cell.column].name
    let used = canvas.write(role, rect.row, rect.column + 1, width: rect.width / 2, .heading)
    let keys = canvas.glyph("← →", "<- ->")
    let place = "  \(cell.column + 1) of \(map.roles.count) roles, \(keys)"
    canvas.write(place, rect.row, rect.column + 1 + used, width: rect.width - used - 2, .label)
    if layout.figures > 0 { canvas.writeRight(column.title, layout.plot.row - 1, right: rect.right - 1, .label) }
    // The colours, from σ₁ down.
    var start = layout.plot.column
    start += canvas.write("σᵢ/σ₁   1 ", layout.plot.row - 1, start, .label)
    for index in 0..<18 {
      paint(1 - Double(index) / 17, row: layout.plot.row - 1, column: start + index, on: &canvas)
    }
    canvas.write(" 10⁻³", layout.plot.row - 1, start + 18, .label)
  }

  private func drawSpectrum(_ browser: Browser, _ item: Int, in band: Rect, on canvas: inout Canvas) {
    guard let profile = browser.findings[item]?.profile, !profile.isEmpty else {
      canvas.write(browser.findings[item] == nil ? "·" : "no spectrum", band.row, band.column, .grid)
      return
    }
    for column in 0..<band.width {
      let value = Double(profile[min(profile.count - 1, column * profile.count / band.width)])
      let level = value > 0 ? max(0, min(1, 1 + log10(value) / Self.decades)) : 0
      for row in band.row..<band.bottom { paint(level, row: row, column: band.column + column, on: &canvas) }
    }
  }

  /// A cell of the heat map: by colour, or by characters of growing density.
  private func paint(_ level: Double, row: Int, column: Int, on canvas: inout Canvas) {
    guard canvas.theme.display.colors == .palette else {
      let shades: [Character] = canvas.glyph(
        [" ", "░", "▒", "▓", "█"], [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"])
      canvas.put(shades[Int((level * Double(shades.count - 1)).rounded())], row, column, .text)
      return
    }
    let ground = MapColors.heat(level: level, canvas.theme.display.theme)
    canvas.frame.put(" ", row: row, column: column, Style(foreground: ground, background: ground))
  }

  /// i/p beneath, and the break-even rank where it is the same for all.
  private func drawAxis(_ browser: Browser, _ map: LayerMap, _ layout: LayerSpectraLayout, on canvas: inout Canvas) {
    let row = layout.plot.bottom
    let (left, width) = (layout.plot.column, layout.plot.width)
    for (share, label) in [(0.0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1, "1")] {
      let place = left + Int(share * Double(width - 1))
      let start = share == 0 ? place : share == 1 ? place + 1 - label.count : place - label.count / 2
      canvas.write(label, row, start, .label)
    }
    canvas.writeRight("i/p", row, right: left - 2, .label)
    let shares = Set(
      map.items(role: browser.cell.column).compactMap { browser.findings[$0] }.map { found in
        Double(found.breakEvenRank) / Double(max(1, min(found.rows, found.columns)))
      })
    guard shares.count == 1, let share = shares.first, row + 1 < layout.bottom else { return }
    let text = canvas.glyph("▴ ", "^ ") + "break-even"
    canvas.write(text, row + 1, left + min(Int(share * Double(width)), width - cellWidth(text)), .limit)
  }

  private func addMouse(_ browser: Browser, _ layout: LayerSpectraLayout, in rect: Rect, on canvas: inout Canvas) {
    let cell = browser.cell
    let area = Rect(row: layout.plot.row, column: rect.column, height: layout.plot.height, width: rect.width)
    canvas.hit(area) { gesture, point in
      switch gesture {
      case .press:
        let row = cell.top + (point.row - area.row) / layout.thickness
        return row == cell.row ? .confirm : .chooseCell(row: row, column: cell.column)
      case .wheel(let direction): return .scroll(-direction)
      case .drag, .hover: return nil
      }
    }
  }
}

/// Where the heat map's parts stand.
struct LayerSpectraLayout {
  /// The spectra.
  let plot: Rect
  /// The rows of a layer.
  let thickness: Int
  /// The layers that there is room for.
  let layers: Int
  /// The cells of the figures on the right; 0 where there is no room.
  let figures: Int
  /// The first row that is not the plot's or its axis's.
  let bottom: Int

  init(_ map: LayerMap, in rect: Rect) {
    let label = (map.layers.indices.map { map.label($0).count }.max() ?? 0) + 3
    figures = rect.width >= 70 ? 12 : 0
    bottom = rect.bottom - 1
    let first = rect.row + (rect.height >= 18 ? 3 : 2)
    let room = max(1, bottom - 2 - first)
    thickness = max(1, min(5, room / max(1, map.layers.count)))
    layers = max(1, min(map.layers.count, room / thickness))
    plot = Rect(
      row: first, column: rect.column + label, height: layers * thickness,
      width: max(8, rect.width - label - figures - 1))
  }
}
