import Factorizations

/// How every method does on one matrix at one rank.
package struct RaceFinding: Hashable, Sendable {
  /// k.
  package let rank: Int
  /// What decided the random starts.
  package let seed: UInt64
  /// Whether seconds mean something.
  package let isTimed: Bool
  /// √(Σ_{i>k} σ_i² / Σ σ_i²), below which no ‖A − BC‖_F/‖A‖_F can be.
  package let bound: Double
  /// What rounding may have done to the bound and to an error together: only an error below `bound` − `slack` would have
  /// crossed it.
  package let slack: Double
  /// The methods, in the order in which they run.
  package var lanes: [RaceLane]
  /// What may not take part, and why.
  package let excluded: [RaceExclusion]

  /// The excess of a relative error over the bound, as a share of it; nil where the bound is rounding.
  package func excess(_ error: Double) -> Double? {
    bound > slack ? max(0, error / bound - 1) : nil
  }
}

/// One method in a race.
package struct RaceLane: Hashable, Sendable {
  /// Where it is.
  package enum Phase: Hashable, Sendable {
    /// Its turn is still to come.
    case waiting
    /// It is at work.
    case running
    /// It is done.
    case finished(Factorization.End)
    /// It cannot take this matrix, or failed: why.
    case refused(String)
  }

  /// ``FactorizationMethod/id``.
  package let id: String
  /// ``FactorizationMethod/title``.
  package let title: String
  /// Whether it goes on in iterations.
  package let isIterative: Bool
  /// Where it is.
  package var phase = Phase.waiting
  /// The errors so far, in order.
  package var points: [RacePoint] = []
  /// Its own parameters, once it is done.
  package var parameterCount: Int?
  /// How they are counted.
  package var parameterSentence: String

  /// A lane for `method`, whose turn is still to come.
  package init(_ method: any FactorizationMethod) {
    id = method.id
    title = method.title
    isIterative = method.isIterative
    parameterSentence = method.parameterRule
  }
}

/// An error on the way.
package struct RacePoint: Hashable, Sendable {
  /// Iterations done.
  package let iteration: Int
  /// Seconds of work; 0 where time does not count.
  package let seconds: Double
  /// ‖A − BC‖_F/‖A‖_F over all entries.
  package let error: Double
  /// The step size, where there is one.
  package let stepSize: Double?
}

/// Why something is outside the race.
package struct RaceExclusion: Hashable, Sendable {
  /// What.
  package let title: String
  /// One sentence.
  package let reason: String
}
