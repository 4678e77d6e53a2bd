import Explorer
import RankAnalysis

/// The spectrum as bars, with the slider and the rules' ticks beneath on the same columns.
struct SpectrumPlot {
  /// The bars.
  let bars: Rect
  let axis: IndexAxis
  let values: ValueAxis
  let state: ExplorerState
  let result: SolvedSpectrum

  /// The cells left of the bars, for labels.
  static let gutter = 8

  /// A plot whose bars fill `area` but for the labels on the left and room for the slider's last stop on the right.
  init(_ state: ExplorerState, _ result: SolvedSpectrum, in area: Rect, rightMargin: Int = 8) {
    self.state = state
    self.result = result
    let width = max(8, area.width - Self.gutter - rightMargin)
    bars = Rect(row: area.row, column: area.column + Self.gutter, height: area.height, width: width)
    axis = IndexAxis(count: result.count, width: width, logarithmic: state.logarithmicIndex)
    let spectrum = result.analysis.spectrum
    values =
      result.shownValues.map { ValueAxis(showing: $0, rows: area.height, logarithmic: state.logarithmicValues) }
      ?? ValueAxis(
        values: spectrum.values, floor: spectrum.floorValue, rows: area.height, logarithmic: state.logarithmicValues)
  }

  /// Draws the axis, the bars and, where asked, the curves of energy and error.
  func draw(curves: Bool, on canvas: inout Canvas) {
    drawTicks(on: &canvas)
    for column in 0..<axis.width where result.count > 0 {
      drawBar(column, on: &canvas)
      if result.isPreview { drawBand(column, on: &canvas) }
    }
    drawGhost(titleRow: curves ? bars.row - 1 : nil, on: &canvas)
    if curves { drawCurves(on: &canvas) }
    // Beside the heading where the energy curve runs along the top.
    drawBelow(row: curves ? bars.row - 1 : bars.row, on: &canvas)
    drawHover(on: &canvas)
    canvas.hit(Rect(row: bars.row, column: bars.column, height: bars.height, width: bars.width + 1), gesture)
  }

  /// What the mouse means on the bars and the slider.
  var gesture: HitRegion.Action {
    let (axis, left) = (axis, bars.column)
    return { gesture, point in
      let column = max(0, min(axis.width, point.column - left))
      switch gesture {
      case .press, .drag: return .setRank(axis.rank(at: column))
      case .hover: return .hover(axis.count == 0 ? nil : min(axis.count, axis.rank(at: column) + 1))
      case .wheel(let direction): return .moveRank(direction)
      }
    }
  }

  private func drawTicks(on canvas: inout Canvas) {
    for tick in values.ticks {
      let row = bars.bottom - 1 - min(bars.height - 1, tick.eighths / 8)
      let label = canvas.glyph(tick.label, tick.ascii)
      canvas.writeRight(label, row, right: bars.column - 1, .label)
      // In ASCII a dot is a cut bar's.
      for column in stride(from: bars.column, to: bars.right, by: canvas.isASCII ? 2 : 1) {
        canvas.put(canvas.glyph("·", "-"), row, column, .grid)
      }
    }
  }

  /// Draws the bar of a column: solid if all its values are kept, shaded if all are cut; where both fall into it, shaded
  /// up to the first value that is cut, and solid above.
  private func drawBar(_ column: Int, on canvas: inout Canvas) {
    let indices = axis.indices(in: column)
    let sigma = result.analysis.spectrum.values
    let height = values.eighths(sigma[indices.lowerBound - 1])
    let firstCut = max(indices.lowerBound, state.rank + 1)
    let shaded = firstCut > indices.upperBound ? 0 : values.eighths(sigma[firstCut - 1]) / 8 * 8
    let isMixed = firstCut > indices.lowerBound && firstCut <= indices.upperBound
    let limit = isMixed ? shaded : firstCut > indices.upperBound ? 0 : height
    for step in 0..<bars.height where height > 8 * step {
      let isKept = 8 * step >= limit
      let filled = min(8, height - 8 * step)
      drawCell(filled, isKept: isKept, row: bars.bottom - 1 - step, column: bars.column + column, on: &canvas)
    }
  }

  private func drawCell(_ eighths: Int, isKept: Bool, row: Int, column: Int, on canvas: inout Canvas) {
    let isFull = eighths == 8
    switch (canvas.isASCII, isKept) {
    case (true, true): canvas.put(isFull || eighths >= 4 ? "#" : "_", row, column, .kept)
    case (true, false): canvas.put(".", row, column, .cut)
    case (false, true): canvas.put(lowerBlocks[eighths], row, column, .kept)
    case (false, false) where isFull: canvas.put("▒", row, column, .cut)
    // Without colours a partial block would look kept.
    case (false, false) where canvas.theme.display.colors == .none:
      canvas.put(eighths >= 4 ? "░" : "·", row, column, .cut)
    case (false, false): canvas.put(lowerBlocks[eighths], row, column, .cutTop)
    }
  }

