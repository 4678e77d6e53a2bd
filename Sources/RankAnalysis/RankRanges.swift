// The ranks that targets and thresholds lead to. Between bounds a rank is an interval: its upper end is the safe one, as
// whatever the exact spectrum turns out to be, that rank does what was asked; its lower end is the least it can be.
extension SpectrumAnalysis {
  /// The smallest k whose A_k certainly keeps at least `share` of Σσ².
  ///
  /// Ties count as reached within a few units in the last place: 0.9 of λ = (9, 1) is k = 1.
  package func rank(energy share: Double) -> Int { ranks(energy: share).upperBound }

  /// Between which ranks the smallest k lies whose A_k keeps at least `share` of Σσ².
  package func ranks(energy share: Double) -> ClosedRange<Int> {
    ranks { 1 - $0 >= share * (1 - 8 * Double.ulpOfOne) }
  }

  /// The smallest k with certainly ‖A − A_k‖_F ≤ `error`·‖A‖_F; ties count as reached within a few units in the last
  /// place.
  package func rank(error: Double) -> Int { ranks(error: error).upperBound }

  /// Between which ranks the smallest k lies with ‖A − A_k‖_F ≤ `error`·‖A‖_F.
  package func ranks(error: Double) -> ClosedRange<Int> {
    let square = max(0, error) * max(0, error)
    return ranks { $0 <= square * (1 + 8 * Double.ulpOfOne) }
  }

  /// #{σ_i > `threshold`}, the threshold in A's units; how many there may be at most, when the spectrum is only bounded.
  package func count(above threshold: Double) -> Int { leading(spectrum.upper, above: threshold) }

  /// Between which numbers #{σ_i > `threshold`} lies, the threshold in A's units and itself known between two ends.
  package func counts(above threshold: Bounded) -> ClosedRange<Int> {
    let least = leading(spectrum.lower, above: threshold.upper)
    return least...max(least, leading(spectrum.upper, above: threshold.lower))
  }

  /// `precisionFloor`·σ₁ in A's units.
  package var floorValue: Bounded {
    guard let largest = spectrum.upper.first else { return Bounded(0) }
    return Bounded(lower: spectrum.floorValue, upper: spectrum.precisionFloor * largest)
  }

  /// The median of σ₁ … σ_p; 0 for an empty matrix.
  package var medianValue: Bounded {
    Bounded(lower: median(spectrum.lower), upper: median(spectrum.upper))
  }

  /// Where a condition on the tail energy becomes true that, once true, stays true; p if it never does.
  private func ranks(where isReached: (Double) -> Bool) -> ClosedRange<Int> {
    let highest = tailEnergies.firstIndex(where: isReached) ?? fullRank
    guard let bounds else { return highest...highest }
    let lowest = (0..<highest).first { rank in
      let error = bounds.error(rank: rank).lower
      return isReached(error * error)
    }
    return (lowest ?? highest)...highest
  }

  /// How many of the non-increasing `values` lie above `threshold`: those come first.
  private func leading(_ values: [Double], above threshold: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] > threshold { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let upper = values[(values.count - 1) / 2]
    let lower = values[values.count / 2]
    return lower + (upper - lower) / 2
  }
}
