import Explorer
import RankAnalysis

extension SpectrumPlot {
  /// Draws the slider on `row`: the thumb stands beneath the first bar that is cut.
  func drawSlider(row: Int, on canvas: inout Canvas) {
    let thumb = axis.thumb(at: state.rank)
    let label = state.typed.isEmpty ? "k \(NumberFormat.grouped(state.rank))" : "k \(state.typed)_"
    canvas.writeRight(label, row, right: bars.column - 1, state.typed.isEmpty ? .value : .limit)
    for column in 0...axis.width {
      let isKept = column < thumb
      canvas.put(
        canvas.glyph(isKept ? "━" : "─", isKept ? "=" : "-"), row, bars.column + column, isKept ? .kept : .cut)
    }
    let breakEven = result.costs.breakEvenRank
    if breakEven < result.count {
      canvas.put(canvas.glyph("┊", "!"), row, bars.column + axis.thumb(at: breakEven), .limit)
    }
    if let mark = state.mark, mark <= result.count {
      canvas.put(canvas.glyph("◆", "M"), row, bars.column + axis.thumb(at: mark), .limit)
    }
    canvas.put(canvas.glyph("●", "O"), row, bars.column + thumb, .kept)
    // The thumb has the focus, or the end of the number being typed.
    canvas.focus(row, state.typed.isEmpty ? bars.column + thumb : bars.column - 2)
    canvas.write(NumberFormat.grouped(result.count), row, bars.right + 2, .label)
    canvas.hit(Rect(row: row, column: bars.column - 1, height: 1, width: bars.width + 3), gesture)
  }

  /// Draws a tick for every rule at the rank it picks, and as many names as fit without touching.
  func drawRules(row: Int, lines: Int, on canvas: inout Canvas) {
    // While a lesson asks, a rule's rank may be the answer.
    guard result.count > 0, !state.hidesFigures else { return }
    canvas.writeRight("rules", row, right: bars.column - 1, .label)
    var taken: [[Range<Int>]] = Array(repeating: [], count: max(1, lines))
    for tick in ticks where tick.rank <= result.count {
      let column = bars.column + axis.thumb(at: tick.rank)
      canvas.put(canvas.glyph("▴", "^"), row, column, .limit)
      // All the names of this rank if they fit, or else the first.
      for title in [tick.titles.prefix(3).joined(separator: ", "), tick.titles[0]] {
        let width = cellWidth(title)
        let start = max(0, min(column, bars.right + 5 - width))
        let span = (start - 1)..<(start + width + 1)
        let line = taken.indices.first { line in !taken[line].contains { $0.overlaps(span) } }
        guard let line, width <= bars.width else { continue }
        taken[line].append(span)
        canvas.write(title, row + 1 + line, start, .limit)
        break
      }
    }
    canvas.hit(Rect(row: row, column: bars.column, height: 1 + lines, width: bars.width + 1), gesture)
  }

  /// The ranks that have a tick, each with its names: the break-even rank first, then the prominent rules, then the rest.
  private var ticks: [(rank: Int, titles: [String])] {
    let answers = result.stops.filter(\.isProminent) + result.stops.filter { !$0.isProminent }
    var ticks: [(rank: Int, titles: [String])] = [(result.costs.breakEvenRank, ["break-even"])]
    for answer in answers {
      if let index = ticks.firstIndex(where: { $0.rank == answer.rank }) {
        ticks[index].titles.append(title(answer))
      } else {
        ticks.append((answer.rank, [title(answer)]))
      }
    }
    return ticks
  }

  /// A rule's name; with a question mark where bounds leave open whether its rank is smaller.
  private func title(_ answer: RuleAnswer) -> String { answer.isCertain ? answer.title : "\(answer.title)?" }
}
