import Experiments
import Explorer
import RankAnalysis

/// Errors of what was held out and of what it was told from, against the rank.
struct ValidationPanel: Panel {
  let view = ExplorerView.validation
  let title = "Validation"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let finding = state.finding(ValidationFinding.self, of: .validation)
    let what = "holding \(HoldoutTexts.plural(state.validationOptions.kind)) out"
    guard
      !StudyFrame.drawWaiting(what, state, hasFinding: finding?.best != nil, in: rect, on: &canvas),
      let finding, let best = finding.best, let result = state.spectrum
    else { return }
    let floor = result.analysis.errorFloor
    let texts = HoldoutTexts(finding, floor: floor)
    guard finding.rootMeanSquare > 0 else {
      canvas.write(
        "every entry is zero: zeros tell each held-out part exactly, at every rank", rect.row + rect.height / 3,
        rect.column + 2, width: rect.width - 3, .text)
      StudyFrame.drawSlider(state, in: rect, on: &canvas)
      return
    }
    let lines = rect.height >= 18 ? 2 : 1
    let area = CurvePlot.area(
      in: Rect(row: rect.row + 1, column: rect.column, height: rect.height - 5 - lines, width: rect.width))
    drawHeading(texts, state, isClose: Self.isClose(area, state), in: rect, on: &canvas)
    let axis = RankAxis(
      largest: max(1, finding.largestRank), width: area.width, logarithmic: state.logarithmicIndex)
    let range = HoldoutRange(finding, floor: floor, logarithmic: state.logarithmicValues)
    let isClose = Self.isClose(area, state)
    let close = range.closeAxis(rows: area.height)
    let curves = curves(finding, floor: floor).map { isClose ? $0.above(close.bottom) : $0 }
    let plot = CurvePlot(axis, isClose ? [] : curves.flatMap(\.values), in: area) {
      isClose ? close : range.axis(rows: $0)
    }
    plot.drawGrid(on: &canvas)
    if finding.kind != .rows { plot.drawLine(at: finding.ranks[best], .limit, on: &canvas) }
    plot.draw(curves, on: &canvas)
    canvas.hit(area, plot.gesture)
    plot.drawRules(ticks(finding, result), row: area.bottom, lines: lines, on: &canvas)
    plot.drawSlider(state, row: area.bottom + 1 + lines, on: &canvas)
    let (column, width) = (area.column, rect.width - CurvePlot.gutter - 1)
    canvas.write(texts.readout(state.rank), rect.bottom - 2, column, width: width, .value)
    canvas.write(firstOf: texts.verdicts, rect.bottom - 1, column, width: width, .label)
  }

  /// Whether the height is too small for decades: the held-out curve alone is scaled to, where its dip shows.
  private static func isClose(_ area: Rect, _ state: ExplorerState) -> Bool {
    area.height < 9 && state.logarithmicValues
  }

  private func drawHeading(
    _ texts: HoldoutTexts, _ state: ExplorerState, isClose: Bool, in rect: Rect, on canvas: inout Canvas
  ) {
    let (row, column) = (rect.row, rect.column + CurvePlot.gutter)
    let keys = "o others  d draw again"
    let scale = isClose ? "enlarged" : state.logarithmicValues ? "log" : "linear"
    let progress = state.isStudying ? texts.progress + " " + StudyFrame.progressText(state) : ""
    let room = rect.right - column - cellWidth(keys) - 3
    canvas.write(
      firstOf: [
        "error, \(scale) · \(texts.title)\(progress.isEmpty ? "" : " · \(progress)")",
        "\(texts.title)\(progress.isEmpty ? "" : " · \(progress)")", texts.title, texts.shortTitle, texts.name,
      ], row, column, width: room, .label)
    canvas.writeRight(keys, row, right: rect.right - 1, .label)
  }

  /// Both errors, as zero where they are rounding.
  private func curves(_ finding: ValidationFinding, floor: Double) -> [CurvePlot.Curve] {
    func shown(_ errors: [Double]) -> [Double] {
      errors.map { $0.squareRoot() }.map { $0 > floor ? $0 : 0 }
    }
    return [
      CurvePlot.Curve(
        name: "training", role: .energyCurve, isDotted: true, ranks: finding.ranks,
        values: shown(finding.trainingErrors)),
      CurvePlot.Curve(
        name: "held out", role: .errorCurve, isDotted: false, ranks: finding.ranks,
        values: shown(finding.errors)),
    ]
  }

  /// The minimum, the noise rule and break-even, in this order of room.
  private func ticks(_ finding: ValidationFinding, _ result: SolvedSpectrum) -> [(rank: Int, title: String)] {
    var ticks: [(rank: Int, title: String)] = []
    func add(_ rank: Int, _ title: String) {
      if let index = ticks.firstIndex(where: { $0.rank == rank }) {
        ticks[index].title += ", \(title)"
      } else {
        ticks.append((rank, title))
      }
    }
    if finding.kind != .rows, let rank = finding.rank { add(rank, "least held out") }
    if let noise = result.answers.first(where: { $0.id == "gavish_donoho" }) { add(noise.rank, noise.title) }
    add(result.costs.breakEvenRank, "break-even")
    return ticks
  }
}
