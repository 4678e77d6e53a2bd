import Experiments
import LinearAlgebra
import RankAnalysis

extension ComputeQueue {
  /// Makes an experiment on the opened matrix; the newest one wins.
  package func study(_ id: MatrixID, _ view: ExplorerView, _ request: StudyRequest) {
    studying.submit { [self] token in
      guard let stored = store.matrix(id) else { return }
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

  private func run<E: Experiment>(
    _ experiment: E, on subject: ExperimentSubject, _ control: WorkControl, _ tell: (StudyNews) -> Void
  ) -> StudyNews {
    // As often as an eye follows.
    var last = -1.0
    do throws(ExperimentError) {
      return .finished(
        try experiment.run(on: subject, control: control) { finding in
          let now = monotonicSeconds()
          guard now - last > 1 / 30 else { return }
          last = now
          tell(.partial(finding))
        })
    } catch {
      return .failed(error.description)
    }
  }
}
