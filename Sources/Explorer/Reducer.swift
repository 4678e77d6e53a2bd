import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis

/// What `action` makes of `state`, and the effects it asks for. Pure and total: no clock, no thread, no file.
package func reduce(_ state: inout ExplorerState, _ action: ExplorerAction) -> [Effect] {
  let effects = reduceAction(&state, action)
  return effects + state.lessonEffects() + state.studyEffects()
}

private func reduceAction(_ state: inout ExplorerState, _ action: ExplorerAction) -> [Effect] {
  switch action {
  case .queue(let event): return state.take(event) + state.holdScanEffects()
  case .parts(let id, let item, let entries):
    guard id == state.scanID else { return [] }
    if state.browser == nil { state.aside?.browser.take(parts: entries, of: item) }
    state.browser?.take(parts: entries, of: item)
    return state.sightEffects()
  case .scanned(let id, let events): return state.take(events, of: id)
  case .tick(let now): return state.advanceClock(to: now)
  case .hover(let index):
    state.hovered = index
    return []
  case .resize(let size):
    state.size = size
    return []
  case .theme(let name):
    if !state.isThemeChosen { state.display.theme = name }
    return []
  case .layout(let facts): return state.take(facts)
  case .saved(let outcome):
    state.show(outcome)
    return []
  case .redraw: return [.redraw]
  case .suspend: return [.suspend]
  case .save: return [.saveScreen]
  case .open(let source, let tensor):
    // What is opened during a lesson is explored freely.
    let effects = state.showsLesson ? state.explore() : []
    return effects + state.open(source, named: tensor) + state.holdScanEffects()
  case .compare(let source, let tensor):
    state.notice = Notice("solving \(printable(source)) to compare with …", until: state.now + 60)
    return [.compare(source: source, tensor: tensor, state.preparation)]
  case .write(let path, let overwrites): return state.write(path, overwrites: overwrites)
  case .completions(let text, let found):
    state.takeCompletions(of: text, found)
    return []
  case .say(let notice):
    state.notice = notice
    return []
  case .run(let text): return state.run(text)
  case .quit: return state.quit() + state.holdScanEffects()
  case .interrupt:
    state.isQuitting = true
    return [.cancelWork, .stopScan]
  default: break
  }
  // Whatever the user does next, the last notice was read.
  state.notice = nil
  if case .edit(let edit) = action { return state.edit(edit) }
  if case .display(let change) = action { return state.change(change) }
  if state.overlay != nil { return state.reduceOverlay(action) }
  if let effects = state.reduceLesson(action) { return effects + state.holdScanEffects() }
  if state.view == .lessons { return state.reduceLessonList(action) }
  if case .keep(let quantity) = action {
    state.keep(quantity ?? state.keeping.next)
    return []
  }
  let effects =
    state.showsMatrix
    ? state.reduceMatrix(action) : state.showsBrowser ? state.reduceBrowser(action) : state.reduceList(action)
  return effects + state.holdScanEffects()
}

extension ExplorerState {
  /// Opens a matrix, forgetting the one before and how it was looked at.
  mutating func open(_ source: String, tensor: String?, _ preparation: Preparation) -> [Effect] {
    // The list stays behind its own tensors only.
    let givingWay = tensor == nil || source != sourceName ? giveWay() : []
    sourceName = source
    tensorName = tensor
    entry = tensor.flatMap { browser?.item(named: $0) }.flatMap { browser?.items[$0].entry }
    self.preparation = preparation
    view = .overview
    isRankChosen = false
    mark = nil
    component = 1
    speedOptions = SpeedOptions()
    projectionOptions = ProjectionOptions()
    carried = nil
    pictureView = PictureView()
    court = CourtDesk()
    if tensor == nil { filter = "" }
    return givingWay + reopen()
  }

