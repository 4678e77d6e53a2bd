import Experiments

/// The errors between which a plot of held-out errors is drawn.
struct HoldoutRange {
  private let lowest: Double, highest: Double
  private let isLogarithmic: Bool

  /// From what is least held out to what an answer of zeros has: what rises far above that runs along the top, and the
  /// training error along the bottom once it is far below. What is at most `floor` is rounding, and on no logarithmic axis.
  init(_ finding: ValidationFinding, floor: Double, logarithmic: Bool) {
    let held = finding.errors.map { $0.squareRoot() }.filter { $0 > floor }
    let training = finding.trainingErrors.map { $0.squareRoot() }.filter { $0 > floor }
    let least = held.min() ?? training.min() ?? 1
    let start = max(finding.errors.first ?? 1, finding.trainingErrors.first ?? 1).squareRoot()
    highest = max(min(held.max() ?? 1, (logarithmic ? 10 : 2) * max(start, least)), start, least)
    lowest = min(least, max(training.min() ?? least, least / 30), highest)
    isLogarithmic = logarithmic
  }

  /// The axis of `rows` rows.
  func axis(rows: Int) -> ValueAxis {
    guard highest > 0 else { return ValueAxis(showing: 0.1...1, rows: rows, logarithmic: isLogarithmic) }
    return ValueAxis(showing: lowest...highest, rows: rows, logarithmic: isLogarithmic)
  }
}
