import Explorer
import RankAnalysis

/// The table of singular values; its chosen row is the rank.
struct NumbersPanel: Panel {
  let view = ExplorerView.numbers
  let title = "Numbers"

  private struct Column {
    let title: String
    let width: Int
  }

  private static let columns = [
    Column(title: "i", width: 6), Column(title: "σᵢ", width: 11), Column(title: "σᵢ/σ₁", width: 10),
    Column(title: "energy", width: 10), Column(title: "error", width: 12), Column(title: "k(m+n)", width: 11),
  ]

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let report = Report(state), report.result.count > 0 else {
      Waiting.draw(state, in: rect, on: &canvas)
      return
    }
    let stretch = min(6, (rect.width - 60) / Self.columns.count)
    var right = rect.column
    var rights: [Int] = []
    for column in Self.columns {
      right += column.width + stretch
      rights.append(right)
      // Means and scales count among the parameters.
      let title = column.title == "k(m+n)" && report.costs.offsets > 0 ? "parameters" : column.title
      canvas.writeRight(title, rect.row, right: right, .label)
    }
    let visible = rect.height - 1
    let count = report.result.count + 1
    let first = max(0, min(count - visible, state.rank - visible / 2))
    for line in 0..<min(visible, count) {
      drawRow(first + line, report, row: rect.row + 1 + line, rights: rights, in: rect, on: &canvas)
    }
    canvas.hit(Rect(row: rect.row + 1, column: rect.column, height: visible, width: rect.width)) { gesture, point in
      switch gesture {
      case .press, .drag: .setRank(max(0, first + point.row - rect.row - 1))
      case .wheel(let direction): .moveRank(-3 * direction)
      case .hover: nil
      }
    }
  }

  private func drawRow(
    _ index: Int, _ report: Report, row: Int, rights: [Int], in rect: Rect, on canvas: inout Canvas
  ) {
    let isChosen = index == report.rank
    let role: Role = isChosen ? .chosen : index <= report.rank ? .kept : .cut
    if isChosen {
      canvas.frame.fill(Rect(row: row, column: rect.column, height: 1, width: rect.width), " ", canvas.theme[.chosen])
      canvas.focus(row, rect.column)
    }
    let names = marks(index, report)
    for (right, text) in zip(rights, cells(index, report, wide: rect.width >= 100)) {
      canvas.writeRight(text, row, right: right, role)
    }
    let start = (rights.last ?? 0) + 3
    if rect.right - start > 8 {
      canvas.write(names, row, start, width: rect.right - start - 1, isChosen ? .chosen : .limit)
    }
  }

  private func cells(_ index: Int, _ report: Report, wide: Bool) -> [String] {
    let analysis = report.analysis
    let last = [
      energy(index, analysis, width: wide ? 15 : 9), analysis.errorText(rank: index),
      NumberFormat.grouped(report.costs.factored(index)),
    ]
    guard index > 0 else { return ["0", "", ""] + last }
    return [
      NumberFormat.grouped(index), analysis.valueText(index, digits: wide ? 6 : 5), analysis.relativeValueText(index),
    ] + last
  }

  /// The energy in full, or as more than what fits.
  private func energy(_ index: Int, _ analysis: SpectrumAnalysis, width: Int) -> String {
    let text = analysis.energyText(rank: index)
    return cellWidth(text) <= width ? text : "> 99.99 %"
  }

  /// The rules that pick this rank.
  private func marks(_ index: Int, _ report: Report) -> String {
    var names = report.result.stops.filter { $0.rank == index }.map {
      $0.isCertain ? $0.title : "\($0.title)?"
    }
    if index == report.costs.breakEvenRank { names.insert("break-even", at: 0) }
    return names.isEmpty ? "" : "◂ " + names.joined(separator: ", ")
  }
}
