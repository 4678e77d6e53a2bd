/// #{σ_i > ω(β)·median σ}: the threshold of least mean squared error when the noise level is unknown.
///
/// Source: Gavish & Donoho, IEEE Trans. Inf. Theory 60 (2014), 5040–5053, with the exact ω rather than its cubic fit.
package struct GavishDonohoRule: RankRule {
  package let id = "gavish_donoho"
  package let aliases = ["noise", "noise_rule", "optimal_threshold"]
  package let title = "noise rule"
  package let isProminent = true
  package let summary =
    "Keeps what best restores a low-rank matrix under white noise of unknown strength (Gavish & Donoho); it assumes even, "
    + "independent noise and that most σ are noise."

  package init() {}

  package func answer(_ context: RuleContext) -> RankAnswer? {
    guard let beta = context.analysis.aspectRatio else { return RankAnswer(rank: 0) }
    let cut = context.analysis.medianValue.scaled(by: MarchenkoPastur.unknownNoiseThreshold(beta))
    return RankAnswer(above: cut, of: context.analysis)
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    guard let beta = context.analysis.aspectRatio else { return "no singular values → 0" }
    let omega = MarchenkoPastur.unknownNoiseThreshold(beta)
    let median = context.analysis.medianValue
    let cut = median.scaled(by: omega)
    return "σᵢ > ω(β)·median σ = \(figure(omega)) · \(figure(median)) = \(figure(cut)) → "
      + answer.text(context) + floorRemark(cut, context)
  }
}

/// A second line where a rule's own cut lies below the precision floor, which then decides.
func floorRemark(_ cut: Bounded, _ context: RuleContext) -> String {
  let floor = context.analysis.floorValue
  return cut.upper < floor.lower ? "\nraised to the precision floor \(figure(floor))" : ""
}
