import Explorer
import RankAnalysis

/// What the panels of experiments have in common: what is shown while there is no finding, and how far it is.
enum StudyFrame {
  /// Draws why there is no finding yet; whether the panel has nothing else to draw.
  ///
  /// - Parameter what: what is being done: "holding blocks out".
  static func drawWaiting(
    _ what: String, _ state: ExplorerState, hasFinding: Bool, in rect: Rect, on canvas: inout Canvas
  ) -> Bool {
    if let failure = state.studies[state.view]?.failure {
      for (line, text) in wrapped(failure, width: rect.width - 4).enumerated() where line < rect.height - 1 {
        canvas.write(text, rect.row + 1 + line, rect.column + 2, .label)
      }
      return true
    }
    guard !hasFinding else { return false }
    guard state.studies[state.view] != nil else {
      Waiting.draw(state, in: rect, on: &canvas)
      return true
    }
    canvas.write(what + " … " + progressText(state), rect.row + rect.height / 3, rect.column + 2, .label)
    return true
  }

  /// "40 %" while the experiment on the screen is under way; empty otherwise.
  static func progressText(_ state: ExplorerState) -> String {
    guard let progress = state.studies[state.view], progress.isRunning, progress.fraction > 0 else { return "" }
    return "\(Int(progress.fraction * 100)) %"
  }
}
