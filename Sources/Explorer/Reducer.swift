import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// What `action` makes of `state`, and the effects it asks for. Pure and total: no clock, no thread, no file.
package func reduce(_ state: inout ExplorerState, _ action: ExplorerAction) -> [Effect] {
  switch action {
  case .queue(let event): return state.take(event)
  case .tick(let now): return state.advanceClock(to: now)
  case .hover(let index):
    state.hovered = index
    return []
  case .resize(let size):
    state.size = size
    return []
  case .theme(let name):
    state.display.theme = name
    return []
  case .layout(let facts): return state.take(facts)
  case .saved(let outcome):
    state.show(outcome)
    return []
  case .redraw: return [.redraw]
  case .suspend: return [.suspend]
  case .save: return [.saveScreen]
  case .open(let source, let tensor): return state.open(source, tensor: tensor)
  case .quit: return state.quit()
  case .interrupt:
    state.isQuitting = true
    return [.cancelWork]
  default: break
  }
  // Whatever the user does next, the last notice was read.
  state.notice = nil
  if state.overlay != nil { return state.reduceOverlay(action) }
  return state.showsMatrix ? state.reduceMatrix(action) : state.reduceList(action)
}

extension ExplorerState {
  /// Opens a matrix, forgetting the one before.
  mutating func open(_ source: String, tensor: String?) -> [Effect] {
    matrixID += 1
    sourceName = source
    info = nil
    spectrum = nil
    hasVectors = false
    failure = nil
    notice = nil
    rank = 0
    hovered = nil
    typed = ""
    playback = nil
    pictures = nil
    measurement = nil
    measuring = nil
    activity = .reading(0)
    view = .overview
    if tensor == nil { tensors = [] }
    return [.open(matrixID, source: source, tensor: tensor)]
  }

  /// Measuring at the current rank and grid, if there is something to measure or draw.
  func measureEffects() -> [Effect] {
    guard info != nil, layout.pictureGrid != nil || hasVectors else { return [] }
    return [.measure(matrixID, rank: rank, grid: layout.pictureGrid)]
  }

  /// Takes a new layout: pictures of another size are asked for, an overlay does not scroll past its end.
  mutating func take(_ facts: LayoutFacts) -> [Effect] {
    let isNewGrid = facts.pictureGrid != layout.pictureGrid
    layout = facts
    overlay = overlay?.clamped(to: facts.lastOverlayRow)
    return isNewGrid ? measureEffects() : []
  }

  mutating func quit() -> [Effect] {
    if overlay != nil {
      overlay = nil
      return []
    }
    if showsMatrix && home != .overview { return leaveMatrix() }
    if view == .tensors && home == .gallery {
      view = .gallery
      return previewEffects()
    }
    isQuitting = true
    return [.cancelWork]
  }

  /// Goes back to the list the matrix was opened from.
  mutating func leaveMatrix() -> [Effect] {
    matrixID += 1
    activity = .idle
    playback = nil
    notice = nil
    failure = nil
    view = tensors.isEmpty ? home : .tensors
    return [.cancelWork] + (view == .gallery ? previewEffects() : [])
  }

  /// The chosen gallery entry's preview, unless it is there.
  func previewEffects() -> [Effect] {
    guard view == .gallery, gallery.indices.contains(galleryRow.index) else { return [] }
    let source = gallery[galleryRow.index].source
    return previews[source] == nil ? [.preview(source)] : []
  }

  mutating func advanceClock(to time: Double) -> [Effect] {
    now = time
    if let until = notice?.until, time >= until { notice = nil }
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

  mutating func show(_ outcome: Result<String, FileError>) {
    switch outcome {
    case .success(let path): notice = Notice("saved \(path)", until: now + 6)
    case .failure(let error): notice = Notice(error.description, isError: true, until: now + 10)
    }
  }
}
