import Experiments
import Glibc
import LinearAlgebra
import RankAnalysis

extension ComputeQueue {
  /// Makes an experiment on the opened matrix; the newest one wins.
  ///
  /// It begins once its view's ``Study/settle`` has passed without another one, and gives way to the solve under way: what
  /// all views wait for would take many times longer beside it.
  package func study(_ id: MatrixID, _ view: ExplorerView, _ request: StudyRequest) {
    studying.submit { [self] token in
      let study = StudyCatalog.study(view)
      rest(study?.settle ?? 0, token)
      if study?.isSoonSeen != true { giveWayToSolve(token) }
      guard !token.isCancelled, let stored = store.matrix(id) else { return }
      let subject = ExperimentSubject(
        stored.prepared, analysis: stored.analysis, svd: stored.vectors?.isExact == true ? stored.svd : nil,
        planner: planner, isTimed: isTimed)
      let tell: @Sendable (StudyNews) -> Void = { [post] news in
        if !token.isCancelled { post(.study(id, view, request, news)) }
      }
      let control = WorkControl(token: token, report: slowly { tell(.progress($0)) })
      tell(run(request.experiment, on: subject, control, tell))
    }
  }

  /// Stops the experiment under way.
  package func stopStudy() { studying.cancelAll() }

  /// Waits so many seconds, where work takes its time.
  private func rest(_ seconds: Double, _ token: CancellationToken) {
    guard isTimed else { return }
    let start = monotonicSeconds()
    while !token.isCancelled, monotonicSeconds() - start < seconds { usleep(5000) }
  }

  /// Waits for values and vectors that are being solved for.
  private func giveWayToSolve(_ token: CancellationToken) {
    guard isTimed else { return }
    while !token.isCancelled, solve.isWanted { usleep(5000) }
  }

  private func run<E: Experiment>(
    _ experiment: E, on subject: ExperimentSubject, _ control: WorkControl, _ tell: (StudyNews) -> Void
  ) -> StudyNews {
    // As often as an eye follows.
    var last = -1.0
    do throws(ExperimentError) {
      return .finished(
        try experiment.run(on: subject, control: control) { finding in
          let now = monotonicSeconds()
          if now - last > 1 / 30 {
            last = now
            tell(.partial(finding))
          }
          giveWayToSolve(control.token)
        })
    } catch {
      return .failed(error.description)
    }
  }
}
