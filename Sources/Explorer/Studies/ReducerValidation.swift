import Experiments

extension ExplorerState {
  /// Holds something else out; nothing happens where that is not on the screen.
  mutating func change(_ change: ValidationChange) {
    if case .kind(let kind) = change {
      validationOptions.kind = kind
      return
    }
    guard view == .validation else { return }
    switch change {
    case .kind: break
    case .nextKind:
      let kinds = HoldoutKind.allCases
      let index = kinds.firstIndex(of: validationOptions.kind) ?? 0
      validationOptions.kind = kinds[(index + 1) % kinds.count]
    case .nextSeed: validationOptions.seed = validationOptions.seed % 999 + 1
    }
  }

  /// Puts the rank that held-out blocks chose so far among the rules of the spectrum.
  ///
  /// Not while a lesson hides them: a tick would be the answer.
  mutating func takeValidatedRank() {
    guard !showsLesson || lesson?.hidden.contains(.validation) != true else { return }
    guard let rule = finding(ValidationFinding.self, of: .validation)?.rule else { return }
    spectrum = spectrum?.answered(by: rule)
  }

  /// Takes that rank away again.
  mutating func forgetValidatedRank() {
    spectrum = spectrum?.unanswered(by: "bi_cross_validation")
  }
}
