import LinearAlgebra

extension SpectrumAnalysis {
  /// s = median σ/√(N·μ_β): the standard deviation of white noise whose median singular value is this one; nil for an empty
  /// matrix. It is too large where more than half of the σ hold signal.
  ///
  /// Source: Gavish & Donoho, IEEE Trans. Inf. Theory 60 (2014), 5040–5053, section III.E.
  package var noiseLevel: Bounded? {
    guard let beta = aspectRatio else { return nil }
    let scale = (Double(spectrum.shape.longSide) * MarchenkoPastur.median(beta)).squareRoot()
    let median = medianValue
    return Bounded(lower: median.lower / scale, upper: median.upper / scale)
  }
}

extension MarchenkoPastur {
  /// The singular value β^¼·√N·s of a signal below which noise of level s hides its direction: the leading vectors of the
  /// noisy matrix then tell nothing of it, whatever the rule.
  ///
  /// Source: Benaych-Georges & Nadakuditi, J. Multivariate Anal. 111 (2012), 120–135.
  package static func detectionEdge(_ shape: Shape, noise: Double) -> Double {
    (Double(shape.shortSide) * Double(shape.longSide)).squareRoot().squareRoot() * noise
  }

  /// The largest σ of pure noise of level s: s(√m + √n).
  package static func noiseEdge(_ shape: Shape, noise: Double) -> Double {
    noise * (Double(shape.rows).squareRoot() + Double(shape.columns).squareRoot())
  }
}
