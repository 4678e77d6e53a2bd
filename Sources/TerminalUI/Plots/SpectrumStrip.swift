import Checkpoints
import Explorer

/// A spectrum in few rows: bars of σ_i/σ₁ over i/p on the axis of ``ProfileScale``, bright up to the break-even
/// rank, so that one sees whether the energy lies left of it.
struct SpectrumStrip {
  private let profile: [Float]
  /// The break-even rank over p.
  private let share: Double

  /// The spectrum that was found; nil where there is none.
  init?(_ found: TensorFindings) {
    guard !found.profile.isEmpty else { return nil }
    profile = found.profile
    share = Double(found.breakEvenRank) / Double(max(1, min(found.rows, found.columns)))
  }

  /// The heights of `width` bars in eighths of a cell, 1 … 8·`rows`; 0 for σ = 0.
  func heights(width: Int, rows: Int) -> [Int] {
    (0..<width).map { cell in
      ProfileScale.eighths(profile[min(profile.count - 1, cell * profile.count / max(1, width))], rows: rows)
    }
  }

  /// Draws it on one row.
  func draw(row: Int, column: Int, width: Int, isChosen: Bool, on canvas: inout Canvas) {
    for (cell, height) in heights(width: width, rows: 1).enumerated() {
      let isKept = Double(cell) < share * Double(width)
      let block = canvas.isASCII ? asciiBlocks[height] : lowerBlocks[height]
      canvas.frame.put(
        block, row: row, column: column + cell,
        canvas.theme.style(isKept ? .kept : isChosen ? .cut : .cutTop, isChosen: isChosen))
    }
  }

  /// Draws it large, with the axis and the break-even rank beneath on a row of its own.
  func draw(in rect: Rect, breakEven: Int, on canvas: inout Canvas) {
    let bars = Rect(row: rect.row, column: rect.column + 6, height: max(1, rect.height - 1), width: rect.width - 6)
    guard bars.width > 8 else { return }
    for (cell, height) in heights(width: bars.width, rows: bars.height).enumerated() {
      let isKept = Double(cell) < share * Double(bars.width)
      for step in 0..<bars.height where height > 8 * step {
        let filled = min(8, height - 8 * step)
        let block: Character = canvas.glyph(lowerBlocks[filled], isKept ? "#" : ".")
        canvas.put(block, bars.bottom - 1 - step, bars.column + cell, isKept ? .kept : .cutTop)
      }
    }
    canvas.writeRight("σ₁", bars.row, right: bars.column - 1, .label)
    if bars.height > 3 { canvas.writeRight("10⁻¹", bars.row + bars.height / 2, right: bars.column - 1, .label) }
    if bars.height > 1 { canvas.writeRight("10⁻²", bars.bottom - 1, right: bars.column - 1, .label) }
    let mark = canvas.glyph("▴ ", "^ ") + "break-even \(breakEven)"
    let place = min(Int(share * Double(bars.width)), bars.width - cellWidth(mark))
    canvas.write(mark, bars.bottom, bars.column + max(0, place), .limit)
  }
}

/// One cell's height in ASCII, by eighths.
private let asciiBlocks: [Character] = [" ", ".", ".", "-", "-", "=", "=", "#", "#"]
