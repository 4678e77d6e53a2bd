extension ExplorerState {
  /// What the experiment behind `view` found, if it is a `Finding`.
  package func finding<Finding>(_ type: Finding.Type, of view: ExplorerView) -> Finding? {
    studies[view]?.finding as? Finding
  }

  /// Whether the experiment behind the view on the screen is under way.
  package var isStudying: Bool { studies[view]?.isRunning == true }

  /// Begins the experiment behind the view on the screen, unless that is under way or done; stops one that nobody looks at.
  mutating func studyEffects() -> [Effect] {
    var effects: [Effect] = []
    for (other, progress) in studies where progress.isRunning && (other != view || !showsMatrix) {
      studies[other]?.isRunning = false
      studies[other]?.request = nil
      effects = [.stopStudy]
    }
    guard showsMatrix, let study = StudyCatalog.study(view), isReady(for: study.need),
      let request = study.experiment(self).map(StudyRequest.init), studies[view]?.request != request
    else { return effects }
    studies[view] = StudyProgress(request: request, finding: studies[view]?.finding, isRunning: true)
    return effects + [.study(matrixID, view, request)]
  }

  private func isReady(for need: Study.Need) -> Bool {
    switch need {
    case .values: spectrum?.isPreview == false
    case .vectors: spectrum?.isPreview == false && vectors?.isExact == true
    }
  }

  /// Takes what the queue tells of an experiment; news of one that is no longer wanted are dropped.
  mutating func take(_ news: StudyNews, of request: StudyRequest, _ view: ExplorerView) {
    guard var progress = studies[view], progress.request == request else { return }
    switch news {
    case .progress(let fraction): progress.fraction = fraction
    case .partial(let finding): (progress.finding, progress.failure) = (finding, nil)
    case .finished(let finding): (progress.finding, progress.failure, progress.isRunning) = (finding, nil, false)
    case .failed(let sentence): (progress.finding, progress.failure, progress.isRunning) = (nil, sentence, false)
    }
    studies[view] = progress
    if view == .validation { takeValidatedRank() }
  }
}
