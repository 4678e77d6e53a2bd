/// The knee of the spectrum: the point farthest below the chord from the first to the last value, both axes linear.
///
/// Source: Kneedle, Satopää et al., ICDCS Workshops 2011, without its smoothing.
package struct KneeRule: RankRule {
  package let id = "knee"
  package let title = "knee"
  package let summary =
    "The point of the spectrum farthest below the line from its first to its last value. A matter of looks: it moves when "
    + "the tail is cut off."

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(rank: Self.knee(context.analysis.spectrum.values))
  }

  /// The index, counted from 1, of the value farthest below the chord; 0 for a zero or empty spectrum, and for one with
  /// no knee: fewer than three values, or all on the chord.
  package static func knee(_ values: [Double]) -> Int {
    guard let first = values.first, let last = values.last, first > last, values.count > 2 else { return 0 }
    var best = (index: 0, distance: 0.0)
    for (index, value) in values.enumerated() {
      let x = Double(index) / Double(values.count - 1)
      let distance = 1 - x - (value - last) / (first - last)
      if distance > best.distance + 1e-12 { best = (index + 1, distance) }
    }
    return best.index
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let values = context.analysis.spectrum.values
    guard answer.rank > 0, let first = values.first, let last = values.last else { return "the spectrum has no knee" }
    let k = answer.rank
    let chord = first + (last - first) * Double(k - 1) / Double(values.count - 1)
    return "at i = \(NumberFormat.grouped(k)) σ = \(NumberFormat.plain(values[k - 1], digits: 4)), the chord stands at "
      + NumberFormat.plain(chord, digits: 4)
  }
}
