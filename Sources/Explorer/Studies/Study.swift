import Experiments

/// An experiment behind a view: what the view shows is tried on the opened matrix when it is looked at.
package struct Study: Sendable {
  /// What must be known of the matrix before.
  package enum Need: Hashable, Sendable {
    /// Its exact singular values.
    case values
    /// All of its singular vectors.
    case vectors
  }

  /// The view that shows the finding.
  package let view: ExplorerView
  /// What it takes.
  package let need: Need
  /// The seconds for which nothing else is asked for before it begins, so that a drag of the slider begins none a step.
  package let settle: Double
  /// Whether its first finding takes no more than the values do, and is told before the vectors are there.
  package let isSoonSeen: Bool
  /// What is to be tried in a state; nil for nothing.
  package let experiment: @Sendable (ExplorerState) -> (any Experiment)?

  /// A study whose finding `view` shows.
  package init(
    _ view: ExplorerView, needs need: Need, settle: Double = 0, isSoonSeen: Bool = false,
    _ experiment: @escaping @Sendable (ExplorerState) -> (any Experiment)?
  ) {
    self.view = view
    self.need = need
    self.settle = settle
    self.isSoonSeen = isSoonSeen
    self.experiment = experiment
  }
}

/// An experiment that was asked for, whatever its kind.
package struct StudyRequest: Hashable, Sendable {
  /// What is tried.
  package let experiment: any Experiment

  /// The request for `experiment`.
  package init(_ experiment: any Experiment) { self.experiment = experiment }

  package static func == (a: StudyRequest, b: StudyRequest) -> Bool { isEqual(a.experiment, b.experiment) }

  package func hash(into hasher: inout Hasher) { experiment.hash(into: &hasher) }

  private static func isEqual<E: Experiment>(_ a: E, _ b: any Experiment) -> Bool { a == b as? E }
}

/// What is known of the experiment behind a view.
package struct StudyProgress: Sendable {
  /// What is tried; nil where it was stopped before its end.
  package var request: StudyRequest?
  /// What came out so far; of an earlier request until the first of this one's is there.
  package var finding: (any Sendable)?
  /// Whether more will come.
  package var isRunning = false
  /// The fraction done.
  package var fraction = 0.0
  /// Why there is no finding: one sentence.
  package var failure: String?
}

/// What the queue tells of an experiment.
package enum StudyNews: Sendable {
  /// The fraction done.
  case progress(Double)
  /// What is known so far.
  case partial(any Sendable)
  /// What came out.
  case finished(any Sendable)
  /// Why nothing did.
  case failed(String)
}
