import Experiments
import RankAnalysis

/// A finding of held-out errors in words.
struct HoldoutTexts {
  private let finding: ValidationFinding
  /// Below this a relative error is rounding.
  private let floor: Double

  /// `finding`, of a matrix whose relative errors are rounding below `floor`.
  init(_ finding: ValidationFinding, floor: Double) {
    self.finding = finding
    self.floor = floor
  }

  /// What is held out, several of them: "blocks".
  static func plural(_ kind: HoldoutKind) -> String { kind == .blocks ? "blocks" : kind.rawValue }

  /// "bi-cross-validation, 2 × 2 folds, seed 1".
  var title: String {
    let how =
      switch finding.kind {
      case .blocks: "\(finding.rowFolds) × \(finding.columnFolds) folds"
      case .rows: "\(finding.rowFolds) groups"
      case .entries: "\(NumberFormat.percent(Bounded(finding.hiddenShare ?? 0))) hidden"
      }
    return "\(finding.kind.title), \(how), seed \(finding.seed)"
  }

  /// "bi-cross-validation, seed 1", where there is less room.
  var shortTitle: String { "\(name), seed \(finding.seed)" }

  /// "bi-cross-validation".
  var name: String { finding.kind.title }

  /// How much is done: of held-out entries, up to which rank.
  var progress: String {
    if finding.kind == .entries { return "k \(NumberFormat.grouped(finding.ranks.last ?? 0))" }
    return "fold \(finding.foldErrors.count) of \(finding.foldCount)"
  }

  /// Both errors at `rank`, or at the largest below it that was tried.
  func readout(_ rank: Int) -> String {
    guard let place = finding.place(of: rank) else { return "" }
    let tried = finding.ranks[place]
    let beyond = rank > (finding.ranks.last ?? 0) ? " (no larger rank was tried)" : ""
    return "k \(NumberFormat.grouped(tried))\(beyond): held out \(heldOut(place)), training \(training(place))"
  }

  /// What the minimum says: at length, and shorter.
  var verdicts: [String] {
    guard let best = finding.best else { return [] }
    let rank = NumberFormat.grouped(finding.ranks[best])
    switch finding.kind {
    case .rows:
      return [
        "held-out rows fall at every rank: a projection on more vectors is never worse, so they validate nothing",
        "held-out rows fall at every rank: they validate nothing", "falls at every rank: validates nothing",
      ]
    case .blocks, .entries:
      let least = "least held-out error at k \(rank): \(heldOut(best))\(spread(best))"
      return [least + (beyond(best).map { "; \($0)" } ?? ""), least, "least at k \(rank)"]
    }
  }

  /// What ranks above the least error mean: noise only where there is some, and where the error rises again by more than one
  /// standard error.
  private func beyond(_ best: Int) -> String? {
    if finding.errors[best].squareRoot() <= floor { return "only rounding is left" }
    guard let highest = finding.errors[(best + 1)...].max() else { return "higher ranks were not tried" }
    return highest - finding.errors[best] > finding.standardErrors[best] ? "beyond it the rank follows noise" : nil
  }

  /// √ of the mean squared error of what was held out, relative.
  func heldOut(_ place: Int) -> String { percent(finding.errors[place]) }

  /// The same of what it was told from.
  func training(_ place: Int) -> String { percent(finding.trainingErrors[place]) }

  /// " ± 0.31 %": one standard error, of several folds.
  private func spread(_ place: Int) -> String {
    let (error, deviation) = (finding.errors[place], finding.standardErrors[place])
    guard deviation > 0, error.squareRoot() > floor else { return "" }
    return " ± \(NumberFormat.percent(Bounded(deviation / (2 * error.squareRoot())), digits: 2))"
  }

  private func percent(_ error: Double) -> String {
    NumberFormat.percent(Bounded(finding.root(error)), digits: 3, floor: floor)
  }
}
