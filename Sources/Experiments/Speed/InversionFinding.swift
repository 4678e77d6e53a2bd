/// How λ, which makes AAᵀ + λI invertible, is chosen.
package enum RidgeChoice: Hashable, Sendable {
  /// (share·σ₁)².
  case share(Double)
  /// The square of the largest σ that noise alone would have, by the median of the spectrum.
  case noise
  /// This value, in the squares of A's units.
  case value(Double)
}

/// Solving (AAᵀ + λI)x = b by a dense Cholesky factorization, and (A_kA_kᵀ + λI)x = b through the factors by Woodbury's
/// identity, for one seeded b.
package struct InversionFinding: Hashable, Sendable {
  /// λ.
  package let lambda: Double
  /// How it was chosen.
  package let choice: RidgeChoice
  /// k.
  package let rank: Int
  /// The dense solution.
  package let dense: SolveOutcome
  /// The one through the factors.
  package let factored: SolveOutcome
  /// ‖x_k − x‖/‖x‖ between both solutions; nil unless both are there.
  package let difference: Double?
  /// λ·‖(AAᵀ + λI)⁻¹ − (A_kA_kᵀ + λI)⁻¹‖₂ = σ²_{k+1}/(σ²_{k+1} + λ): what the cut may change, of the largest there is, 1/λ.
  package let effectOfCut: Double
}

/// A solution, or why there is none.
package enum SolveOutcome: Hashable, Sendable {
  /// A solution.
  case solved(SolveFacts)
  /// One sentence.
  case leftOut(String)

  /// The facts, where there are such.
  package var facts: SolveFacts? { if case .solved(let facts) = self { facts } else { nil } }
}

/// What a solution took, and how good it is.
package struct SolveFacts: Hashable, Sendable {
  /// The FLOPs of everything from A, or its factors, to x.
  package let flops: Double
  /// The times; nil where none are taken.
  package let times: TimeSpread?
  /// ‖Mx − b‖/‖b‖ in the system that it solves: M = AAᵀ + λI, or A_kA_kᵀ + λI.
  package let residual: Double
  /// The same in the system of A.
  package let residualOfA: Double
}

/// What A_k⁺ = V_kΣ_k⁻¹U_kᵀ is to A⁺.
package struct PseudoinverseFinding: Hashable, Sendable {
  /// k, or the numerical rank if that is less: σ below the precision floor are not inverted.
  package let rank: Int
  /// r, the numerical rank.
  package let numericalRank: Int
  /// σ₁, σ_k and σ_r.
  package let largest: Double, smallestKept: Double, smallest: Double
  /// 2k(m + n) + k, the FLOPs of A_k⁺b.
  package let flops: Double
  /// The times of A_k⁺b; nil where none are taken.
  package let times: TimeSpread?

  /// σ₁/σ_k, by which A_k⁺ may magnify relative errors; nil at k = 0.
  package var condition: Double? { rank > 0 ? largest / smallestKept : nil }
  /// σ₁/σ_r, the same of A⁺; nil for a zero matrix.
  package var fullCondition: Double? { numericalRank > 0 ? largest / smallest : nil }
  /// ‖A⁺ − A_k⁺‖₂: 1/σ_r as soon as k < r, which is all of ‖A⁺‖₂, however small the cut; 0 at k = r.
  package var distance: Double { rank < numericalRank ? 1 / smallest : 0 }
}

extension PseudoinverseFinding {
  /// What `known` would be at another rank, without times.
  package init(_ known: PseudoinverseFinding, atRank rank: Int, values: [Double]) {
    let kept = max(0, min(rank, known.numericalRank))
    let sides = known.rank > 0 ? (known.flops - Double(known.rank)) / Double(known.rank) : 0
    self.init(
      rank: kept, numericalRank: known.numericalRank, largest: known.largest,
      smallestKept: kept > 0 ? values[kept - 1] : 0, smallest: known.smallest,
      flops: Double(kept) * (sides + 1), times: nil)
  }
}
