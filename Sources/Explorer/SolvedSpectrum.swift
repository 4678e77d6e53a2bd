import LinearAlgebra
import RankAnalysis

/// A spectrum with everything that follows from it alone.
package struct SolvedSpectrum: Sendable {
  /// σ, its tail sums and its measures.
  package let analysis: SpectrumAnalysis
  /// Parameters, bytes and FLOPs by rank.
  package let costs: ParameterCosts
  /// What every rule of the catalog answers, and those that were made of experiments.
  package internal(set) var answers: [RuleAnswer]
  /// The rules that say nothing before the exact spectrum is there.
  package let openRules: [OpenRule]
  /// The method's name.
  package let method: String
  /// Why this method.
  package let reason: String
  /// The seconds the solver took; nil where time does not count, in recordings.
  package let seconds: Double?
  /// l, where only bounds are there, from the leading l triplets.
  package let leadingCount: Int?
  /// The values between which a value axis is drawn; nil leaves that to the values themselves.
  package var shownValues: ClosedRange<Double>?

  /// Whether the values are known to lie between bounds alone.
  package var isPreview: Bool { !analysis.isExact }

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
  /// The rank it picks; the largest of ``ranks``, which is safe whatever the exact one turns out to be.
  package var rank: Int { ranks.upperBound }
  /// The ranks between which it lies while the spectrum is only bounded.
  package let ranks: ClosedRange<Int>
  /// Whether its name should be the first to find room beneath the spectrum.
  package let isProminent: Bool
}

/// A rule that only the exact spectrum can answer.
package struct OpenRule: Hashable, Sendable {
  /// Its plain name.
  package let title: String
  /// One sentence: what it does and what it assumes.
  package let summary: String
}

extension SolvedSpectrum {
  /// The answers that name one rank, or a safe one that is less than all.
  package var stops: [RuleAnswer] { answers.filter { $0.isCertain || $0.rank < count } }

  /// A rule's rank, or what it lies between: "37", "35–41", "≤ 41", "≥ 64".
  package func rankText(_ answer: RuleAnswer) -> String { NumberFormat.rank(answer.ranks, of: count) }

  /// This spectrum on the axis of `before`, so that the bars do not move when it takes its place; on one of its own where
  /// most of it would lie below that.
  func onAxis(of before: SolvedSpectrum?) -> SolvedSpectrum {
    guard let shown = before?.shownValues else { return self }
    let floor = analysis.spectrum.floorValue
    let significant = analysis.spectrum.upper.filter { $0 > floor }
    let visible = significant.count { $0 >= shown.lowerBound }
    guard 2 * visible >= significant.count else { return self }
    var result = self
    result.shownValues = shown
    return result
  }
}

extension RuleAnswer {
  /// Whether it is one rank.
  package var isCertain: Bool { ranks.lowerBound == ranks.upperBound }
}
