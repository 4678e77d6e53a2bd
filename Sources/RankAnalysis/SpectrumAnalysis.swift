import LinearAlgebra

/// What a spectrum tells about every rank k at once: the errors and the energy of A_k, and measures of A's rank.
///
/// Everything is computed on σ/σ₁, so that no square leaves the range of f64, and tails are summed from the small end.
/// A zero or empty matrix has error 0 and energy 1 at every rank, and no measures.
package struct SpectrumAnalysis: Sendable {
  /// What is analysed.
  package let spectrum: Spectrum
  /// Σ_{i>k} σ_i² for k = 0 … p, divided by their sum: exactly 1 at k = 0 and 0 at k = p.
  package let tailEnergies: [Double]
  /// The same of the lower and upper bounds; nil when they are the values.
  private let boundTails: (lower: [Double], upper: [Double])?

  /// Sums the tails.
  ///
  /// - Complexity: O(p).
  package init(_ spectrum: Spectrum) {
    self.spectrum = spectrum
    let unit = spectrum.largest
    let tails = squaredTails(spectrum.values, unit: unit)
    tailEnergies = tails[0] > 0 ? tails.map { $0 / tails[0] } : tails
    // The lower bounds may all be zero where the upper ones are not.
    let largest = spectrum.upper.first ?? 0
    if spectrum.isExact || largest == 0 {
      boundTails = nil
    } else {
      let total = spectrum.frobeniusNorm / largest
      let square = total * total
      boundTails = (
        squaredTails(spectrum.lower, unit: largest).map { $0 / square },
        squaredTails(spectrum.upper, unit: largest).map { $0 / square }
      )
    }
  }

  /// Relative Frobenius errors below this are rounding, predicted or measured: 8·`spectrum.rounding`, which is what the
  /// factors of a backward-stable SVD may leave of A at k = p. The floor of single values is `spectrum.precisionFloor`.
  package var errorFloor: Double { 8 * spectrum.rounding }

  /// p = min(m, n), the largest rank.
  package var fullRank: Int { spectrum.count }

  /// ‖A − A_k‖_F / ‖A‖_F = √(Σ_{i>k} σ_i² / Σ σ_i²): exactly 1 at k = 0 and 0 at k = p.
  ///
  /// It is the sine of the angle between the vector of the singular values and the leading k axes. Rounding turns that
  /// vector by at most arcsin(`spectrum.rounding`), and the angle changes by no more.
  ///
  /// Source: Eckart & Young, Psychometrika 1 (1936), 211–218.
  package func relativeFrobeniusError(rank: Int) -> Bounded {
    let k = clamped(rank)
    guard let bounds = boundTails else {
      let tail = tailEnergies[k]
      guard tail > 0, tail < 1 else { return Bounded(tail) }
      let (error, cosine) = (tail.squareRoot(), (1 - tail).squareRoot())
      return unitInterval(turned(error, cosine, by: -spectrum.rounding), turned(error, cosine, by: spectrum.rounding))
    }
    // Where only bounds are known, those of the values beyond the subspace are 0 below: no tail is 0 for that.
    guard k > 0, k < fullRank else { return Bounded(k > 0 ? 0 : 1) }
    // What the tail's own bounds and what the head's bounds leave of ‖A‖_F² both hold.
    let slack = Double(fullRank + 8) * Double.ulpOfOne
    let lower = max(
      bounds.lower[k] * (1 - slack), 1 - (bounds.upper[0] - bounds.upper[k]) - slack * (1 + bounds.upper[0]))
    let upper = min(
      bounds.upper[k] * (1 + slack), 1 - (bounds.lower[0] - bounds.lower[k]) + slack * (1 + bounds.lower[0]))
    return unitInterval(
      max(0, lower).squareRoot() - spectrum.rounding, max(0, upper).squareRoot() + spectrum.rounding)
  }

  /// Σ_{i≤k} σ_i² / Σ σ_i², the share of ‖A‖_F² that A_k keeps: exactly 0 at k = 0 and 1 at k = p.
  package func energy(rank: Int) -> Bounded {
    let error = relativeFrobeniusError(rank: rank)
    return unitInterval(1 - error.upper * error.upper, 1 - error.lower * error.lower)
  }

  /// ‖A − A_k‖₂ = σ_{k+1} in A's units, the largest missed direction; 0 at k = p.
  package func spectralError(rank: Int) -> Bounded {
    let k = clamped(rank)
    guard k < fullRank else { return Bounded(0) }
    let slack = spectrum.rounding * spectrum.frobeniusNorm
    return Bounded(lower: max(0, spectrum.lower[k] - slack), upper: spectrum.upper[k] + slack)
  }

  /// σ_{k+1}/σ₁: exactly 1 at k = 0 and 0 at k = p; 0 for a zero matrix.
  package func relativeSpectralError(rank: Int) -> Bounded {
    let k = clamped(rank)
    let (unit, largest) = (spectrum.largest, spectrum.upper.first ?? 0)
    guard k < fullRank, largest > 0 else { return Bounded(0) }
    guard k > 0 else { return Bounded(1) }
    guard unit > 0 else { return Bounded(lower: 0, upper: 1) }
    let slack = spectrum.rounding * (spectrum.frobeniusNorm / unit)
    return unitInterval(spectrum.lower[k] / largest - slack, spectrum.upper[k] / spectrum.lower[0] + slack)
  }

  /// The smallest k whose A_k keeps at least `share` of Σσ².
  ///
  /// Ties count as reached within a few units in the last place: 0.9 of λ = (9, 1) is k = 1.
  package func rank(energy share: Double) -> Int {
    firstRank { 1 - $0 >= share * (1 - 8 * Double.ulpOfOne) }
  }

  /// The smallest k with ‖A − A_k‖_F ≤ `error`·‖A‖_F; ties count as reached within a few units in the last place.
  package func rank(error: Double) -> Int {
    let square = max(0, error) * max(0, error)
    return firstRank { $0 <= square * (1 + 8 * Double.ulpOfOne) }
  }

  /// #{σ_i > `threshold`}, the threshold in A's units.
  package func count(above threshold: Double) -> Int {
    // The values are non-increasing, so those above come first.
    var (low, high) = (0, fullRank)
    while low < high {
      let middle = (low + high) / 2
      if spectrum.values[middle] > threshold { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The first rank whose tail energy satisfies a condition that, once true, stays true; p if none does.
  private func firstRank(_ isReached: (Double) -> Bool) -> Int {
    tailEnergies.firstIndex(where: isReached) ?? fullRank
  }

  private func clamped(_ rank: Int) -> Int { min(max(rank, 0), fullRank) }

  /// sin(θ + arcsin `turn`) for θ in 0 … π/2 given by its sine and cosine, and kept there.
  private func turned(_ sine: Double, _ cosine: Double, by turn: Double) -> Double {
    let turnCosine = max(0, 1 - turn * turn).squareRoot()
    if turn > 0, sine >= turnCosine { return 1 }
    return sine * turnCosine + cosine * turn
  }

  private func unitInterval(_ lower: Double, _ upper: Double) -> Bounded {
    Bounded(lower: min(max(lower, 0), 1), upper: min(max(upper, 0), 1))
  }
}

/// Σ_{i>k} (σ_i/unit)² for k = 0 … p, summed from the small end; all zero when the unit is.
private func squaredTails(_ values: [Double], unit: Double) -> [Double] {
  var tails = [Double](repeating: 0, count: values.count + 1)
  guard unit > 0 else { return tails }
  for k in values.indices.reversed() {
    let ratio = values[k] / unit
    tails[k] = tails[k + 1] + ratio * ratio
  }
  return tails
}
