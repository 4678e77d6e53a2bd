import MatrixFiles
import Preparation
import RankAnalysis

extension ExplorerState {
  /// Actions while a matrix is on the screen.
  mutating func reduceMatrix(_ action: ExplorerAction) -> [Effect] {
    switch action {
    case .moveRank(let step), .moveRow(let step): return setRank(rank + step)
    case .scaleRank(let sign): return setRank(rank + sign * max(1, rank / 10))
    case .page(let sign): return setRank(rank + sign * pageStep)
    case .goToStart: return setRank(0)
    case .goToEnd: return setRank(fullRank)
    case .setRank(let rank), .chooseRow(let rank): return setRank(rank)
    case .stepRule(let direction): return stepRule(direction)
    case .digit(let digit):
      if typed.count < 9 { typed.append(digit) }
    case .eraseDigit:
      if !typed.isEmpty { typed.removeLast() }
    case .confirm where courtTakesEnter: return reduceCourt(.toggleReasons)
    case .confirm: return isCancelled && typed.isEmpty ? reopen() : confirmTyped()
    case .togglePlayback: togglePlayback()
    case .show(let next): return switchView(to: next)
    case .stepView(let step): return stepView(step)
    case .toggleMark, .swapMark, .toggleGhost: return reduceComparison(action)
    case .toggleWindow, .zoom, .pan, .center, .toggleBlink, .nextColorMap: reducePictures(action)
    case .stepComponent(let step): return setComponent(component + step)
    case .race(let change): self.change(change)
    case .validate(let change): self.change(change)
    case .court(let action): return reduceCourt(action)
    case .speed(let change): reduceSpeed(change)
    case .project(let change): reduceProjection(change)
    case .prepare(let change): return prepare(change)
    case .stepTensor(let step): return stepTensor(step)
    case .beginCommand(let text): prompt = Prompt(.command, text: text)
    case .toggleValueAxis: logarithmicValues.toggle()
    case .toggleIndexAxis: logarithmicIndex.toggle()
    case .toggleCurves: showsCurves.toggle()
    case .toggleTheme: toggleTheme()
    case .help: overlay = .help(scroll: 0)
    case .explain(let row): overlay = .explain(row: row ?? 0)
    case .back: return goBack()
    default: break
    }
    return []
  }

  /// Sets the rank, clamped to 0 … p, and asks for it to be measured.
  mutating func setRank(_ wanted: Int, keepsPlaying: Bool = false) -> [Effect] {
    typed = ""
    guard spectrum != nil else { return [] }
    if !keepsPlaying { playback = nil }
    let clamped = max(0, min(fullRank, wanted))
    isRankChosen = true
    carried = nil
    guard clamped != rank else { return [] }
    let before = availableRank
    rank = clamped
    // Beyond the last vectors that are there nothing new can be measured.
    return (hasVectors && availableRank == before ? [] : measureEffects()) + extensionEffects()
  }

  /// PgUp and PgDn: a screenful of the table, a tenth of the full rank elsewhere.
  private var pageStep: Int { view == .numbers ? max(1, size.rows - 5) : max(1, fullRank / 10) }

  private mutating func stepRule(_ direction: Int) -> [Effect] {
    guard let spectrum else { return [] }
    let ranks = spectrum.stops.map(\.rank) + [spectrum.costs.breakEvenRank]
    let next = direction > 0 ? ranks.filter { $0 > rank }.min() : ranks.filter { $0 < rank }.max()
    guard let next else {
      notice = Notice("no rule picks a \(direction > 0 ? "larger" : "smaller") rank", until: now + 4)
      return []
    }
    let effects = setRank(next)
    var names = spectrum.stops.filter { $0.rank == next }.map { $0.isCertain ? $0.title : "\($0.title) at most" }
    if next == spectrum.costs.breakEvenRank { names.append("break-even") }
    notice = Notice("\(NumberFormat.grouped(next)): \(names.joined(separator: ", "))", until: now + 12)
    return effects
  }

  private mutating func confirmTyped() -> [Effect] {
    guard let wanted = Int(typed) else { return [] }
    let effects = setRank(wanted)
    if wanted > fullRank {
      notice = Notice("the largest rank here is \(NumberFormat.grouped(fullRank))", until: now + 4)
    }
    return effects
  }

  private mutating func togglePlayback() {
    if playback != nil {
      playback = nil
    } else if let spectrum, fullRank > 0 {
      playback = Playback(from: rank, fullRank: fullRank, pause: spectrum.costs.breakEvenRank, now: now)
    }
  }

  mutating func switchView(to next: ExplorerView) -> [Effect] {
    guard Self.matrixViews.contains(next) else { return [] }
    view = next
    hovered = nil
    pictureView.isBlinking = false
    return next == .components ? setComponent(component) : []
  }

  private mutating func stepView(_ step: Int) -> [Effect] {
    let views = Self.matrixViews
    guard let index = views.firstIndex(of: view) else { return [] }
    return switchView(to: views[(index + step + views.count) % views.count])
  }

  /// Esc: takes back what was typed, stops what moves, returns to the list of tensors, whatever is under way, or cancels
  /// reading and solving; it never quits.
  private mutating func goBack() -> [Effect] {
    if !typed.isEmpty {
      typed = ""
    } else if view == .court, court.isOpen {
      court.isOpen = false
    } else if playback != nil {
      playback = nil
    } else if pictureView.isBlinking {
      pictureView.isBlinking = false
    } else if aside != nil {
      return returnToAside()
    } else if browser != nil {
      return leaveMatrix()
    } else if activity != .idle {
      activity = .idle
      extending = nil
      isCancelled = true
      notice = Notice("cancelled; Enter starts again")
      return [.cancelSolve]
    } else if home != .overview {
      return leaveMatrix()
    }
    return []
  }

  /// The layer to look at, clamped to 1 … p; its vectors are asked for.
  mutating func setComponent(_ wanted: Int) -> [Effect] {
    guard fullRank > 0 else { return [] }
    component = max(1, min(fullRank, wanted))
    return extensionEffects() + (triplet?.index == component ? [] : tripletEffects())
  }

  /// Asks for the vectors of the layer that is looked at, if they are there.
  func tripletEffects() -> [Effect] {
    component <= vectors?.count ?? 0 ? [.triplet(matrixID, index: component)] : []
  }

  mutating func toggleTheme() { choose(display.theme.next) }

  mutating func choose(_ theme: ThemeName) {
    display.theme = theme
    isThemeChosen = true
  }
}
