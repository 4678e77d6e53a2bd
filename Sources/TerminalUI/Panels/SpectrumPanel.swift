import Explorer
import RankAnalysis

/// The spectrum, large, with the curves of energy and error and a readout under the mouse.
struct SpectrumPanel: Panel {
  let view = ExplorerView.spectrum
  let title = "Spectrum"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let result = state.spectrum, let report = Report(state), result.count > 0 else {
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
    // While a lesson asks, figures would give the answer away.
    if state.hidesFigures { return }
    let index = state.hovered ?? max(1, state.rank)
    let width = rect.width - SpectrumPlot.gutter
    canvas.write(
      readout(index, report, width: width, isASCII: canvas.isASCII), rect.bottom - 1, rect.column + SpectrumPlot.gutter,
      width: width,
      state.hovered == nil ? .label : .value)
  }

  /// The figures of σ_i, as many as fit.
  private func readout(_ index: Int, _ report: Report, width: Int, isASCII: Bool) -> String {
    let analysis = report.analysis
    let parts = [
      "i \(NumberFormat.grouped(index))", "σ \(report.sigma(index))", "error \(analysis.errorText(rank: index))",
      "σ/σ₁ \(analysis.relativeValueText(index))", "energy \(analysis.energyText(rank: index))",
    ]
    return joined(parts, width: width, isASCII: isASCII)
  }
}
