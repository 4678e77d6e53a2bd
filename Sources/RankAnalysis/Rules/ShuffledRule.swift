import LinearAlgebra

/// #{σ_i > σ₁ of an entry-shuffled copy}: what the same entries in random places would not reach.
///
/// Its edge needs the matrix, so that it stands in no catalog: who has the matrix makes the rule, with σ₁ from
/// ``Factorizations/LargestValue``.
package struct ShuffledRule: RankRule {
  package let id = "shuffled"
  package let title = "above shuffled"
  package let summary =
    "Keeps what stands above the largest σ of a copy whose entries were shuffled; it assumes nothing of the entries' "
    + "distribution, only that structure lies in where they stand."
  private let edge: Double

  /// A rule that keeps the σ above `edge`, in A's units.
  package init(edge: Double) { self.edge = edge }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(above: Bounded(edge), of: context.analysis)
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    "σᵢ > σ₁ of the shuffled copy = \(figure(Bounded(edge))) → " + answer.text(context)
      + floorRemark(Bounded(edge), context)
  }
}
