/// What repeated timings came to: the median, and the quartiles that half of them lie between. In seconds, or of ratios.
package struct TimeSpread: Hashable, Sendable {
  /// The median.
  package let median: Double
  /// The first quartile.
  package let lowerQuartile: Double
  /// The third quartile.
  package let upperQuartile: Double
  /// How many timings.
  package let count: Int

  /// The spread of `samples`, which are not empty.
  package init(_ samples: [Double]) {
    precondition(!samples.isEmpty, "a median needs a sample")
    let sorted = samples.sorted()
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(sorted.count - 1, below + 1)
      return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
    median = quantile(0.5)
    lowerQuartile = quantile(0.25)
    upperQuartile = quantile(0.75)
    count = sorted.count
  }
}

/// Timings of two pieces of work that took turns, so that whatever else the machine did met both.
package struct PairedTimes: Hashable, Sendable {
  /// Of A.
  package let dense: TimeSpread
  /// Of the factors.
  package let factored: TimeSpread
  /// Of dense ÷ factored, pair by pair: above 1 where the factors are faster.
  package let speedup: TimeSpread

  /// The spreads of `dense` and `factored`, which belong together one by one.
  init(dense: [Double], factored: [Double]) {
    self.dense = TimeSpread(dense)
    self.factored = TimeSpread(factored)
    speedup = TimeSpread(zip(dense, factored).map { $0 / $1 })
  }
}
