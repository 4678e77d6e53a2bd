/// Gavish & Donoho's optimal hard threshold for noise of unknown strength: σ > ω(β)·median σ.
///
/// Source: Gavish & Donoho, IEEE Trans. Inf. Theory 60 (2014), 5040–5053.
package struct GavishDonohoRule: RankRule {
  package let id = "gavish_donoho"
  package let title = "noise rule"
  package let summary =
    "The cut that loses least when A is low rank plus even, independent noise (Gavish & Donoho): it minimises the error "
    + "and does not seek the true rank. It takes the median σ for noise."

  package func answer(_ context: RuleContext) -> RankAnswer? {
    guard context.aspectRatio > 0 else { return RankAnswer(rank: 0) }
    let threshold = MarchenkoPastur.medianThreshold(context.aspectRatio) * context.medianSingularValue
    let cut = max(threshold, context.analysis.spectrum.floorValue)
    return RankAnswer(rank: context.analysis.count(above: cut), threshold: cut)
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    guard context.aspectRatio > 0 else { return "an empty matrix has no spectrum" }
    let omega = NumberFormat.plain(MarchenkoPastur.medianThreshold(context.aspectRatio), digits: 4)
    return "σᵢ > ω(β) · median σ = \(omega) · \(NumberFormat.plain(context.medianSingularValue, digits: 4)) = "
      + "\(NumberFormat.plain(answer.threshold ?? 0, digits: 4)), β = \(NumberFormat.plain(context.aspectRatio, digits: 3)) → "
      + NumberFormat.grouped(answer.rank)
  }
}

/// The edge of what even noise alone would show: σ > s(√m + √n), s from the median.
///
/// Source: Marchenko & Pastur, Math. USSR-Sbornik 1 (1967), 457–483.
package struct MarchenkoPasturRule: RankRule {
  package let id = "marchenko_pastur"
  package let title = "noise edge"
  package let summary =
    "How many singular values exceed the largest that even noise of the median's strength would show. Pure noise passes "
    + "the edge in about one draw of five; on trained weights the median misleads."

  package func answer(_ context: RuleContext) -> RankAnswer? {
    guard context.aspectRatio > 0 else { return RankAnswer(rank: 0) }
    let shape = context.analysis.spectrum.shape
    let edge = noise(context) * (Double(shape.rows).squareRoot() + Double(shape.columns).squareRoot())
    let cut = max(edge, context.analysis.spectrum.floorValue)
    return RankAnswer(rank: context.analysis.count(above: cut), threshold: cut)
  }

  /// s = median σ / √(N μ_β).
  private func noise(_ context: RuleContext) -> Double {
    let long = Double(context.analysis.spectrum.shape.longSide)
    return context.medianSingularValue / (long * MarchenkoPastur.median(context.aspectRatio)).squareRoot()
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    guard context.aspectRatio > 0 else { return "an empty matrix has no spectrum" }
    let shape = context.analysis.spectrum.shape
    return
      "σᵢ > s(√m + √n) = \(NumberFormat.plain(noise(context), digits: 4)) · (√\(shape.rows) + √\(shape.columns)) = "
      + "\(NumberFormat.plain(answer.threshold ?? 0, digits: 4)), s from the median σ → \(NumberFormat.grouped(answer.rank))"
  }
}
