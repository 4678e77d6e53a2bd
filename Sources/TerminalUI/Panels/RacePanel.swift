import Experiments
import Explorer
import RankAnalysis

/// Every factorization against the best error there is: curves, and beneath them what each came to.
struct RacePanel: Panel {
  let view = ExplorerView.race
  let title = "Race"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let finding = state.finding(RaceFinding.self, of: .race)
    if StudyFrame.drawWaiting("running every method", state, hasFinding: finding != nil, in: rect, on: &canvas) {
      return
    }
    guard let finding else { return }
    StudyFrame.drawSlider(state, in: rect, on: &canvas)
    let rect = Rect(row: rect.row, column: rect.column, height: rect.height - 1, width: rect.width)
    drawHeading(finding, state, in: rect, on: &canvas)
    let table = RaceTable(finding, width: rect.width)
    let outside =
      rect.height - 1 - table.height >= 10 ? table.outside(width: rect.width - 2, lines: rect.height / 6) : []
    let height = max(5, rect.height - 1 - table.height - outside.count)
    RacePlot(
      finding, showsSeconds: state.raceOptions.showsSeconds && finding.isTimed,
      in: Rect(row: rect.row + 1, column: rect.column + 1, height: height, width: rect.width - 2)
    ).draw(on: &canvas)
    let rows = Rect(row: rect.row + 1 + height, column: rect.column + 1, height: table.height, width: rect.width - 2)
    table.draw(in: rows, bottom: rect.bottom, on: &canvas)
    for (line, text) in outside.enumerated() {
      canvas.write(text, rows.bottom + line, rect.column + 1, width: rect.width - 2, .label)
    }
  }

  private func drawHeading(
    _ finding: RaceFinding, _ state: ExplorerState, in rect: Rect, on canvas: inout Canvas
  ) {
    let axis =
      state.raceOptions.showsSeconds
      ? (finding.isTimed ? "x: time" : "x: iterations (time does not count here)") : "x: iterations"
    // What is on the screen until the race at the slider's rank has its first errors.
    let isOld = finding.rank != state.rank
    let progress = isOld ? "" : StudyFrame.progressText(state)
    let parts = [
      isOld ? "k = \(NumberFormat.grouped(state.rank)) follows" : "",
      "‖A − BC‖/‖A‖ at k = \(NumberFormat.grouped(finding.rank)), log", "seed \(finding.seed)", axis,
      "bound \(finding.boundText)", progress,
    ]
    canvas.write(
      joined(parts.filter { !$0.isEmpty }, width: rect.width - 2, isASCII: canvas.isASCII), rect.row, rect.column + 1,
      width: rect.width - 2, .label)
  }
}
