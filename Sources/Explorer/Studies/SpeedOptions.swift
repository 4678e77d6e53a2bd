import Experiments

/// What the speed view times and shows.
package struct SpeedOptions: Hashable, Sendable {
  /// The batch size that the curves are of: a place among ``SpeedExperiment/usualBatches``.
  package var batch = 2
  /// How λ is chosen: a place among ``ridges``.
  package var ridge = 0
  /// The rank that is measured; nil where the slider starts, at 10 % error.
  package var rank: Int?

  /// What λ may follow from.
  package static let ridges: [RidgeChoice] = [.share(1e-3), .share(1e-2), .share(0.1), .noise]

  /// What is timed in `state`, whatever the slider says: its moves must not begin the timing anew.
  static func experiment(_ state: ExplorerState) -> SpeedExperiment? {
    guard let spectrum = state.spectrum, spectrum.count > 0 else { return nil }
    let options = state.speedOptions
    let start = spectrum.answers.first { $0.id == "error_10" }?.rank ?? 1
    return SpeedExperiment(
      rank: min(spectrum.count, options.rank ?? start), curvePoints: 8, ridge: ridges[options.ridge], seconds: 0.08)
  }
}

/// A change of what the speed view times or shows.
package enum SpeedChange: Hashable, Sendable {
  /// The next batch size, around.
  case nextBatch
  /// The next way to choose λ, around.
  case nextRidge
  /// Measure at the slider's rank.
  case measureHere
}

extension ExplorerState {
  /// Changes the speed view.
  mutating func reduceSpeed(_ change: SpeedChange) {
    guard view == .speed else { return }
    switch change {
    case .nextBatch: speedOptions.batch = (speedOptions.batch + 1) % SpeedExperiment.usualBatches.count
    case .nextRidge: speedOptions.ridge = (speedOptions.ridge + 1) % SpeedOptions.ridges.count
    case .measureHere: speedOptions.rank = rank
    }
  }
}
