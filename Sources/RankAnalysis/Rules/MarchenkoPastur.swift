import Glibc

/// The limit law of the squared singular values of pure noise, and the thresholds that follow from it.
///
/// β = p/N in (0, 1] is the aspect ratio, and the law that of λ = σ²/(N·s²) for iid entries of variance s².
///
/// Sources: Marchenko & Pastur, Mat. Sb. 72 (1967); Gavish & Donoho, IEEE Trans. Inf. Theory 60 (2014), 5040–5053.
package enum MarchenkoPastur {
  /// μ_β, the median of the law.
  ///
  /// With x = 1 + β + 2√β cos θ the density √((b−x)(x−a))/(2πβx) dx becomes 2 sin²θ/(πx) dθ, which is smooth: Newton's
  /// method finds the θ above which half the mass lies.
  package static func median(_ beta: Double) -> Double {
    func location(_ angle: Double) -> Double { 1 + beta + 2 * beta.squareRoot() * cos(angle) }
    func density(_ angle: Double) -> Double { 2 * sin(angle) * sin(angle) / (.pi * location(angle)) }
    var angle = 0.6 * Double.pi
    for _ in 0..<20 {
      let step = (integral(density, to: angle) - 0.5) / density(angle)
      angle = min(max(angle - step, 0.1), 0.9 * .pi)
      if abs(step) < 1e-13 { break }
    }
    return location(angle)
  }

  /// λ*(β): keep σ > λ*(β)·√N·s when the noise s is known.
  package static func knownNoiseThreshold(_ beta: Double) -> Double {
    (2 * (beta + 1) + 8 * beta / (beta + 1 + (beta * beta + 14 * beta + 1).squareRoot())).squareRoot()
  }

  /// ω(β) = λ*(β)/√μ_β: keep σ > ω(β)·median(σ) when the noise is unknown.
  package static func unknownNoiseThreshold(_ beta: Double) -> Double {
    knownNoiseThreshold(beta) / median(beta).squareRoot()
  }

  /// s(√m + √n), the largest σ that noise of the level that the median of the spectrum shows would have; 0 for an empty
  /// matrix. Exact spectra only.
  package static func noiseEdge(of analysis: SpectrumAnalysis) -> Double {
    guard let beta = analysis.aspectRatio else { return 0 }
    let shape = analysis.spectrum.shape
    let noise = analysis.medianValue.middle / (Double(shape.longSide) * median(beta)).squareRoot()
    return noise * (Double(shape.rows).squareRoot() + Double(shape.columns).squareRoot())
  }

  /// ∫₀^end f by the composite rule of Simpson on 2048 intervals: right to about 1e-14 here.
  private static func integral(_ f: (Double) -> Double, to end: Double) -> Double {
    let count = 2048
    let width = end / Double(count)
    var sum = f(0) + f(end)
    for i in 1..<count { sum += (i.isMultiple(of: 2) ? 2 : 4) * f(Double(i) * width) }
    return sum * width / 3
  }
}

extension SpectrumAnalysis {
  /// β = p/N; nil for an empty matrix.
  var aspectRatio: Double? {
    let shape = spectrum.shape
    return shape.shortSide > 0 ? Double(shape.shortSide) / Double(shape.longSide) : nil
  }
}
