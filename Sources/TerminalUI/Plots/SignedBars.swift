import RankAnalysis

/// A vector as bars up and down from zero.
enum SignedBars {
  /// Draws `vector` inside `rect` (at least 2 rows), from its smallest entry to its largest, zero among them.
  static func draw(_ vector: VectorProfile, in rect: Rect, on canvas: inout Canvas) {
    guard vector.count > 0, rect.height >= 2, rect.width >= 1 else { return }
    let top = max(0, vector.highs.max() ?? 0)
    let bottom = min(0, vector.lows.min() ?? 0)
    let range = max(top - bottom, .leastNormalMagnitude)
    // Whole rows above and below zero, none for a side without entries.
    let above = max(
      top > 0 ? 1 : 0, min(rect.height - (bottom < 0 ? 1 : 0), Int((top / range * Double(rect.height)).rounded())))
    let scale = min(
      top > 0 ? Double(8 * above) / top : .infinity,
      bottom < 0 ? Double(8 * (rect.height - above)) / -bottom : .infinity)
    let middle = rect.row + above
    for column in 0..<rect.width {
      let bins = vector.bins(cell: column, of: rect.width)
      // The entry of largest magnitude among those that share the column: no peak is lost.
      let high = vector.highs[bins].max() ?? 0
      let low = vector.lows[bins].min() ?? 0
      let value = high >= -low ? high : low
      let eighths = value == 0 ? 0 : Int((abs(value) * scale).rounded())
      for step in 0..<(value > 0 ? above : rect.height - above) where eighths > 8 * step {
        let filled = min(8, eighths - 8 * step)
        if value > 0 {
          up(filled, row: middle - 1 - step, column: rect.column + column, on: &canvas)
        } else {
          down(filled, row: middle + step, column: rect.column + column, on: &canvas)
        }
      }
      if eighths == 0 {
        canvas.put(canvas.glyph("─", "-"), min(rect.bottom - 1, middle), rect.column + column, .grid)
      }
    }
  }

  private static func up(_ eighths: Int, row: Int, column: Int, on canvas: inout Canvas) {
    canvas.put(canvas.isASCII ? (eighths >= 4 ? "#" : "_") : lowerBlocks[eighths], row, column, .limit)
  }

  /// A bar from the top of its cell: the rest of the cell in the ground's colour.
  private static func down(_ eighths: Int, row: Int, column: Int, on canvas: inout Canvas) {
    if canvas.isASCII {
      canvas.put(eighths >= 4 ? "#" : "'", row, column, .energyCurve)
      return
    }
    var style = canvas.theme[.energyCurve]
    style.isReversed.toggle()
    canvas.frame.put(lowerBlocks[8 - eighths], row: row, column: column, style)
  }
}
