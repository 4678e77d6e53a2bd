import Preparation

/// A lesson: steps that show a matrix and set a task, made to break one misconception.
package struct Lesson: Hashable, Sendable {
  /// Whom it is for.
  package enum Level: String, Hashable, Sendable, CaseIterable { case beginner, intermediate, advanced }

  /// What it is called on the command line: "edges".
  package var name: String
  /// Its title.
  package var title: String
  /// Whom it is for.
  package var level: Level
  /// How long it takes.
  package var minutes: Int
  /// What learners believe before, in one sentence.
  package var misconception: String
  /// At least one.
  package var steps: [LessonStep]

  /// A lesson of `steps`.
  package init(
    name: String, title: String, level: Level, minutes: Int, misconception: String, steps: [LessonStep]
  ) {
    self.name = name
    self.title = title
    self.level = level
    self.minutes = minutes
    self.misconception = misconception
    self.steps = steps
  }
}

/// One step of a lesson.
package struct LessonStep: Hashable, Sendable {
  /// Its own name within the lesson; progress is kept by it.
  package var id: String
  /// A heading; nil takes the lesson's title.
  package var title: String?
  /// What it says.
  package var text: LessonText
  /// What opens its matrix.
  package var source: String
  /// How that is made ready.
  package var preparation: Preparation
  /// A matrix whose spectrum lies behind.
  package var comparison: String?
  /// The views that Tab steps through; at least one.
  package var panels: [ExplorerView]
  /// Those of them that stay hidden until the answer is given.
  package var hidden: [ExplorerView]
  /// Where it begins.
  package var start: LessonStart
  /// What is to be done.
  package var task: LessonTask
  /// What stands in for something that is missing: one sentence.
  package var notice: String?

  /// A step that shows `panels` of the matrix that `source` opens.
  package init(
    id: String, title: String? = nil, text: LessonText, source: String, preparation: Preparation = Preparation(),
    comparison: String? = nil, panels: [ExplorerView] = [.overview], hidden: [ExplorerView] = [],
    start: LessonStart = LessonStart(), task: LessonTask = .look, notice: String? = nil
  ) {
    self.id = id
    self.title = title
    self.text = text
    self.source = source
    self.preparation = preparation
    self.comparison = comparison
    self.panels = panels
    self.hidden = hidden
    self.start = start
    self.task = task
    self.notice = notice
  }

  /// The view that it begins with.
  package var firstView: ExplorerView {
    start.view ?? panels.first { !hidden.contains($0) } ?? panels.first ?? .overview
  }
}

/// Where a step begins; what is nil stays as it is.
package struct LessonStart: Hashable, Sendable {
  /// The view; nil for the first that is not hidden.
  package var view: ExplorerView?
  /// The rank; nil for 1 on a new matrix.
  package var rank: LessonExpression?
  /// The marked rank; nil takes the mark away.
  package var mark: LessonExpression?
  /// The layer.
  package var component: Int?
  /// Whether σ is drawn on a logarithmic axis.
  package var logarithmicValues: Bool?
  /// Whether the index is.
  package var logarithmicIndex: Bool?
  /// Whether the large spectrum has curves.
  package var curves: Bool?
  /// Lines of ":" that are run at last.
  package var commands: [String]

  /// The usual start, but for what is given.
  package init(
    view: ExplorerView? = nil, rank: LessonExpression? = nil, mark: LessonExpression? = nil, component: Int? = nil,
    logarithmicValues: Bool? = nil, logarithmicIndex: Bool? = nil, curves: Bool? = nil, commands: [String] = []
  ) {
    self.view = view
    self.rank = rank
    self.mark = mark
    self.component = component
    self.logarithmicValues = logarithmicValues
    self.logarithmicIndex = logarithmicIndex
    self.curves = curves
    self.commands = commands
  }
}
