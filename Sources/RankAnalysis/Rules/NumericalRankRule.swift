/// The number of singular values that are not rounding, in NumPy's convention: σ > σ₁·N·eps.
package struct NumericalRankRule: RankRule {
  package let id = "numerical"
  package let title = "numerical rank"
  package let summary =
    "How many singular values stand above rounding, in the convention of NumPy's matrix_rank (σ₁ · max(m, n) · eps)."

  package func answer(_ context: RuleContext) -> RankAnswer? {
    let spectrum = context.analysis.spectrum
    return RankAnswer(rank: context.analysis.count(above: 0), threshold: spectrum.floorValue)
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let spectrum = context.analysis.spectrum
    return "σᵢ > \(NumberFormat.plain(spectrum.precisionFloor, digits: 3)) · σ₁ = "
      + "\(NumberFormat.plain(spectrum.floorValue, digits: 3)) → \(NumberFormat.grouped(answer.rank))"
  }
}
