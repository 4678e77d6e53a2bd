import RankAnalysis

extension ExplorerState {
  /// Takes a result; one that belongs to another matrix is stale and dropped.
  mutating func take(_ event: QueueEvent) -> [Effect] {
    switch event {
    case .preview(let source, let preview):
      previews[source] = preview
      return []
    case .ghost(let outcome):
      take(outcome)
      return []
    case .wrote(let outcome):
      show(outcome, verb: "wrote")
      return []
    default: break
    }
    guard event.matrixID == matrixID else { return [] }
    // What was under way when the work was cancelled is no longer.
    if isCancelled, event.isProgress { return [] }
    switch event {
    case .missing(_, let cells):
      activity = .idle
      prompt = nil
      overlay = .missing(cells, row: 0)
    case .tensors(_, let entries, let others):
      tensors = entries
      unreadable = others
      tensorRow = ListSelection()
      view = .tensors
      if home == .overview { home = .tensors }
      activity = .idle
    case .reading(_, let fraction): activity = .reading(fraction)
    case .loaded(_, let loaded):
      info = loaded
      entry = loaded.entry
      activity = .idle
      pictureView.isWindowed = loaded.isPicture
      return measureEffects()
    case .solving(_, .values, let plan): activity = .values(since: now, plan)
    case .solving(_, .thinSVD, let plan): activity = .vectors(since: now, plan)
    case .spectrum(_, let result): return start(with: result)
    case .vectors:
      hasVectors = true
      activity = .idle
      return measureEffects() + (view == .components ? setComponent(component) : [])
    case .pictures(let set): pictures = set
    case .measuring(_, let fraction): measuring = fraction
    case .measured(_, let request, let result):
      measurement = result
      measuredRequest = request
      measuring = nil
    case .failed(_, let sentence):
      activity = .idle
      return fail(sentence)
    case .detail(_, let map): detail = map
    case .triplet(_, let found): triplet = found
    case .preview, .ghost, .wrote: break
    }
    return []
  }

  /// Says why nothing could be opened or solved. Whoever came from a list or another matrix goes back there.
  private mutating func fail(_ sentence: String) -> [Effect] {
    let said = Notice(sentence, isError: true)
    guard spectrum == nil else {
      notice = said
      return []
    }
    var effects: [Effect] = []
    if let last = lastOpened, last.source != sourceName || last.tensor != tensorName || last.preparation != preparation
    {
      effects = open(last.source, tensor: last.tensor, last.preparation)
    } else if !tensors.isEmpty || home == .gallery {
      effects = leaveMatrix()
    } else {
      failure = sentence
      return []
    }
    notice = said
    return effects
  }

  /// Starts the slider at 10 % error, and says so; a rank that was chosen before stays.
  private mutating func start(with result: SolvedSpectrum) -> [Effect] {
    spectrum = result
    lastOpened = (sourceName, tensorName, preparation)
    activity = .idle
    component = max(1, min(result.count, component))
    if let mark { self.mark = min(result.count, mark) }
    if isRankChosen {
      rank = min(result.count, rank)
      if notice?.isError != true { notice = adviceNotice }
      return measureEffects()
    }
    let tenPercent = result.answers.first { $0.id == "error_10" }?.rank ?? 0
    rank = max(0, min(result.count, tenPercent))
    if notice?.isError == true { return measureEffects() }
    notice = adviceNotice ?? Notice("starts at 10 % error: k = \(NumberFormat.grouped(rank))", until: now + 12)
    return measureEffects()
  }
}

extension QueueEvent {
  /// Whether it tells how far work is, and of no result.
  fileprivate var isProgress: Bool {
    switch self {
    case .reading, .solving, .measuring: true
    default: false
    }
  }

  /// The matrix that the event is about; nil for a preview.
  package var matrixID: MatrixID? {
    switch self {
    case .tensors(let id, _, _), .missing(let id, _), .reading(let id, _), .loaded(let id, _), .solving(let id, _, _),
      .spectrum(let id, _), .vectors(let id), .measured(let id, _, _), .measuring(let id, _), .detail(let id, _),
      .triplet(let id, _), .failed(let id, _):
      id
    case .pictures(let set): set.matrixID
    case .preview, .ghost, .wrote: nil
    }
  }
}
