import LinearAlgebra

/// The sums of a spectrum that is only known between bounds, all relative to ‖A‖_F² and certain as far as its bounds are.
struct SpectrumBounds: Sendable {
  /// Σ_{i>k} lower_i² and Σ_{i>k} upper_i² for k = 0 … p.
  private let lowerTails: [Double]
  private let upperTails: [Double]
  /// Σ_{i≤k} lower_i² and Σ_{i≤k} upper_i² for k = 0 … p.
  private let lowerHeads: [Double]
  private let upperHeads: [Double]
  /// The bounds of σ_i/‖A‖_F, widened by the rounding of the values.
  private let relative: [Bounded]
  private let rounding: Double
  /// What the rounding of these sums themselves may be.
  private let slack: Double

  /// Sums the bounds of `spectrum`, whose norm is not 0.
  ///
  /// - Complexity: O(p).
  init(_ spectrum: Spectrum) {
    let unit = spectrum.frobeniusNorm
    lowerTails = squaredTails(spectrum.lower, unit: unit)
    upperTails = squaredTails(spectrum.upper, unit: unit)
    lowerHeads = squaredTails(spectrum.lower.reversed(), unit: unit).reversed()
    upperHeads = squaredTails(spectrum.upper.reversed(), unit: unit).reversed()
    rounding = spectrum.rounding
    slack = Double(spectrum.count + 8) * Double.ulpOfOne
    relative = zip(spectrum.lower, spectrum.upper).map { [rounding] lower, upper in
      Bounded(lower: max(0, lower / unit - rounding), upper: min(1, upper / unit + rounding))
    }
  }

  /// ‖A − A_k‖_F/‖A‖_F: what the bounds of the tail, and what those of the head leave of ‖A‖_F², both hold.
  func error(rank k: Int) -> Bounded {
    let count = relative.count
    guard k > 0, k < count else { return Bounded(k > 0 ? 0 : 1) }
    let lower = max(lowerTails[k] * (1 - slack), 1 - upperHeads[k] - slack * (1 + upperHeads[k]))
    let upper = min(upperTails[k] * (1 + slack), 1 - lowerHeads[k] + slack * (1 + lowerHeads[k]))
    return .inUnit(max(0, lower).squareRoot() - rounding, max(0, upper).squareRoot() + rounding)
  }

  /// (Σσ²)²/Σσ⁴.
  ///
  /// Where the values end that are known well, at any k, the rest is bounded by its sum t = Σ_{i>k} λ_i alone:
  /// t²/(p − k) ≤ Σ_{i>k} λ_i² ≤ λ_{k+1}·t, by Cauchy and Schwarz and as no λ exceeds the first.
  var participationRatio: Bounded {
    let count = relative.count
    var (least, most) = (0.0, Double.infinity)
    var (lowerHead, upperHead) = (0.0, 0.0)
    for k in 0..<count {
      let tail = error(rank: k)
      let (lowerSum, upperSum) = (tail.lower * tail.lower, tail.upper * tail.upper)
      let next = relative[k].upper * relative[k].upper
      least = max(least, lowerHead + lowerSum * lowerSum / Double(count - k))
      most = min(most, upperHead + next * upperSum)
      lowerHead += fourthPower(relative[k].lower)
      upperHead += fourthPower(relative[k].upper)
    }
    return limited(Bounded(lower: 1 / min(most, upperHead), upper: 1 / max(least, lowerHead)))
  }

  /// exp(H), H the entropy of q = σ/Σσ, between two other entropies of Rényi's family, which fall as their order rises:
  /// (Σσ)²/Σσ² ≤ exp(H) ≤ (Σ√σ)²/Σσ. Past any k the rest is bounded by t = Σ_{i>k} λ_i:
  /// Σ_{i>k} σ_i ≥ t/σ_{k+1} and Σ_{i>k} √σ_i ≤ (p − k)^¾·t^¼.
  ///
  /// Source: Rényi, Proc. 4th Berkeley Symp. 1 (1961), 547–561.
  var effectiveRank: Bounded {
    let count = relative.count
    var (sum, roots) = (1.0, Double.infinity)
    var (lowerHead, upperHead) = (0.0, 0.0)
    for k in 0..<count {
      let tail = error(rank: k)
      if relative[k].upper > 0 { sum = max(sum, lowerHead + tail.lower * tail.lower / relative[k].upper) }
      let rest = Double(count - k)
      roots = min(roots, upperHead + (rest * rest * rest).squareRoot().squareRoot() * tail.upper.squareRoot())
      lowerHead += relative[k].lower
      upperHead += relative[k].upper.squareRoot()
    }
    sum = max(sum, lowerHead)
    roots = min(roots, upperHead)
    return limited(Bounded(lower: sum * sum, upper: roots * roots / sum))
  }

  /// ‖A‖_F²/σ₁².
  var stableRank: Bounded {
    guard let largest = relative.first else { return Bounded(1) }
    return limited(
      Bounded(lower: 1 / (largest.upper * largest.upper), upper: 1 / (largest.lower * largest.lower)))
  }

  /// A measure of rank lies between 1 and p; a few units in the last place for the sums' own rounding.
  private func limited(_ measure: Bounded) -> Bounded {
    let limit = Double(relative.count)
    return Bounded(
      lower: min(max(1, measure.lower * (1 - 4 * slack)), limit),
      upper: min(max(1, measure.upper * (1 + 4 * slack)), limit))
  }

  private func fourthPower(_ x: Double) -> Double { x * x * x * x }
}

extension Bounded {
  /// The part of `lower` … `upper` in 0 … 1.
  static func inUnit(_ lower: Double, _ upper: Double) -> Bounded {
    Bounded(lower: min(max(lower, 0), 1), upper: min(max(upper, 0), 1))
  }
}

/// Σ_{i>k} (σ_i/unit)² for k = 0 … p, summed from the small end; all zero when the unit is.
func squaredTails(_ values: [Double], unit: Double) -> [Double] {
  var tails = [Double](repeating: 0, count: values.count + 1)
  guard unit > 0 else { return tails }
  for k in values.indices.reversed() {
    let ratio = values[k] / unit
    tails[k] = tails[k + 1] + ratio * ratio
  }
  return tails
}
