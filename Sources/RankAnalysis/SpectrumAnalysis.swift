import LinearAlgebra

/// What a spectrum tells about every rank k at once: the errors and the energy of A_k, and measures of A's rank.
///
/// Everything is computed on σ/σ₁, so that no square leaves the range of f64, and tails are summed from the small end.
/// A zero or empty matrix has error 0 and energy 1 at every rank, and no measures.
package struct SpectrumAnalysis: Sendable {
  /// What is analysed.
  package let spectrum: Spectrum
  /// Σ_{i>k} σ_i² for k = 0 … p, divided by their sum: exactly 1 at k = 0 and 0 at k = p; upper bounds of it when the
  /// spectrum is only bounded.
  package let tailEnergies: [Double]
  /// What the bounds say together; nil when they are the values.
  let bounds: SpectrumBounds?

  /// Sums the tails.
  ///
  /// - Complexity: O(p).
  package init(_ spectrum: Spectrum) {
    // A norm of zero leaves nothing open.
    let isZero = spectrum.frobeniusNorm == 0 && !spectrum.isExact
    let spectrum =
      isZero
      ? Spectrum(
        shape: spectrum.shape, values: spectrum.values.map { _ in 0 }, frobeniusNorm: 0,
        precisionFloor: spectrum.precisionFloor, rounding: spectrum.rounding) : spectrum
    self.spectrum = spectrum
    if spectrum.isExact {
      bounds = nil
      let tails = squaredTails(spectrum.values, unit: spectrum.largest)
      tailEnergies = tails[0] > 0 ? tails.map { $0 / tails[0] } : tails
    } else {
      let bounds = SpectrumBounds(spectrum)
      self.bounds = bounds
      tailEnergies = (0...spectrum.count).map { rank in
        let error = bounds.error(rank: rank).upper
        return error * error
      }
    }
  }

  /// Whether every figure is exact up to rounding; if not, all lie between certain bounds.
  package var isExact: Bool { bounds == nil }

  /// Relative Frobenius errors below this are rounding, predicted or measured: 8·√N·eps, which is what the factors of a
  /// backward-stable SVD may leave of A at k = p, or eight times the values' own rounding where that is more. The floor of
  /// single values is `spectrum.precisionFloor`, N·eps.
  package var errorFloor: Double {
    8 * max(spectrum.rounding, spectrum.precisionFloor / Double(max(1, spectrum.shape.longSide)).squareRoot())
  }

  /// p = min(m, n), the largest rank.
  package var fullRank: Int { spectrum.count }

  /// ‖A − A_k‖_F / ‖A‖_F = √(Σ_{i>k} σ_i² / Σ σ_i²): exactly 1 at k = 0 and 0 at k = p.
  ///
  /// It is the sine of the angle between the vector of the singular values and the leading k axes. Rounding turns that
  /// vector by at most arcsin(`spectrum.rounding`), and the angle changes by no more.
  ///
  /// Source: Eckart & Young, Psychometrika 1 (1936), 211–218.
  package func relativeFrobeniusError(rank: Int) -> Bounded {
    if let bounds { return bounds.error(rank: clamped(rank)) }
    let k = clamped(rank)
    let tail = tailEnergies[k]
    // A tail of zeros is one that rounding may have taken.
    guard k < fullRank, spectrum.largest > 0, tail < 1 else { return Bounded(tail) }
    let (error, cosine) = (tail.squareRoot(), (1 - tail).squareRoot())
    return .inUnit(turned(error, cosine, by: -spectrum.rounding), turned(error, cosine, by: spectrum.rounding))
  }

  /// Σ_{i≤k} σ_i² / Σ σ_i², the share of ‖A‖_F² that A_k keeps: exactly 0 at k = 0 and 1 at k = p.
  package func energy(rank: Int) -> Bounded {
    let error = relativeFrobeniusError(rank: rank)
    return .inUnit(1 - error.upper * error.upper, 1 - error.lower * error.lower)
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
    guard k < fullRank, spectrum.frobeniusNorm > 0, let largest = spectrum.upper.first, largest > 0 else {
      return Bounded(0)
    }
    guard k > 0 else { return Bounded(1) }
    let unit = spectrum.largest
    guard unit > 0 else { return Bounded(lower: 0, upper: 1) }
    let slack = spectrum.rounding * (spectrum.frobeniusNorm / unit)
    return .inUnit(spectrum.lower[k] / largest - slack, spectrum.upper[k] / unit + slack)
  }

  private func clamped(_ rank: Int) -> Int { min(max(rank, 0), fullRank) }

  /// sin(θ + arcsin `turn`) for θ in 0 … π/2 given by its sine and cosine, and kept there.
  private func turned(_ sine: Double, _ cosine: Double, by turn: Double) -> Double {
    let turnCosine = max(0, 1 - turn * turn).squareRoot()
    if turn > 0, sine >= turnCosine { return 1 }
    return sine * turnCosine + cosine * turn
  }
}
