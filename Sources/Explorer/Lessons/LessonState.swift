/// A lesson that is under way.
package struct LessonState: Sendable {
  /// The lesson.
  package let lesson: Lesson
  /// The step, from 0.
  package private(set) var index = 0
  /// The ids of the steps whose task was done.
  package var passed: Set<String>
  /// Whether the learner explores freely; the step waits.
  package var isExploring = false
  /// Whether the step's start waits for the singular values.
  package var isStartPending = true
  /// The rank that the step started from.
  package var startRank = 1
  /// A guess as it is typed.
  package var typed = ""
  /// The choice that is marked; nil before one is.
  package var choice: Int?
  /// What was guessed.
  package var guess: Guess?
  /// What a guessed number should have been.
  package var answer: LessonValue?
  /// Whether what was hidden is shown.
  package var isRevealed = false
  /// Whether the goal was reached.
  package var isReached = false
  /// Whether the hint is shown.
  package var showsHint = false
  /// Whether going on without an answer was asked for once.
  var isSkipping = false
  /// Whether the step's start is under way: its own commands may prepare the matrix.
  var isStarting = false
  /// Where free exploring began: what returning goes back to.
  var place: LessonStand?

  /// What was guessed.
  package enum Guess: Hashable, Sendable {
    /// A number; a share of an error.
    case number(Double)
    /// The choice at an index.
    case choice(Int)
  }

  /// `lesson` before its step at `index`, of which those in `passed` were done before.
  package init(_ lesson: Lesson, at index: Int = 0, passed: Set<String> = []) {
    self.lesson = lesson
    self.passed = passed
    self.index = max(0, min(lesson.steps.count - 1, index))
  }

  /// The step.
  package var step: LessonStep { lesson.steps[index] }

  /// The prediction that is asked for; nil where none is.
  package var prediction: LessonPrediction? {
    if case .predict(let prediction) = step.task { prediction } else { nil }
  }

  /// The goal that is to be reached; nil where none is.
  package var goal: LessonGoal? { if case .reach(let goal) = step.task { goal } else { nil } }

  /// Whether a guess is awaited.
  package var isAsking: Bool { prediction != nil && guess == nil && !isRevealed }

  /// Whether the task is done, or its answer shown.
  package var isDone: Bool {
    switch step.task {
    case .look: true
    case .predict: guess != nil || isRevealed
    case .reach: isReached
    }
  }

  /// The views that are hidden now.
  package var hidden: [ExplorerView] { isRevealed ? [] : step.hidden }

  /// Begins the step at `index` afresh.
  mutating func begin(_ index: Int) {
    var fresh = LessonState(lesson, at: index, passed: passed)
    if case .look = fresh.step.task { fresh.passed.insert(fresh.step.id) }
    self = fresh
  }
}

/// A lesson of the menu, and how far it was taken.
package struct LessonProgress: Hashable, Sendable {
  /// The lesson's name.
  package let name: String
  /// The ids of the steps whose task was done.
  package var passed: Set<String>
  /// The id of the step that was shown last.
  package var last: String?

  /// What was done of the lesson called `name`.
  package init(name: String, passed: Set<String> = [], last: String? = nil) {
    self.name = name
    self.passed = passed
    self.last = last
  }
}

/// What a learner or a teacher does in a lesson.
package enum LessonAction: Hashable, Sendable {
  /// Opens the lesson of the menu at an index; from its first step, or where it was left.
  case open(Int)
  /// The next step; after the last one back to the menu.
  case next
  /// The step before.
  case previous
  /// The step from its start.
  case reset
  /// Shows what is hidden, the answer, or the hint.
  case reveal
  /// A character of a guess.
  case type(Character)
  /// Takes the last one back.
  case erase
  /// Marks the choice at an index.
  case choose(Int)
  /// Marks the choice so many further down.
  case moveChoice(Int)
  /// Answers with what was typed or marked.
  case submit
  /// Answers with a text: "12", "12 %", "b".
  case answer(String)
  /// Leaves the step to explore freely, or returns to it.
  case toggleExploring
}