  /// Reads the same tensor again, prepared another way; the view and a rank that was chosen stay.
  mutating func reopen() -> [Effect] {
    matrixID += 1
    info = nil
    spectrum = nil
    vectors = nil
    extending = nil
    failure = nil
    isCancelled = false
    notice = nil
    if !isRankChosen { rank = 0 }
    hovered = nil
    typed = ""
    playback = nil
    pictures = nil
    studies = [:]
    detail = nil
    triplet = nil
    measurement = nil
    measuredRequest = nil
    measuring = nil
    overlay = nil
    activity = .reading(0)
    return [.open(matrixID, source: sourceName, tensor: tensorName, preparation)]
  }

  /// Measuring at the current rank and grid, if there is something to measure or draw.
  func measureEffects() -> [Effect] {
    guard info != nil, layout.pictures != nil || hasVectors else { return [] }
    return [.measure(matrixID, rank: vectors == nil ? rank : availableRank, layout.pictures)]
  }

  /// Widening the leading vectors, if those that are looked at are not among them and not on their way.
  mutating func extensionEffects() -> [Effect] {
    guard let vectors, !vectors.isExact, vectors.count < vectors.limit else { return [] }
    let wanted = min(vectors.limit, max(rank, view == .components ? component : 0))
    guard wanted > vectors.count, wanted > extending ?? 0 else { return [] }
    extending = wanted
    return [.extend(matrixID, rank: wanted)]
  }

  /// Takes a new layout: pictures of another size are asked for, an overlay does not scroll past its end.
  mutating func take(_ facts: LayoutFacts) -> [Effect] {
    let isNewRequest = facts.pictures != layout.pictures
    layout = facts
    overlay = overlay?.clamped(to: facts.lastOverlayRow)
    browser?.fit(height: facts.listRows, mapRows: facts.mapRows, mapColumns: facts.mapColumns)
    return (isNewRequest ? measureEffects() : []) + sightEffects()
  }

  mutating func quit() -> [Effect] {
    if let open = overlay {
      overlay = nil
      // A question that is not answered leaves nothing to return to.
      guard case .missing = open else { return [] }
    }
    if aside != nil { return returnToAside() }
    if showsMatrix && home != .overview { return leaveMatrix() }
    if showsBrowser && lesson != nil { return resumeLesson() }
    if showsBrowser && home == .gallery { return closeBrowser() }
    isQuitting = true
    return [.cancelWork, .stopScan]
  }

  /// Goes back to the list the matrix was opened from.
  mutating func leaveMatrix() -> [Effect] {
    matrixID += 1
    activity = .idle
    playback = nil
    notice = nil
    failure = nil
    isCancelled = false
    lastOpened = nil
    // From a tensor of a file that was opened during a lesson the way leads over the file's list.
    if browser == nil { lesson = nil }
    view = browser?.view ?? home
    return [.cancelWork] + (view == .gallery ? previewEffects() : sightEffects())
  }

  /// The chosen gallery entry's preview, unless it is there.
  func previewEffects() -> [Effect] {
    let rows = listedRows
    guard view == .gallery, rows.indices.contains(galleryRow.index) else { return [] }
    let source = gallery[rows[galleryRow.index]].source
    return previews[source] == nil ? [.preview(source)] : []
  }

  mutating func advanceClock(to time: Double) -> [Effect] {
    now = time
    if let until = notice?.until, time >= until { notice = nil }
    if pictureView.isBlinking, view != .pictures { pictureView.isBlinking = false }
    guard var playing = playback, let spectrum else { return [] }
    let pause = spectrum.costs.breakEvenRank
    guard let next = playing.advance(to: time, pause: pause) else { return [] }
    playback = playing.stops.isEmpty ? nil : playing
    if next == pause && next < fullRank {
      playback = nil
      notice = Notice(
        "break-even rank \(NumberFormat.grouped(pause)): past it costs more; space goes on"
      )
    }
    return setRank(next, keepsPlaying: true)
  }

  mutating func show(_ outcome: Result<String, FileError>, verb: String = "saved") {
    switch outcome {
    case .success(let path): notice = Notice("\(verb) \(printable(path))", until: now + 6)
    case .failure(let error): notice = Notice(error.description, isError: true, until: now + 10)
    }
  }
}
