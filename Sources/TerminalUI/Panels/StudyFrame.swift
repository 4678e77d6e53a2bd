import Explorer
import RankAnalysis

/// What the panels of experiments have in common: what is shown while there is no finding, and how far it is.
enum StudyFrame {
  /// Draws why there is no finding yet, above the slider; whether the panel has nothing else to draw.
  ///
  /// - Parameter what: what is being done: "holding blocks out".
  static func drawWaiting(
    _ what: String, _ state: ExplorerState, hasFinding: Bool, in rect: Rect, on canvas: inout Canvas
  ) -> Bool {
    if let failure = state.studies[state.view]?.failure {
      for (line, text) in wrapped(failure, width: rect.width - 4).enumerated() where line < rect.height - 1 {
        canvas.write(text, rect.row + 1 + line, rect.column + 2, .label)
      }
      drawSlider(state, in: rect, on: &canvas)
      return true
    }
    guard !hasFinding else { return false }
    drawSlider(state, in: rect, on: &canvas)
    guard state.studies[state.view] != nil else {
      Waiting.draw(state, in: rect, on: &canvas)
      return true
    }
    canvas.write(
      what + " … " + waitingText(state), rect.row + rect.height / 3, rect.column + 2, width: rect.width - 3, .label)
    return true
  }

  /// Draws the slider on the last line of `rect`, if there are ranks.
  static func drawSlider(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let result = state.spectrum, result.count > 0, rect.height > 2 else { return }
    let row = rect.bottom - 1
    SpectrumPlot(
      state, result, in: Rect(row: row, column: rect.column, height: 1, width: rect.width - 1), rightMargin: 9
    ).drawSlider(row: row, on: &canvas)
  }

  /// How far it is, or what comes first.
  private static func waitingText(_ state: ExplorerState) -> String {
    if case .vectors = state.activity { return "once the singular vectors are there" }
    return progressText(state)
  }

  /// "40 %" while the experiment on the screen is under way; empty otherwise.
  static func progressText(_ state: ExplorerState) -> String {
    guard let progress = state.studies[state.view], progress.isRunning, progress.fraction > 0 else { return "" }
    return "\(Int(progress.fraction * 100)) %"
  }
}
