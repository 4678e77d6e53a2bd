import Glibc

/// The Marchenko–Pastur law of pure noise with aspect ratio β = p/N ≤ 1, in λ = σ²/(N s²).
///
/// Source: Marchenko & Pastur, Math. USSR-Sbornik 1 (1967); Gavish & Donoho, IEEE Trans. Inf. Theory 60 (2014).
package enum MarchenkoPastur {
  /// The median μ_β of the density √((b−x)(x−a))/(2πβx) on [(1−√β)², (1+√β)²].
  ///
  /// With x = 1 + β + 2√β cos θ the integrand is smooth; the share above θ is found by Simpson's rule and bisected.
  package static func median(_ beta: Double) -> Double {
    guard beta > 0 else { return 1 }
    var low = 0.0
    var high = Double.pi
    // θ = 0 is the upper end of the density.
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if share(beta, above: middle) < 0.5 { low = middle } else { high = middle }
    }
    return 1 + beta + 2 * beta.squareRoot() * cos((low + high) / 2)
  }

  /// The share of the density above x(θ).
  private static func share(_ beta: Double, above angle: Double) -> Double {
    func integrand(_ theta: Double) -> Double {
      let sine = sin(theta)
      let x = 1 + beta + 2 * beta.squareRoot() * cos(theta)
      // At β = 1 the density has its pole at θ = π, where sin² vanishes as fast.
      return x > 1e-300 ? 2 * sine * sine / (Double.pi * x) : 1 / Double.pi * 2
    }
    let steps = 512
    let width = angle / Double(steps)
    var sum = integrand(0) + integrand(angle)
    for step in 1..<steps { sum += (step % 2 == 0 ? 2 : 4) * integrand(Double(step) * width) }
    return sum * width / 3
  }

  /// λ*(β) = √(2(β+1) + 8β/(β+1+√(β²+14β+1))): the optimal hard threshold in units of √N·s.
  package static func optimalThreshold(_ beta: Double) -> Double {
    (2 * (beta + 1) + 8 * beta / (beta + 1 + (beta * beta + 14 * beta + 1).squareRoot())).squareRoot()
  }

  /// ω(β) = λ*(β)/√μ_β: the threshold in units of the median singular value, for unknown noise.
  package static func medianThreshold(_ beta: Double) -> Double {
    optimalThreshold(beta) / median(beta).squareRoot()
  }
}

extension RuleContext {
  /// β = p/N; 0 for an empty matrix.
  var aspectRatio: Double {
    let shape = analysis.spectrum.shape
    return shape.longSide == 0 ? 0 : Double(shape.shortSide) / Double(shape.longSide)
  }

  /// The median singular value.
  var medianSingularValue: Double {
    let values = analysis.spectrum.values
    guard !values.isEmpty else { return 0 }
    let middle = values.count / 2
    return values.count % 2 == 1 ? values[middle] : values[middle - 1] + (values[middle] - values[middle - 1]) / 2
  }
}
