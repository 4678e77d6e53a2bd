import Explorer
import Factorizations
import RankAnalysis

/// What is said of bounds while they are on the screen: that they are certified, how surely, and when exact values come.
struct PreviewStatus {
  /// "failure ≤ 1e-10", or "certain" where no bound rests on a probability.
  let confidence: String
  /// "64 of 4,096 triplets".
  let extent: String
  private let isWidening: Bool

  /// Of the bounds `result` in `state`.
  init(_ result: SolvedSpectrum, _ state: ExplorerState) {
    let failure = result.analysis.spectrum.failureProbability
    confidence = failure > 0 ? "failure ≤ \(NumberFormat.shortPower(failure))" : "certain"
    extent =
      "\(NumberFormat.grouped(result.leadingCount ?? 0)) of \(NumberFormat.grouped(result.count)) triplets"
    isWidening = state.extending != nil
  }

  /// While nothing better is on its way.
  var texts: [String] {
    let widening = isWidening ? " …" : ""
    return [
      "certified preview, \(confidence) · \(extent)\(widening)", "preview, \(confidence)\(widening)",
      "preview\(widening)",
    ]
  }

  /// While the exact values are computed as `plan` says.
  func texts(elapsed: Double, _ plan: SolverPlan) -> [String] {
    let left = plan.estimatedSeconds - elapsed
    let exact = left > 0 ? "exact in about \(NumberFormat.seconds(max(1, left.rounded(.up))))" : "exact soon"
    return [
      "certified preview, \(confidence); \(exact)", "preview, \(confidence); \(exact)", "\(confidence); \(exact)",
      "preview; \(exact)",
    ]
  }
}

extension NumberFormat {
  /// A power of ten as it is written in a line: "1e-10".
  fileprivate static func shortPower(_ value: Double) -> String { plain(value, digits: 1) }
}
