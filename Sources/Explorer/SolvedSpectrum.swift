import LinearAlgebra
import RankAnalysis

/// A spectrum with everything that follows from it alone.
package struct SolvedSpectrum: Sendable {
  /// σ, its tail sums and its measures.
  package let analysis: SpectrumAnalysis
  /// Parameters, bytes and FLOPs by rank.
  package let costs: ParameterCosts
  /// What every rule of the catalog answers.
  package let answers: [RuleAnswer]
  /// The method's name.
  package let method: String
  /// Why this method.
  package let reason: String
  /// The seconds the solver took; nil where time does not count, in recordings.
  package let seconds: Double?

  /// p = min(m, n).
  package var count: Int { analysis.spectrum.count }
}

/// A rule of the catalog and the rank it picks.
package struct RuleAnswer: Sendable {
  /// The rule's identifier: "energy_99".
  package let id: String
  /// Its plain name: "99 % energy".
  package let title: String
  /// One sentence: what it does and what it assumes.
  package let summary: String
  /// The formula with this matrix's numbers.
  package let explanation: String
  /// The rank it picks.
  package let rank: Int
  /// Whether its name should be the first to find room beneath the spectrum.
  package let isProminent: Bool
}
