/// The point of y = σ_i that lies farthest below the chord from its first to its last point, both axes linear.
///
/// Without a point below the chord there is no knee and every σ above the precision floor counts.
///
/// Source: Satopää et al., "Finding a Kneedle in a Haystack", ICDCSW 2011.
package struct KneeRule: RankRule {
  package let id = "knee"
  package let aliases = ["elbow"]
  package let title = "knee"
  package let summary =
    "The point where the spectrum bends most, farthest below the line from its first to its last value; it assumes that "
    + "there is one bend, and moves when values are cut off the end."

  package init() {}

  package func answer(_ context: RuleContext) -> RankAnswer? {
    let analysis = context.analysis
    // The chord ends at the smallest value.
    guard analysis.isExact else { return nil }
    let signal = analysis.count(above: analysis.floorValue.lower)
    return RankAnswer(rank: min(signal, Self.knee(of: analysis.spectrum.values) ?? signal))
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let values = context.analysis.spectrum.values
    guard let knee = Self.knee(of: values), let first = values.first, let last = values.last else {
      return "no σ lies below the line from σ₁ to σ_p → \(NumberFormat.grouped(answer.rank))"
    }
    let below = chord(first, last, values.count, at: knee) - values[knee - 1]
    return "chord from σ₁ = \(figure(first)) to σ\(subscripted(values.count)) = \(figure(last))\n"
      + "σ\(subscripted(knee)) = \(figure(values[knee - 1])) lies \(figure(below)) below it → \(NumberFormat.grouped(answer.rank))"
  }

  /// The knee of non-increasing `values`, counted from 1; nil when no point lies below the chord by more than rounding.
  package static func knee(of values: [Double]) -> Int? {
    guard let first = values.first, let last = values.last, values.count > 2, first > last else { return nil }
    var (best, depth) = (0, 4 * Double.ulpOfOne * first)
    for i in 1...values.count {
      let below = chord(first, last, values.count, at: i) - values[i - 1]
      if below > depth { (best, depth) = (i, below) }
    }
    return best > 0 ? best : nil
  }
}

/// The line from (1, first) to (count, last), at `index`.
private func chord(_ first: Double, _ last: Double, _ count: Int, at index: Int) -> Double {
  first - (first - last) * (Double(index - 1) / Double(count - 1))
}
