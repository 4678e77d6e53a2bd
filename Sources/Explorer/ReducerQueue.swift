import RankAnalysis

extension ExplorerState {
  /// Takes a result; one that belongs to another matrix is stale and dropped.
  mutating func take(_ event: QueueEvent) -> [Effect] {
    if case .preview(let source, let preview) = event {
      previews[source] = preview
      return []
    }
    guard event.matrixID == matrixID else { return [] }
    switch event {
    case .tensors(_, let entries):
      tensors = entries
      tensorRow = ListSelection()
      view = .tensors
      if home == .overview { home = .tensors }
      activity = .idle
    case .reading(_, let fraction): activity = .reading(fraction)
    case .loaded(_, let loaded):
      info = loaded
      activity = .idle
      return measureEffects()
    case .solving(_, .values, let estimate): activity = .values(since: now, estimate: estimate)
    case .solving(_, .thinSVD, let estimate): activity = .vectors(since: now, estimate: estimate)
    case .spectrum(_, let result): return start(with: result)
    case .vectors:
      hasVectors = true
      activity = .idle
      return measureEffects()
    case .pictures(let set): pictures = set
    case .measuring(_, let fraction): measuring = fraction
    case .measured(_, let result):
      measurement = result
      measuring = nil
    case .failed(_, let sentence):
      activity = .idle
      if spectrum == nil { failure = sentence } else { notice = Notice(sentence, isError: true) }
    case .preview: break
    }
    return []
  }

  /// Starts the slider at 10 % error, and says so.
  private mutating func start(with result: SolvedSpectrum) -> [Effect] {
    spectrum = result
    activity = .idle
    let tenPercent = result.answers.first { $0.id == "error_10" }?.rank ?? 0
    rank = max(0, min(result.count, tenPercent))
    notice = Notice("starts at 10 % error: k = \(NumberFormat.grouped(rank))", until: now + 12)
    return measureEffects()
  }
}

extension QueueEvent {
  /// The matrix that the event is about; nil for a preview.
  package var matrixID: MatrixID? {
    switch self {
    case .tensors(let id, _), .reading(let id, _), .loaded(let id, _), .solving(let id, _, _), .spectrum(let id, _),
      .vectors(let id), .measured(let id, _), .measuring(let id, _), .failed(let id, _):
      id
    case .pictures(let set): set.matrixID
    case .preview: nil
    }
  }
}
