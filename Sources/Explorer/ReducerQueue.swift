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
    case .listed(let source, let listing): return list(listing, of: source)
    case .outlined(let id, let outline): return take(outline, of: id)
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
    case .tensors(_, let listing):
      activity = .idle
      return browse(listing)
    case .reading(_, let fraction): activity = .reading(fraction)
    case .loaded(_, let loaded):
      info = loaded
      entry = loaded.entry
      activity = .idle
      // A lesson shows the whole, unless it is explored.
      if lesson.map(\.isExploring) ?? true { pictureView.isWindowed = loaded.isPicture }
      return measureEffects()
    case .solving(_, .values, let plan): activity = .values(since: now, plan)
    case .solving(_, .thinSVD, let plan): activity = .vectors(since: now, plan)
    case .leading(_, let count): activity = .leading(since: now, count)
    case .spectrum(_, let result): return take(result)
    case .vectors(_, let found): return take(found)
    case .cannotExtend(_, let sentence):
      extending = nil
      notice = Notice(sentence, isError: true, until: now + 10)
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
    case .study(_, let view, let request, let news): take(news, of: request, view)
    case .preview, .ghost, .wrote, .listed, .outlined: break
    }
    return []
  }

  /// Says why nothing could be opened or solved. Whoever came from a list or another matrix goes back there.
  private mutating func fail(_ sentence: String) -> [Effect] {
    let said = Notice(sentence, isError: true)
    // A step whose matrix cannot be opened can still be read and left.
    if showsLesson, spectrum == nil {
      failure = sentence
      return []
    }
    guard spectrum == nil else {
      notice = said
      return []
    }
    var effects: [Effect] = []
    if aside != nil {
      effects = returnToAside()
    } else if let last = lastOpened,
      last.source != sourceName || last.tensor != tensorName || last.preparation != preparation
    {
      effects = open(last.source, tensor: last.tensor, last.preparation)
    } else if browser != nil || home == .gallery {
      effects = leaveMatrix()
    } else {
      failure = sentence
      return []
    }
    notice = said
    return effects
  }

  /// Takes a spectrum or bounds of one; bounds replace neither exact values nor bounds from more triplets.
  ///
  /// The slider and the axis stay where they are: the exact values refine what is on the screen.
  private mutating func take(_ result: SolvedSpectrum) -> [Effect] {
    guard let known = spectrum else { return start(with: result) }
    guard known.isPreview, !result.isPreview || (result.leadingCount ?? 0) > (known.leadingCount ?? 0) else {
      return []
    }
    spectrum = result.onAxis(of: known)
    guard !result.isPreview else { return [] }
    activity = .idle
    if let carried, carried.rank(in: result) != rank {
      _ = carryRank(to: result)
      return measureEffects()
    }
    let tenPercent = result.answers.first { $0.id == "error_10" }?.rank ?? rank
    if !isRankChosen, tenPercent != rank, notice?.isError != true {
      notice = Notice(
        "exact now; the slider stays, 10 % error is at k = \(NumberFormat.grouped(tenPercent))", until: now + 12)
    }
    return []
  }

  /// Takes vectors; older and fewer ones replace none.
  private mutating func take(_ found: AvailableVectors) -> [Effect] {
    guard found.replaces(vectors) else { return [] }
    vectors = found
    if found.count >= extending ?? 0 { extending = nil }
    if found.isExact {
      extending = nil
      activity = .idle
    } else if case .leading = activity {
      activity = .idle
    }
    return measureEffects() + (view == .components ? tripletEffects() : []) + extensionEffects()
  }

  /// Starts the slider at 10 % error, or where a preview ends before that, and says so; a rank that was chosen before
  /// stays.
  private mutating func start(with result: SolvedSpectrum) -> [Effect] {
    spectrum = result
    let forgetting = forgetAside()
    return forgetting + place(result)
  }

  /// Places the slider in a spectrum that has just arrived.
  private mutating func place(_ result: SolvedSpectrum) -> [Effect] {
    lastOpened = (sourceName, tensorName, preparation)
    activity = .idle
    component = max(1, min(result.count, component))
    if let mark { self.mark = min(result.count, mark) }
    if carryRank(to: result) { return measureEffects() }
    if isRankChosen {
      rank = min(result.count, rank)
      if notice?.isError != true { notice = showsLesson ? nil : adviceNotice }
      return measureEffects()
    }
    let tenPercent = result.answers.first { $0.id == "error_10" }?.rank ?? 0
    rank = max(0, min(result.leadingCount ?? result.count, tenPercent))
    if notice?.isError == true { return measureEffects() }
    notice =
      adviceNotice
      ?? Notice(
        rank < tenPercent
          ? "starts at k = \(NumberFormat.grouped(rank)), where the preview ends: 10 % error may need more"
          : "starts at 10 % error\(result.isPreview ? " at most" : ""): k = \(NumberFormat.grouped(rank))",
        until: now + 12)
    return measureEffects()
  }
}

extension QueueEvent {
  /// Whether it tells how far work is, and of no result.
  fileprivate var isProgress: Bool {
    switch self {
    case .reading, .solving, .leading, .measuring: true
    default: false
    }
  }

  /// The matrix that the event is about; nil for a preview.
  package var matrixID: MatrixID? {
    switch self {
    case .tensors(let id, _), .missing(let id, _), .reading(let id, _), .loaded(let id, _), .solving(let id, _, _),
      .spectrum(let id, _), .leading(let id, _), .vectors(let id, _), .cannotExtend(let id, _), .measured(let id, _, _),
      .measuring(let id, _), .detail(let id, _),
      .triplet(let id, _), .study(let id, _, _, _), .failed(let id, _):
      id
    case .pictures(let set): set.matrixID
    case .preview, .ghost, .wrote, .listed, .outlined: nil
    }
  }
}