  /// The tops of the pinned spectrum's bars, its σ₁ as high as this one's.
  private func drawGhost(titleRow: Int?, on canvas: inout Canvas) {
    guard let ghost = state.ghost else { return }
    let other = ghost.spectrum.analysis.spectrum
    let own = result.analysis.spectrum.largest
    guard other.largest > 0, own > 0 else { return }
    for column in 0..<axis.width {
      let index = axis.indices(in: column).lowerBound
      guard index <= other.count else { break }
      let height = values.eighths(other.values[index - 1] / other.largest * own)
      guard height > 0 else { continue }
      let row = bars.bottom - 1 - (height - 1) / 8
      var style = canvas.theme[.energyCurve]
      let under = canvas.frame[row, bars.column + column]
      // On a bar the mark stands on the bar's colour.
      if under.character == "█" { style.background = under.style.foreground }
      if under.character == "▒" { style.background = canvas.theme.shadedGround }
      canvas.frame.put(canvas.glyph("─", "~"), row: row, column: bars.column + column, style)
    }
    let name = canvas.glyph("─ ", "~ ") + ghost.title
    canvas.writeRight(
      String(name.prefix(bars.width * 2 / 3)), titleRow ?? bars.row,
      right: bars.right - (belowText(on: canvas).map { cellWidth($0) + 2 } ?? 0),
      .energyCurve)
  }

  private func drawBelow(row: Int, on canvas: inout Canvas) {
    if let text = belowText(on: canvas) { canvas.writeRight(" " + text, row, right: bars.right, .label) }
  }

  /// "10 below ↓": the values that the axis does not reach.
  private func belowText(on canvas: Canvas) -> String? {
    let below = values.below(result.analysis.spectrum.upper)
    guard below > 0, bars.height > 2 else { return nil }
    return "\(NumberFormat.grouped(below)) below" + canvas.glyph(" ↓", "")
  }

  private func drawCurves(on canvas: inout Canvas) {
    if canvas.theme.display.glyphs == .braille { drawBrailleCurves(on: &canvas) } else { drawMarks(on: &canvas) }
    canvas.write("100 %", bars.row, bars.right + 2, .label)
    if bars.height > 8 { canvas.write("50 %", bars.row + bars.height / 2, bars.right + 2, .label) }
    canvas.write("0 %", bars.bottom - 1, bars.right + 2, .label)
    if bars.height > 6 {
      canvas.write("energy", bars.row + 1, bars.right + 2, .energyCurve)
      canvas.write("error", bars.bottom - 2, bars.right + 2, .errorCurve)
    }
    // The curves of a preview are the ends that are certain.
    if bars.height > 10, !result.analysis.isExact {
      canvas.write(canvas.glyph("≥", ">="), bars.row + 2, bars.right + 2, .energyCurve)
      canvas.write(canvas.glyph("≤", "<="), bars.bottom - 3, bars.right + 2, .errorCurve)
    }
  }

  private func drawMarks(on canvas: inout Canvas) {
    for column in 0..<axis.width where result.count > 0 {
      let rank = axis.indices(in: column).upperBound
      mark(canvas.glyph("•", "o"), share: energy(rank), column, .energyCurve, on: &canvas)
      mark(canvas.glyph("∙", "x"), share: error(rank), column, .errorCurve, on: &canvas)
    }
  }

  private func mark(_ glyph: Character, share: Double, _ column: Int, _ role: Role, on canvas: inout Canvas) {
    let row = bars.bottom - 1 - Int((share * Double(bars.height - 1)).rounded())
    overlay(glyph, row, bars.column + column, role, on: &canvas)
  }

  private func drawBrailleCurves(on canvas: inout Canvas) {
    guard result.count > 0 else { return }
    for (share, role) in [(energy, Role.energyCurve), (error, .errorCurve)] {
      let curve = BrailleCurve(height: bars.height, width: axis.width) { x in
        let indices = axis.indices(in: x / 2)
        return share(x % 2 == 0 ? (indices.lowerBound + indices.upperBound) / 2 : indices.upperBound)
      }
      for (place, pattern) in curve.patterns.enumerated() where pattern != 0 {
        let (row, column) = (bars.row + place / curve.width, bars.column + place % curve.width)
        let other = canvas.frame[row, column].character.flatMap { BrailleCurve.pattern($0) } ?? 0
        overlay(BrailleCurve.character(pattern | other), row, column, role, on: &canvas)
      }
    }
  }

  /// What is kept, or is kept at least.
  private func energy(_ rank: Int) -> Double {
    let energy = result.analysis.energy(rank: rank)
    return result.isPreview ? energy.lower : energy.middle
  }

  /// What is missed, or is missed at most.
  private func error(_ rank: Int) -> Double {
    let error = result.analysis.relativeFrobeniusError(rank: rank)
    return result.isPreview ? error.upper : error.middle
  }

  /// Draws a curve's glyph over a bar, whose colour becomes the ground.
  func overlay(_ glyph: Character, _ row: Int, _ column: Int, _ role: Role, on canvas: inout Canvas) {
    var style = canvas.theme[role]
    let under = canvas.frame[row, column]
    if under.character == "█" { style.background = under.style.foreground }
    if under.character == "▒" { style.background = canvas.theme.shadedGround }
    // A cell that another curve crosses keeps its ground.
    if let character = under.character, BrailleCurve.pattern(character) != nil {
      style.background = under.style.background
    }
    style.keepApart(ground: canvas.theme.background)
    canvas.frame.put(glyph, row: row, column: column, style)
  }

  private func drawHover(on canvas: inout Canvas) {
    guard let index = state.hovered, index >= 1, index <= result.count else { return }
    let column = bars.column + axis.column(of: index)
    for row in bars.row..<bars.bottom where canvas.frame[row, column].character != "█" {
      let cell = canvas.frame[row, column].character ?? " "
      if cell == " " || cell == "·" { canvas.put(canvas.glyph("┊", "|"), row, column, .limit) }
    }
  }
}
