import Explorer
import MatrixFiles
import MatrixSources
import RankAnalysis

/// Plays a lesson from its own file, with work that runs at once: every step is entered, its panels are looked at, and its
/// task is done.
package final class LessonReplay {
  /// What is looked at on the way.
  package enum Moment: Hashable, Sendable {
    /// A panel of the step, before its task is done or after.
    case panel(ExplorerView, isAfter: Bool)
    /// The task was done.
    case done
  }

  /// Something that went otherwise than it should.
  package struct Fault: Hashable, Sendable {
    /// The step's id.
    package let step: String
    /// What is wrong.
    package let kind: LessonProblem.Kind
    /// What is wrong, in a sentence.
    package let sentence: String
  }

  /// What to lay out for, as a screen would.
  package var layout: (ExplorerState) -> LayoutFacts = { $0.layout }
  /// Sees the state at every moment of every step.
  package var look: (ExplorerState, Moment) -> Void = { _, _ in }

  private let session: ExplorerSession
  private let lesson: Lesson
  private var faults: [Fault] = []

  /// A replay of `lesson` on a screen of `size`.
  package init(_ lesson: Lesson, size: ScreenSize = ScreenSize(rows: 30, columns: 100)) {
    self.lesson = lesson
    var state = ExplorerState(size: size, display: Display(), gallery: [])
    state.home = .lessons
    state.view = .lessons
    state.lessons = [lesson]
    session = ExplorerSession(
      state, on: .immediate,
      opener: { (name, control) throws(FileError) in try SourceOpener.open(name, control: control) }, wake: {})
  }

  /// Plays it to its end.
  ///
  /// - Returns: what went wrong, in the order of the steps.
  package func run() -> [Fault] {
    send(.lesson(.open(0)))
    for step in lesson.steps {
      guard state.lesson?.step.id == step.id else {
        fault(step, .unreachable, "n does not lead to this step")
        break
      }
      play(step)
      // A step that could not be answered is left by asking twice.
      if state.lesson?.isAsking == true { send(.lesson(.next)) }
      send(.lesson(.next))
    }
    if let last = lesson.steps.last, state.view != .lessons {
      fault(last, .unreachable, "the last step does not lead back to the menu")
    }
    return faults
  }

  private var state: ExplorerState { session.state }

  private func play(_ step: LessonStep) {
    if let failure = state.failure {
      fault(step, .cannotRead, failure)
      return
    }
    guard let spectrum = state.spectrum, spectrum.count > 0 else {
      fault(
        step, .cannotRead,
        state.overlay == nil
          ? "the matrix is empty" : "cells hold no number: say in “prepare” what becomes of them, “missing: zero”")
      return
    }
    checkStart(step, spectrum.count)
    let holdsAtStart = state.lesson?.isReached == true
    lookAround(step, isAfter: false)
    // A look at a view may have reached it.
    if state.lesson?.isReached == true { send(.lesson(.reset)) }
    let problem =
      switch step.task {
      case .look: nil as String?
      case .predict(let prediction): answer(prediction, step)
      case .reach(let goal): holdsAtStart ? nothingToReach(step) : reach(goal, step)
      }
    if problem == nil { lookAround(step, isAfter: true) }
    if state.lesson?.passed.contains(step.id) != true, problem == nil {
      fault(step, .unreachable, "the task is done and does not count as done")
    }
    look(state, .done)
  }

  private func checkStart(_ step: LessonStep, _ count: Int) {
    for (name, place) in [("rank", step.start.rank), ("mark", step.start.mark)] {
      guard let place else { continue }
      guard let wanted = place.value(in: state)?.number else {
        fault(step, .unknownAnswer, "the \(name) it starts at is not known for this matrix")
        continue
      }
      if wanted < 0 || wanted > Double(count) {
        fault(step, .rankOutOfRange, "\(name) \(Int(wanted)) is out of range: ranks lie in 0 … \(count) here")
      }
    }
    if let component = step.start.component, component > count {
      fault(step, .rankOutOfRange, "layer \(component) is out of range: layers lie in 1 … \(count) here")
    }
    if let notice = state.notice, notice.isError, notice.text != step.notice {
      fault(step, .solutionFails, "at the start: \(notice.text)")
    }
  }

  /// Shows every panel that is not hidden.
  private func lookAround(_ step: LessonStep, isAfter: Bool) {
    let before = state.view
    for view in step.panels where state.lesson?.hidden.contains(view) != true {
      send(.show(view))
      if let failure = state.studies[view]?.failure { fault(step, .emptyPanel, "the panel \(view) shows: \(failure)") }
      look(state, .panel(view, isAfter: isAfter))
    }
    send(.show(before))
  }

  /// Answers as the matrix does; what went wrong.
  private func answer(_ prediction: LessonPrediction, _ step: LessonStep) -> String? {
    if prediction.kind == .choice {
      send(.lesson(.answer("\((prediction.choices.firstIndex(where: \.isRight) ?? 0) + 1)")))
    } else {
      guard let value = prediction.answer?.value(in: state, rank: state.lesson?.startRank)?.number, value.isFinite
      else {
        return fault(step, .unknownAnswer, "the answer cannot be computed from this matrix")
      }
      if prediction.kind == .rank, value != value.rounded() {
        return fault(step, .wrongExpression, "the answer, \(value), is no rank")
      }
      send(.lesson(.answer("\(prediction.kind == .error ? 100 * value : value)")))
    }
    guard LessonFeedback(state)?.verdict == .right else {
      return fault(step, .unreachable, "the computed answer is not taken as right")
    }
    return nil
  }

  /// Makes the goal true by its solution, or by the first rank that does; what went wrong.
  private func reach(_ goal: LessonGoal, _ step: LessonStep) -> String? {
    if !goal.solution.isEmpty {
      for line in goal.solution { send(.run(line)) }
      if state.lesson?.isReached == true { return nil }
      let said = state.notice.flatMap { $0.isError ? ": \($0.text)" : nil } ?? ""
      return fault(step, .solutionFails, "the solution does not make the condition true\(said)")
    }
    var trial = state
    let rank = (0...trial.fullRank).first { rank in
      trial.rank = rank
      return goal.condition.holds(in: trial)
    }
    guard let rank else {
      return fault(
        step, .unreachable, "no rank makes the condition true: give a “solution”, or another condition")
    }
    send(.setRank(rank))
    return state.lesson?.isReached == true
      ? nil : fault(step, .unreachable, "rank \(rank) should reach it, and does not")
  }

  private func nothingToReach(_ step: LessonStep) -> String? {
    fault(step, .holdsAtStart, "the condition holds at the start: there is nothing to reach")
  }

  @discardableResult
  private func fault(_ step: LessonStep, _ kind: LessonProblem.Kind, _ sentence: String) -> String? {
    faults.append(Fault(step: step.id, kind: kind, sentence: sentence))
    return sentence
  }

  private func send(_ action: ExplorerAction) {
    session.send(action)
    repeat {
      let facts = layout(state)
      if facts != state.layout { session.send(.layout(facts)) }
    } while session.takeResults() || !session.isIdle
  }
}
