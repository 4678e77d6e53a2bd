import Experiments

/// What is chosen in the court: how the rules are heard, and which of them is looked at.
package struct CourtDesk: Hashable, Sendable {
  /// The standard deviation of the noise, where the user knows it.
  package var noise: Double?
  /// The rule that is looked at; nil for the first.
  package var chosen: String?
  /// Whether its reasons are shown in place of the list.
  package var isOpen = false

  package init() {}

  /// The experiment behind the view.
  var experiment: Court { Court(noise: noise) }
}

/// What the user does in the court.
package enum CourtAction: Hashable, Sendable {
  /// The rule so many rows further down.
  case move(Int)
  /// Chooses a rule; choosing the chosen one shows its reasons.
  case choose(String)
  /// Shows the reasons of the chosen rule, or the list again.
  case toggleReasons
  /// Makes the rank that the chosen rule picks the slider's.
  case takeRank
  /// The standard deviation of the noise; nil where it is not known.
  case noise(Double?)
}

extension ExplorerState {
  /// What the rules said so far.
  package var courtFinding: CourtFinding? { finding(CourtFinding.self, of: .court) }

  /// The verdict of the rule that is looked at.
  package var chosenVerdict: CourtVerdict? {
    guard let verdicts = courtFinding?.verdicts else { return nil }
    return verdicts.first { $0.id == court.chosen } ?? verdicts.first
  }

  /// Whether Enter and Esc are about the court's reasons.
  var courtTakesEnter: Bool { view == .court && typed.isEmpty && !isCancelled && courtFinding != nil }

  /// Actions in the court.
  mutating func reduceCourt(_ action: CourtAction) -> [Effect] {
    let verdicts = courtFinding?.verdicts ?? []
    switch action {
    case .move(let step):
      guard let current = verdicts.firstIndex(where: { $0.id == chosenVerdict?.id }) else { return [] }
      court.chosen = verdicts[max(0, min(verdicts.count - 1, current + step))].id
    case .choose(let id):
      if chosenVerdict?.id == id { court.isOpen.toggle() } else { court.chosen = id }
    case .toggleReasons: court.isOpen.toggle()
    case .takeRank:
      guard let verdict = chosenVerdict else { return [] }
      return setRank(verdict.rank)
    case .noise(let noise):
      court.noise = noise
      return switchView(to: .court)
    }
    return []
  }
}
