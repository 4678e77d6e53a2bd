extension ExplorerState {
  /// Changes the race; another seed starts it again.
  mutating func change(_ change: RaceChange) {
    guard view == .race else { return }
    switch change {
    case .nextSeed: raceOptions.seed += 1
    case .toggleAxis: raceOptions.showsSeconds.toggle()
    }
  }
}
