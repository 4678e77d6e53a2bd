import Explorer

extension SpectrumPlot {
  /// Draws the tops of another matrix's bars, in this matrix's units, over the bars.
  func drawOutline(_ others: [Double], _ role: Role, on canvas: inout Canvas) {
    for column in 0..<axis.width {
      let index = axis.indices(in: column).lowerBound
      guard index <= others.count else { break }
      let height = values.eighths(others[index - 1])
      guard height > 0 else { continue }
      overlay(
        canvas.glyph("─", "~"), bars.bottom - 1 - (height - 1) / 8, bars.column + column, role, on: &canvas)
    }
  }

  /// Draws a curve of shares, 0 … 1 by rank, over the bars; what is more than 1 runs along the top.
  func drawCurve(_ share: (Int) -> Double, _ role: Role, on canvas: inout Canvas) {
    guard result.count > 0 else { return }
    guard canvas.theme.display.glyphs == .braille else {
      for column in 0..<axis.width {
        let value = min(1, max(0, share(axis.indices(in: column).upperBound)))
        let row = bars.bottom - 1 - Int((value * Double(bars.height - 1)).rounded())
        overlay(canvas.glyph("∙", "x"), row, bars.column + column, role, on: &canvas)
      }
      return
    }
    let curve = BrailleCurve(height: bars.height, width: axis.width) { x in
      let indices = axis.indices(in: x / 2)
      return share(x % 2 == 0 ? (indices.lowerBound + indices.upperBound) / 2 : indices.upperBound)
    }
    for (place, pattern) in curve.patterns.enumerated() where pattern != 0 {
      overlay(
        BrailleCurve.character(pattern), bars.row + place / curve.width, bars.column + place % curve.width, role,
        on: &canvas)
    }
  }

  /// Draws every rank of `ranks` as a tick, `chosen` as a larger one, and between them where most of them lie.
  func drawAgreement(
    _ band: ClosedRange<Int>?, ranks: [Int], chosen: Int?, row: Int, on canvas: inout Canvas
  ) {
    if let band {
      canvas.writeRight("agree", row, right: bars.column - 1, .label)
      for column in axis.thumb(
        at: band.lowerBound)...max(axis.thumb(at: band.lowerBound), axis.thumb(at: band.upperBound))
      {
        canvas.put(canvas.glyph("═", "="), row, bars.column + column, .kept)
      }
    }
    for rank in ranks where rank <= result.count {
      canvas.put(canvas.glyph("▴", "^"), row, bars.column + axis.thumb(at: rank), .limit)
    }
    if let chosen, chosen <= result.count {
      canvas.put(canvas.glyph("▲", "A"), row, bars.column + axis.thumb(at: chosen), .chosen)
    }
    canvas.hit(Rect(row: row, column: bars.column, height: 1, width: bars.width + 1), gesture)
  }
}
