import Glibc
import LinearAlgebra

/// What follows from a spectrum alone: errors, energies and measures at every rank.
///
/// Everything is computed on σ/σ₁, so that no square leaves the range; tails are summed from the small end. Each read-out
/// is bounded by what ``Spectrum/rounding`` did to the values (Mirsky, Quart. J. Math. 11 (1960), 50–59).
package struct SpectrumAnalysis: Sendable {
  /// The spectrum.
  package let spectrum: Spectrum
  /// Σ_{i>k} (σ_i/σ₁)² of the lower and of the upper bounds, k = 0 … p.
  private let lowerTails: [Double], upperTails: [Double]

  /// Sums the tails of `spectrum`: O(p).
  package init(_ spectrum: Spectrum) {
    self.spectrum = spectrum
    lowerTails = Self.tails(spectrum.lower, scale: spectrum.largest)
    upperTails = spectrum.isExact ? lowerTails : Self.tails(spectrum.upper, scale: spectrum.largest)
  }

  private static func tails(_ values: [Double], scale: Double) -> [Double] {
    var tails = [Double](repeating: 0, count: values.count + 1)
    guard scale > 0 else { return tails }
    for index in values.indices.reversed() {
      let ratio = values[index] / scale
      tails[index] = tails[index + 1] + ratio * ratio
    }
    return tails
  }

  /// ‖A − A_k‖_F / ‖A‖_F = √(Σ_{i>k} σ² / Σ σ²). Eckart & Young, Psychometrika 1 (1936).
  package func relativeFrobeniusError(rank: Int) -> Bounded {
    guard lowerTails[0] > 0 else { return Bounded(0) }
    if rank == 0 { return Bounded(1) }
    if rank == spectrum.count { return Bounded(0) }
    let low = (lowerTails[rank] / lowerTails[0]).squareRoot()
    let high = spectrum.isExact ? low : (upperTails[rank] / lowerTails[0]).squareRoot()
    return Bounded(
      lower: max(0, low - spectrum.rounding), upper: min(1, high + spectrum.rounding))
  }

  /// Σ_{i≤k} σ² / Σ σ², the share of ‖A‖_F² that is kept.
  package func energy(rank: Int) -> Bounded {
    guard lowerTails[0] > 0 else { return Bounded(1) }
    let error = relativeFrobeniusError(rank: rank)
    return Bounded(lower: 1 - error.upper * error.upper, upper: 1 - error.lower * error.lower)
  }

  /// ‖A − A_k‖₂ = σ_{k+1}, in A's units; 0 at k = p.
  package func spectralError(rank: Int) -> Bounded {
    guard rank < spectrum.count else { return Bounded(0) }
    let uncertainty = spectrum.rounding * spectrum.frobeniusNorm
    return Bounded(
      lower: max(0, spectrum.lower[rank] - uncertainty), upper: spectrum.upper[rank] + uncertainty)
  }

  /// σ_{k+1}/σ₁.
  package func relativeSpectralError(rank: Int) -> Bounded {
    guard spectrum.largest > 0 else { return Bounded(0) }
    if rank == 0 { return Bounded(1) }
    let error = spectralError(rank: rank)
    return Bounded(lower: error.lower / spectrum.largest, upper: min(1, error.upper / spectrum.largest))
  }

  /// Σσ²/σ₁²: Rudelson & Vershynin, J. ACM 54 (2007). Nil for a zero or empty matrix.
  package var stableRank: Double? { lowerTails[0] > 0 ? lowerTails[0] : nil }

  /// exp(−Σ q ln q), q = σ/Σσ: Roy & Vetterli, EUSIPCO 2007. Nil for a zero or empty matrix.
  package var effectiveRank: Double? {
    guard spectrum.largest > 0 else { return nil }
    let ratios = spectrum.values.map { $0 / spectrum.largest }
    let sum = ratios.reversed().reduce(0, +)
    let entropy = ratios.reversed().reduce(0.0) { partial, ratio in
      let share = ratio / sum
      return share > 0 ? partial - share * log(share) : partial
    }
    return exp(entropy)
  }

  /// (Σσ²)²/Σσ⁴. Nil for a zero or empty matrix.
  package var participationRatio: Double? {
    guard lowerTails[0] > 0 else { return nil }
    let fourth = spectrum.values.reversed().reduce(0.0) { partial, value in
      let square = (value / spectrum.largest) * (value / spectrum.largest)
      return partial + square * square
    }
    return lowerTails[0] * lowerTails[0] / fourth
  }

  /// The smallest k that keeps the share `energy` of ‖A‖_F².
  package func rank(energy: Double) -> Int {
    guard lowerTails[0] > 0 else { return 0 }
    let allowed = (1 - energy) * lowerTails[0]
    return lowerTails.firstIndex { $0 <= allowed } ?? spectrum.count
  }

  /// The smallest k whose relative Frobenius error is at most `error`.
  package func rank(error: Double) -> Int {
    guard lowerTails[0] > 0 else { return 0 }
    let allowed = error * error * lowerTails[0]
    return lowerTails.firstIndex { $0 <= allowed } ?? spectrum.count
  }

  /// #{σ_i > threshold}, the threshold not below the precision floor.
  package func count(above threshold: Double) -> Int {
    let cut = max(threshold, spectrum.floorValue)
    return spectrum.values.prefix { $0 > cut }.count
  }
}
