import Experiments

/// What the race view tries, and along which axis it shows it.
package struct RaceOptions: Hashable, Sendable {
  /// What decides the random starts.
  package internal(set) var seed: UInt64 = 1
  /// Whether seconds run along the horizontal axis, and not iterations.
  package internal(set) var showsSeconds = false

  /// The race at `rank`.
  func experiment(rank: Int) -> Race { Race(rank: rank, seed: seed) }
}

/// What the user changes about a race.
package enum RaceChange: Hashable, Sendable {
  /// Other random starts.
  case nextSeed
  /// Iterations or seconds along the axis.
  case toggleAxis
}
