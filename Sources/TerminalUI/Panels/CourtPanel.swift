import Experiments
import Explorer
import RankAnalysis

/// Every rule on one spectrum: where each would cut, where most agree, what a shuffled copy has, and the rules with their
/// reasons.
struct CourtPanel: Panel {
  let view = ExplorerView.court
  let title = "Court"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let finding = state.courtFinding
    if StudyFrame.drawWaiting("asking every rule", state, hasFinding: finding != nil, in: rect, on: &canvas) { return }
    guard let finding, let result = state.spectrum, result.count > 0 else {
      Waiting.draw(state, in: rect, on: &canvas)
      return
    }
    let texts = CourtText(finding, result)
    let lines = texts.lines(progress: StudyFrame.progressText(state))
    // Heading, ticks, slider, and the table's own heading.
    let rest = rect.height - 4 - lines.count
    let rows = min(finding.verdicts.count, max(8, rest * 3 / 5))
    let bars = Rect(row: rect.row + 1, column: rect.column, height: max(3, rest - rows), width: rect.width - 1)
    drawSpectrum(state, finding, result, in: bars, on: &canvas)
    var row = bars.bottom + 2
    for line in lines where row < rect.bottom {
      canvas.write(line, row, rect.column + 2, width: rect.width - 3, .label)
      row += 1
    }
    let list = Rect(row: row, column: rect.column + 1, height: rect.bottom - row, width: rect.width - 2)
    if state.court.isOpen, let verdict = state.chosenVerdict {
      CourtReasons.draw(verdict, texts, in: list, on: &canvas)
    } else {
      CourtList.draw(finding, texts, chosen: state.chosenVerdict?.id, in: list, on: &canvas)
    }
  }

  private func drawSpectrum(
    _ state: ExplorerState, _ finding: CourtFinding, _ result: SolvedSpectrum, in bars: Rect, on canvas: inout Canvas
  ) {
    let plot = SpectrumPlot(state, result, in: bars, rightMargin: 9)
    plot.draw(curves: false, on: &canvas)
    let ghost = ghost(finding, chosen: state.chosenVerdict?.id)
    if let ghost { plot.drawOutline(ghost.values, .energyCurve, on: &canvas) }
    if let truth = finding.truth {
      plot.drawCurve({ truth.errors[min($0, truth.errors.count - 1)] }, .errorCurve, on: &canvas)
      canvas.write("100 %", bars.row, plot.bars.right + 2, .label)
      canvas.write("0 %", bars.bottom - 1, plot.bars.right + 2, .label)
      if bars.height > 3 { canvas.write("true", bars.row + 1, plot.bars.right + 2, .errorCurve) }
      if bars.height > 4 { canvas.write("error", bars.row + 2, plot.bars.right + 2, .errorCurve) }
    }
    let heading = "σᵢ, \(state.logarithmicValues ? "log" : "linear")"
    let name = ghost.map { canvas.glyph("─ ", "~ ") + $0.title } ?? ""
    if cellWidth(heading) + 2 + cellWidth(name) <= plot.bars.width {
      canvas.write(heading, bars.row - 1, plot.bars.column, .label)
    }
    canvas.writeRight(name, bars.row - 1, right: plot.bars.right, .energyCurve)
    plot.drawAgreement(
      finding.band?.ranks, ranks: finding.verdicts.filter(\.judgesNoise).map(\.rank),
      chosen: state.chosenVerdict?.rank, row: bars.bottom, on: &canvas)
    plot.drawSlider(row: bars.bottom + 1, on: &canvas)
  }

  /// The σ of shuffled copies, and which: of shuffled entries where that rule is looked at, else of shuffled columns as far
  /// as they are there.
  private func ghost(_ finding: CourtFinding, chosen: String?) -> (values: [Double], title: String)? {
    if chosen == "shuffled" || finding.parallel == nil, let values = finding.shuffledValues {
      return (values, "entries shuffled")
    }
    return finding.parallel.map {
      ($0.percentiles, "shuffled columns, 95th percentile of \($0.copies)")
    }
  }
}
