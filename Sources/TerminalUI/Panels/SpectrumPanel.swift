import Explorer
import RankAnalysis

/// The spectrum, large, with the curves of energy and error and a readout under the mouse.
struct SpectrumPanel: Panel {
  let view = ExplorerView.spectrum
  let title = "Spectrum"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let result = state.spectrum, let report = Report(state) else {
      Waiting.draw(state, in: rect, on: &canvas)
      return
    }
    let lines = rect.height >= 18 ? 2 : 1
    let heading =
      "σᵢ, \(state.logarithmicValues ? "log" : "linear") · index \(state.logarithmicIndex ? "log" : "linear")"
    canvas.write(heading, rect.row, rect.column + SpectrumPlot.gutter, .label)
    let bars = Rect(row: rect.row + 1, column: rect.column, height: rect.height - 4 - lines, width: rect.width - 1)
    let plot = SpectrumPlot(state, result, in: bars, rightMargin: 9)
    plot.draw(curves: state.showsCurves, on: &canvas)
    plot.drawRules(row: bars.bottom, lines: lines, on: &canvas)
    plot.drawSlider(row: bars.bottom + 1 + lines, on: &canvas)
    let index = state.hovered ?? max(1, state.rank)
    if result.count > 0 {
      canvas.write(
        readout(index, report), rect.bottom - 1, rect.column + SpectrumPlot.gutter,
        width: rect.width - SpectrumPlot.gutter, state.hovered == nil ? .label : .value)
    }
  }

  private func readout(_ index: Int, _ report: Report) -> String {
    let analysis = report.analysis
    let floor = analysis.spectrum.precisionFloor
    let ratio =
      index == 1
      ? "100 %" : NumberFormat.percent(analysis.relativeSpectralError(rank: index - 1), floor: floor)
    return [
      "i \(NumberFormat.grouped(index))", "σ \(report.sigma(index))", "σ/σ₁ \(ratio)",
      "energy to here \(NumberFormat.percent(analysis.energy(rank: index)))",
      "error \(NumberFormat.percent(analysis.relativeFrobeniusError(rank: index), floor: analysis.errorFloor))",
    ].joined(separator: "   ")
  }
}
