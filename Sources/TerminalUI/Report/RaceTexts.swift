import Experiments
import RankAnalysis

// A race in words, for the screen and for sentences.
extension RaceFinding {
  /// "12.34 %": the error of `lane` now; nil before its first.
  func errorText(_ lane: RaceLane) -> String? {
    lane.points.last.map { NumberFormat.percent(bounded($0.error, lane), digits: 4, floor: slack) }
  }

  /// "0.12 %": how far `lane` is above the bound; "none" where rounding hides it, nil before its first error.
  func excessText(_ lane: RaceLane) -> String? {
    guard let error = lane.points.last?.error else { return nil }
    guard bound > slack else { return "–" }
    let known = bounded(error, lane)
    guard known.lower - bound > slack else { return "none" }
    return NumberFormat.percent(
      Bounded(lower: (known.lower - slack) / bound - 1, upper: (known.upper + slack) / bound - 1), digits: 3)
  }

  /// "12.30 %": the bound.
  var boundText: String { NumberFormat.percent(Bounded(lower: bound - slack, upper: bound + slack), floor: slack) }

  /// While a method runs, its error may come from a difference of squares, right to a ten-thousandth.
  private func bounded(_ error: Double, _ lane: RaceLane) -> Bounded {
    let doubt = max(lane.phase == .running ? 1e-4 * error : 0, min(slack, error))
    return Bounded(lower: max(0, error - doubt), upper: error + doubt)
  }
}

extension RaceLane {
  /// "done", "converged", "at the limit", "running", "to come".
  var phaseText: String {
    switch phase {
    case .waiting: "to come"
    case .running: "running"
    case .finished(.direct): "done"
    case .finished(.converged): "converged"
    case .finished(.limit): "at the limit"
    case .refused: "cannot"
    }
  }
}
