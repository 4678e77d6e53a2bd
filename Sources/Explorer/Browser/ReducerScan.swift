import Checkpoints
import MatrixFiles

// The scan of the listed file: begun, held, asked for what is on the screen, and what it tells.
extension ExplorerState {
  mutating func steerScan(_ action: ExplorerAction, _ browser: inout Browser) -> [Effect] {
    switch (browser.scan.state, action) {
    case (.none, _):
      guard browser.items.contains(where: \.isMatrix) else {
        notice = Notice("there is no matrix to scan", until: now + 4)
        return []
      }
      browser.scan.state = .running
      return [.scan(scanID, source: sourceName)]
    case (.finished, _):
      notice = Notice("every matrix is scanned", until: now + 4)
      return []
    case (.running, .startScan): browser.scan.isPaused = false
    case (.running, _): browser.scan.isPaused.toggle()
    }
    return [.holdScan(browser.scan.isPaused || browser.scan.isHeld)]
  }

  /// Takes what the scan of the listed file tells.
  mutating func take(_ events: [ScanEvent], of id: MatrixID) -> [Effect] {
    guard id == scanID else { return [] }
    if browser == nil { aside?.browser.take(events) }
    browser?.take(events)
    guard let scan = browser?.scan, scan.state == .finished, scan.isHeld || scan.isPaused else { return sightEffects() }
    // Nothing is left to stand back; parts that come into sight need not wait.
    browser?.scan.isHeld = false
    browser?.scan.isPaused = false
    return [.holdScan(false)] + sightEffects()
  }

  /// What the rows on the screen ask for, once each: to be scanned first, and the chosen one to be taken apart.
  mutating func sightEffects() -> [Effect] {
    guard let known = browser, showsBrowser else { return [] }
    var effects: [Effect] = []
    let wanted = known.scan.state == .running ? known.visibleMatrices.filter { known.findings[$0] == nil } : []
    if !wanted.allSatisfy(known.scan.first.contains) {
      browser?.scan.first = Set(wanted)
      effects.append(.scanFirst(scanID, wanted))
    }
    let parts = known.unscannedParts
    if !parts.isEmpty {
      browser?.scan.parts.formUnion(parts.map(\.item))
      effects.append(.scanParts(scanID, parts))
    }
    if let item = known.wantsParts, let entry = known.items[item].entry {
      effects.append(.takeApart(scanID, item: item, entry, source: sourceName))
    }
    return effects
  }

  /// Lets the scan stand back while an opened matrix is read and solved, and go on after.
  mutating func holdScanEffects() -> [Effect] {
    guard let scan = browser?.scan, scan.state == .running else { return [] }
    let isBusy =
      showsMatrix && failure == nil && !isCancelled
      && (activity != .idle || spectrum?.isPreview == false && vectors?.isExact != true)
    guard isBusy != scan.isHeld else { return [] }
    browser?.scan.isHeld = isBusy
    return scan.isPaused ? [] : [.holdScan(isBusy)]
  }
}
