import Glibc
import LinearAlgebra

// Smooth measures of rank. All are nil for a zero or empty matrix, and none changes when A is scaled.
extension SpectrumAnalysis {
  /// Σλ/λ₁ = ‖A‖_F²/‖A‖₂², between 1 and the rank.
  ///
  /// Source: Rudelson & Vershynin, J. ACM 54 (2007), art. 21.
  package var stableRank: Bounded? {
    if let bounds { return bounds.stableRank }
    return powerSum { $0 * $0 }.map { Bounded($0) }
  }

  /// exp(−Σ q ln q) with q = σ/Σσ, between 1 and the rank; 0·ln 0 = 0.
  ///
  /// Source: Roy & Vetterli, EUSIPCO 2007, 606–610.
  package var effectiveRank: Bounded? {
    if let bounds { return bounds.effectiveRank }
    guard let total = powerSum({ $0 }) else { return nil }
    let entropy = powerSum { ratio in
      let share = ratio / total
      return share > 0 ? -share * log(share) : 0
    }
    return entropy.map { Bounded(exp($0)) }
  }

  /// (Σλ)²/Σλ², between 1 and the rank.
  package var participationRatio: Bounded? {
    if let bounds { return bounds.participationRatio }
    guard let squares = powerSum({ $0 * $0 }), let fourths = powerSum({ $0 * $0 * $0 * $0 }) else { return nil }
    return Bounded(squares * squares / fourths)
  }

  /// Σ f(σ_i/σ₁) from the small end; nil when σ₁ is 0 or missing.
  private func powerSum(_ term: (Double) -> Double) -> Double? {
    let unit = spectrum.largest
    guard unit > 0 else { return nil }
    return spectrum.values.reversed().reduce(0) { $0 + term($1 / unit) }
  }
}
