/// #{σ_i > s(√m + √n)}: what pure noise of level s would not reach, s estimated from the median.
///
/// Source: Marchenko & Pastur, Mat. Sb. 72 (1967), 507–536. Finite noise exceeds the edge in about one draw of five.
package struct MarchenkoPasturRule: RankRule {
  package let id = "marchenko_pastur"
  package let aliases = ["noise_edge", "edge", "mp"]
  package let title = "noise edge"
  package let summary =
    "Keeps what stands above the largest σ that white noise alone would have (Marchenko–Pastur), its strength taken from "
    + "the median; it assumes even, independent noise, and pure noise passes it by one now and then."

  package init() {}

  package func answer(_ context: RuleContext) -> RankAnswer? {
    guard let noise = context.analysis.noiseLevel else { return RankAnswer(rank: 0) }
    return RankAnswer(above: noise.scaled(by: sides(context)), of: context.analysis)
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    guard let noise = context.analysis.noiseLevel else { return "no singular values → 0" }
    let edge = noise.scaled(by: sides(context))
    return "σᵢ > s(√m + √n) = \(figure(noise)) · \(figure(sides(context))) = \(figure(edge)) → "
      + answer.text(context) + "\ns = median σ / √(N·μ_β)" + floorRemark(edge, context)
  }

  /// √m + √n.
  private func sides(_ context: RuleContext) -> Double {
    let shape = context.analysis.spectrum.shape
    return Double(shape.rows).squareRoot() + Double(shape.columns).squareRoot()
  }
}
