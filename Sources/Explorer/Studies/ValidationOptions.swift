import Experiments

/// What the validation view holds out.
package struct ValidationOptions: Hashable, Sendable {
  /// Blocks, rows or entries.
  package var kind = HoldoutKind.blocks
  /// What decides which of them.
  package var seed: UInt64 = 1

  /// Blocks, by the first seed.
  package init() {}

  /// What is tried.
  var experiment: any Experiment {
    switch kind {
    case .blocks:
      var experiment = BiCrossValidation()
      experiment.seed = seed
      return experiment
    case .rows:
      var experiment = HeldOutRows()
      experiment.seed = seed
      return experiment
    case .entries:
      var experiment = HeldOutEntries()
      experiment.seed = seed
      return experiment
    }
  }
}

/// A change of what is held out.
package enum ValidationChange: Hashable, Sendable {
  /// This kind, on the screen or not.
  case kind(HoldoutKind)
  /// The next kind, around.
  case nextKind
  /// Other places of the same kind.
  case nextSeed
}
