import Glibc

/// A power law fitted to the tail of a distribution: density ∝ x^−α above x_min.
///
/// For a spectrum x is λ = σ². α is the maximum-likelihood exponent, 1 + n/Σ ln(x_i/x_min) over the n values from x_min
/// on, and x_min is the value whose tail lies nearest to its own fit in the sense of Kolmogorov and Smirnov.
///
/// Source: Clauset, Shalizi & Newman, SIAM Review 51 (2009), 661–703, and their plfit: the empirical distribution at the
/// i-th smallest value of a tail is (i − 1)/n. WeightWatcher fits the same way from twenty values on.
package struct PowerLawFit: Hashable, Sendable {
  /// α > 1.
  package let exponent: Double
  /// (α − 1)/√n.
  package let standardError: Double
  /// n, the values in the tail.
  package let tail: Int
  /// The largest difference between the tail's distribution and the fit's, in 0 … 1.
  package let distance: Double
  /// Where the tail begins.
  package let minimum: Double

  /// Fewer values than this are not fitted.
  package static let fewest = 50

  /// The fit to the positive, finite ones of `values`; nil when they are fewer than ``fewest`` or all equal.
  ///
  /// - Complexity: O(n²) exponentials at most; a candidate is left as soon as it is worse than the best so far.
  package init?(_ values: [Double]) {
    let sorted = values.filter { $0 > 0 && $0.isFinite }.sorted()
    guard sorted.count >= Self.fewest else { return nil }
    let logs = sorted.map { log($0) }
    var best: (start: Int, exponent: Double, distance: Double)?
    // Σ (ln x − ln x_start), from the far end.
    var sum = 0.0
    var exponents = [Double](repeating: 1, count: sorted.count)
    for start in stride(from: sorted.count - 2, through: 0, by: -1) {
      let count = Double(sorted.count - start)
      sum += (count - 1) * (logs[start + 1] - logs[start])
      exponents[start] = sum > 0 ? 1 + count / sum : .infinity
    }
    for start in 0..<sorted.count - 1 where exponents[start].isFinite {
      let limit = best?.distance ?? .infinity
      let distance = Self.distance(logs, from: start, exponent: exponents[start], limit: limit)
      if distance < limit { best = (start, exponents[start], distance) }
    }
    guard let best else { return nil }
    exponent = best.exponent
    tail = sorted.count - best.start
    standardError = (best.exponent - 1) / Double(tail).squareRoot()
    distance = best.distance
    minimum = sorted[best.start]
  }

  /// The largest difference of the tail from `start` on, or the first that reaches `limit`.
  private static func distance(_ logs: [Double], from start: Int, exponent: Double, limit: Double) -> Double {
    logs.withUnsafeBufferPointer { logs in
      let count = Double(logs.count - start)
      var largest = 0.0
      for index in start..<logs.count {
        let fitted = -expm1((1 - exponent) * (logs[index] - logs[start]))
        let difference = abs(fitted - Double(index - start) / count)
        if difference > largest {
          largest = difference
          if largest >= limit { return largest }
        }
      }
      return largest
    }
  }
}

extension SpectrumAnalysis {
  /// The power law of λ = σ² over the σ above the precision floor; nil for fewer than ``PowerLawFit/fewest`` of them.
  package var powerLaw: PowerLawFit? {
    // On σ/σ₁ no square leaves the range of f64, and α does not change.
    let unit = spectrum.largest
    guard unit > 0 else { return nil }
    return PowerLawFit(spectrum.values.prefix { $0 > spectrum.floorValue }.map { ($0 / unit) * ($0 / unit) })
  }
}
