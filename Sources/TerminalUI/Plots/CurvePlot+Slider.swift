import Explorer
import RankAnalysis

// What stands under curves over the rank: ticks of rules, and the slider.
extension CurvePlot {
  /// Draws a tick for every rank of `ticks` and as many names as fit on `lines` lines below without touching.
  func drawRules(_ ticks: [(rank: Int, title: String)], row: Int, lines: Int, on canvas: inout Canvas) {
    canvas.writeRight("rules", row, right: area.column - 1, .label)
    var taken: [[Range<Int>]] = Array(repeating: [], count: max(1, lines))
    for tick in ticks where tick.rank <= axis.largest {
      let column = area.column + axis.column(of: tick.rank)
      canvas.put(canvas.glyph("▴", "^"), row, column, .limit)
      let text = "\(NumberFormat.grouped(tick.rank)) \(tick.title)"
      let width = cellWidth(text)
      let start = max(0, min(column, area.right + Self.margin - 1 - width))
      let span = (start - 1)..<(start + width + 1)
      guard let line = taken.indices.first(where: { line in !taken[line].contains { $0.overlaps(span) } }) else {
        continue
      }
      taken[line].append(span)
      canvas.write(text, row + 1 + line, start, .limit)
    }
    canvas.hit(Rect(row: row, column: area.column, height: 1 + lines, width: area.width), gesture)
  }

  /// Draws the slider of `state` on `row`: the thumb stands beneath its rank, or at the end for those beyond.
  func drawSlider(_ state: ExplorerState, row: Int, on canvas: inout Canvas) {
    let thumb = axis.column(of: state.rank)
    let label = state.typed.isEmpty ? "k \(NumberFormat.grouped(state.rank))" : "k \(state.typed)_"
    canvas.writeRight(label, row, right: area.column - 1, state.typed.isEmpty ? .value : .limit)
    for column in 0..<axis.width {
      let isKept = column < thumb
      canvas.put(
        canvas.glyph(isKept ? "━" : "─", isKept ? "=" : "-"), row, area.column + column, isKept ? .kept : .cut)
    }
    if let mark = state.mark, mark <= axis.largest {
      canvas.put(canvas.glyph("◆", "M"), row, area.column + axis.column(of: mark), .limit)
    }
    canvas.put(canvas.glyph("●", "O"), row, area.column + thumb, .kept)
    canvas.focus(row, state.typed.isEmpty ? area.column + thumb : area.column - 2)
    canvas.write(
      (state.rank > axis.largest ? canvas.glyph("→ ", "> ") : "") + NumberFormat.grouped(axis.largest), row,
      area.right + 1, .label)
    canvas.hit(Rect(row: row, column: area.column - 1, height: 1, width: area.width + 2), gesture)
  }

  /// What the mouse means on the curves and the slider.
  var gesture: HitRegion.Action {
    let (axis, left) = (axis, area.column)
    return { gesture, point in
      switch gesture {
      case .press, .drag: return .setRank(axis.rank(atColumn: point.column - left))
      case .hover: return nil
      case .wheel(let direction): return .moveRank(direction)
      }
    }
  }
}
