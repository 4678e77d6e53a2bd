import LinearAlgebra

/// #{σ_i > λ*(β)·√N·s}: the threshold of least mean squared error for white noise of known strength s.
///
/// It needs s, so that it stands in no catalog.
///
/// Source: Gavish & Donoho, IEEE Trans. Inf. Theory 60 (2014), 5040–5053.
package struct KnownNoiseThresholdRule: RankRule {
  package let id = "gavish_donoho_known_noise"
  package let title = "noise rule, s known"
  package let summary =
    "Keeps what best restores a low-rank matrix under white noise of the strength that was given (Gavish & Donoho); it "
    + "assumes even, independent noise of that strength, and leaves out signals that cost more than they bring."
  /// s, in A's units.
  package let noise: Double

  /// A rule for noise of standard deviation `noise`, not negative.
  package init(noise: Double) { self.noise = noise }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    guard let cut = cut(context) else { return RankAnswer(rank: 0) }
    return RankAnswer(above: Bounded(cut), of: context.analysis)
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    guard let beta = context.analysis.aspectRatio, let cut = cut(context) else { return "no singular values → 0" }
    let side = Double(context.analysis.spectrum.shape.longSide).squareRoot()
    return "σᵢ > λ*(β)·√N·s = \(figure(MarchenkoPastur.knownNoiseThreshold(beta))) · \(figure(side)) · \(figure(noise))"
      + " = \(figure(cut)) → " + answer.text(context) + floorRemark(Bounded(cut), context)
  }

  private func cut(_ context: RuleContext) -> Double? {
    context.analysis.aspectRatio.map {
      MarchenkoPastur.knownNoiseThreshold($0) * Double(context.analysis.spectrum.shape.longSide).squareRoot() * noise
    }
  }
}

/// #{σ_i > s(√m + √n)} for white noise of known strength s. It needs s, so that it stands in no catalog.
///
/// Source: Marchenko & Pastur, Mat. Sb. 72 (1967), 507–536. Finite noise exceeds the edge in about one draw of five.
package struct KnownNoiseEdgeRule: RankRule {
  package let id = "marchenko_pastur_known_noise"
  package let title = "noise edge, s known"
  package let summary =
    "Keeps what stands above the largest σ that white noise of the strength that was given would have; it assumes even, "
    + "independent noise of that strength, and pure noise passes it by one now and then."
  /// s, in A's units.
  package let noise: Double

  /// A rule for noise of standard deviation `noise`, not negative.
  package init(noise: Double) { self.noise = noise }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(above: Bounded(edge(context)), of: context.analysis)
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let shape = context.analysis.spectrum.shape
    let sides = MarchenkoPastur.noiseEdge(shape, noise: 1)
    return "σᵢ > s(√m + √n) = \(figure(noise)) · \(figure(sides)) = \(figure(edge(context))) → " + answer.text(context)
      + floorRemark(Bounded(edge(context)), context)
  }

  private func edge(_ context: RuleContext) -> Double {
    MarchenkoPastur.noiseEdge(context.analysis.spectrum.shape, noise: noise)
  }
}
