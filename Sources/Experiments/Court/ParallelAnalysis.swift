import Factorizations
import LinearAlgebra
import RankAnalysis

/// Parallel analysis: the leading σ of the centred columns that exceed what copies have whose columns were shuffled each on
/// its own, up to the first that does not.
///
/// Sources: Horn, Psychometrika 30 (1965), 179–185; Buja & Eyuboglu, Multivariate Behav. Res. 27 (1992), 509–540.
package struct ParallelAnalysis: Sendable {
  /// σ of the centred columns.
  package let values: [Double]
  /// The 95th percentile of σ_i over the shuffled copies, i = 1 … p.
  package private(set) var percentiles: [Double] = []
  /// How many copies there were.
  package private(set) var copies = 0
  /// Below it values are rounding.
  private let floor: Double
  private var shuffled: [[Double]] = []

  /// Its plain name.
  static let title = "parallel analysis"

  /// The share of copies that a σ must exceed.
  package static let level = 0.95

  /// An analysis of what has these `values`, without copies yet; values up to `floor` are rounding.
  package init(values: [Double], floor: Double) {
    self.values = values
    self.floor = floor
  }

  /// Adds what a shuffled copy has.
  package mutating func add(copy: [Double]) {
    shuffled.append(copy)
    copies += 1
    percentiles = values.indices.map { index in percentile(shuffled.map { $0[index] }) }
  }

  /// The rank: how many σ exceed their percentile before the first that fails.
  package var rank: Int {
    zip(values, percentiles).prefix { $0 > max($1, floor) }.count
  }

  /// The percentile that the last σ of the rank exceeds, or that the first of all fails; nil without copies.
  package var decisive: (index: Int, value: Double, percentile: Double)? {
    let index = min(rank, values.count - 1)
    guard copies > 0, index >= 0 else { return nil }
    return (index + 1, values[index], max(percentiles[index], floor))
  }

  /// The level's quantile of `sample`, between its neighbours as NumPy's and R's do by default.
  private func percentile(_ sample: [Double]) -> Double {
    let sorted = sample.sorted()
    let place = Self.level * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }

  /// What it says of a matrix of `fullRank`.
  func verdict(fullRank: Int) -> CourtVerdict {
    var formula = "σᵢ of centred columns > 95 % of \(copies) shuffled copies’ → \(NumberFormat.grouped(rank))"
    if rank < fullRank, let (index, value, percentile) = decisive {
      formula +=
        "\nthe first to fail: σ\(subscripted(index)) = \(figure(value)) ≤ \(figure(percentile))"
    }
    return CourtVerdict(
      id: "parallel_analysis", title: Self.title, rank: rank, formula: formula,
      assumption:
        "Keeps the leading σ that exceed those of copies whose columns were shuffled each on its own (Horn); it "
        + "looks at centred columns, and assumes that rows come in no order and structure lies in what columns share.",
      judgesNoise: true)
  }

  private func figure(_ value: Double) -> String { NumberFormat.plain(value, digits: 4) }
}
