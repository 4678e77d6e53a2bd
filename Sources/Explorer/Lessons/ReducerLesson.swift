import Preparation
import RankAnalysis

extension ExplorerState {
  /// Whether a step of a lesson is on the screen.
  package var showsLesson: Bool { lesson?.isExploring == false && showsMatrix }

  /// Whether figures would give away what a step asks for.
  package var hidesFigures: Bool { showsLesson && lesson?.isAsking == true && lesson?.hidden.isEmpty == false }

  /// What `action` does in a lesson; nil where it does what it does everywhere.
  mutating func reduceLesson(_ action: ExplorerAction) -> [Effect]? {
    if case .lesson(let step) = action { return take(step) }
    if lesson != nil, showsBrowser, case .back = action, browser?.filter.isEmpty == true { return resumeLesson() }
    guard let current = lesson, showsMatrix else { return nil }
    if current.isExploring {
      guard case .back = action, typed.isEmpty, playback == nil, !pictureView.isBlinking else { return nil }
      return resumeLesson()
    }
    lesson?.isSkipping = false
    switch action {
    case .back where typed.isEmpty && playback == nil && !pictureView.isBlinking: return explore()
    case .stepView(let step):
      let panels = current.step.panels
      let index = panels.firstIndex(of: view) ?? 0
      return switchView(to: panels[(index + step + panels.count) % panels.count])
    case .show(let wanted) where !current.step.panels.contains(wanted):
      notice = Notice("this step shows other views: Tab steps through them, Esc explores freely", until: now + 6)
      return []
    case .prepare where !current.isStarting:
      notice = Notice("that would change the step’s matrix: Esc explores freely", until: now + 6)
      return []
    case .explain where !current.hidden.isEmpty:
      notice = Notice("first the answer: \(current.isAsking ? "type it, or " : "")v shows it", until: now + 6)
      return []
    default: return nil
    }
  }

  private mutating func take(_ action: LessonAction) -> [Effect] {
    if case .open(let index) = action { return openLesson(index) }
    guard let current = lesson else { return [] }
    if action != .next { lesson?.isSkipping = false }
    switch action {
    case .open: return []
    case .toggleExploring: return current.isExploring ? resumeLesson() : explore()
    case .next where current.isExploring: return resumeLesson()
    case .next: return nextStep(current)
    case .previous:
      guard current.index > 0 else {
        notice = Notice("this is the first step", until: now + 4)
        return []
      }
      return enterStep(current.index - 1)
    case .reset: return enterStep(current.index)
    case .reveal: return reveal(current)
    case .type(let character):
      if current.isAsking, current.typed.count < 12 { lesson?.typed.append(character) }
    case .erase: lesson?.typed = String(current.typed.dropLast())
    case .choose(let index): if current.prediction?.choices.indices.contains(index) == true { lesson?.choice = index }
    case .moveChoice(let step):
      let count = current.prediction?.choices.count ?? 0
      // From none the first, or the last.
      lesson?.choice = max(0, min(count - 1, (current.choice ?? (step > 0 ? -1 : count)) + step))
    case .submit: return submit(current)
    case .answer(let text):
      guard current.isAsking, let prediction = current.prediction else { return [] }
      if prediction.kind == .choice {
        guard let index = Self.choice(text, of: prediction.choices.count) else {
          notice = Notice("choose \(Self.choiceNames(prediction.choices.count))", isError: true, until: now + 6)
          return []
        }
        lesson?.choice = index
      } else {
        lesson?.typed = text
      }
      if let updated = lesson { return submit(updated) }
    }
    return []
  }

  // MARK: From step to step

  /// Opens the lesson at `index` of the menu where it was left; from its beginning, if that was its end.
  mutating func openLesson(_ index: Int) -> [Effect] {
    guard lessons.indices.contains(index) else { return [] }
    let opened = lessons[index]
    let known = lessonProgress[opened.name] ?? LessonProgress(name: opened.name)
    let left = known.last.flatMap { id in opened.steps.firstIndex { $0.id == id } } ?? 0
    lessonRow.index = index
    // Another lesson's matrix, or what was explored before, is not this one's.
    lesson = LessonState(opened, at: left, passed: known.passed)
    sourceName = ""
    return enterStep(left == opened.steps.count - 1 ? 0 : left)
  }

  private mutating func nextStep(_ current: LessonState) -> [Effect] {
    if current.isAsking, !current.isSkipping {
      lesson?.isSkipping = true
      notice = Notice("not answered yet: once more goes on without an answer", until: now + 8)
      return []
    }
    guard current.index + 1 < current.lesson.steps.count else {
      let done = current.passed.count
      let effects = leaveMatrix()
      notice = Notice(
        "“\(current.lesson.title)” is over: \(done) of \(current.lesson.steps.count) steps done", until: now + 12)
      return effects
    }
    return enterStep(current.index + 1)
  }

  /// Begins the step at `index`: opens its matrix, unless that is on the screen, and starts as it says.
  mutating func enterStep(_ index: Int) -> [Effect] {
    lesson?.begin(index)
    guard let step = lesson?.step else { return [] }
    var effects = showSource(of: step)
    view = step.firstView
    typed = ""
    playback = nil
    if step.comparison == nil {
      ghost = nil
    } else if step.comparison != comparedSource || ghost == nil, let source = step.comparison {
      ghost = nil
      effects.append(.compare(source: source, tensor: nil, Preparation()))
    }
    comparedSource = step.comparison
    if let sentence = step.notice { notice = Notice(sentence, isError: true) }
    return effects + [keepProgress()].compactMap { $0 }
  }

  /// Opens the step's matrix, unless it is there.
  private mutating func showSource(of step: LessonStep) -> [Effect] {
    let isThere =
      sourceName == step.source && tensorName == nil && preparation == step.preparation && showsMatrix
      && failure == nil && !isCancelled
    if isThere { return [] }
    let effects = open(step.source, tensor: nil, step.preparation)
    rank = 1
    isRankChosen = true
    // A class looks at the whole picture, from the first frame on; z enlarges.
    pictureView.isWindowed = false
    return effects
  }

  /// What a lesson does by itself after an action: the step's start once there are singular values, and its goal.
  mutating func lessonEffects() -> [Effect] {
    guard let current = lesson, !current.isExploring, showsMatrix, let spectrum, !spectrum.isPreview else { return [] }
    var effects: [Effect] = []
    if current.isStartPending { effects += start(current.step) }
    if let goal = lesson?.goal, lesson?.isReached == false, lesson?.isStartPending == false,
      goal.condition.holds(in: self)
    {
      lesson?.isReached = true
      effects += pass()
    }
    return effects
  }

  /// Puts the explorer where `step` begins.
  private mutating func start(_ step: LessonStep) -> [Effect] {
    lesson?.isStartPending = false
    lesson?.isStarting = true
    defer { lesson?.isStarting = false }
    pictureView.isWindowed = false
    // Nobody's earlier choice of what is held out: the step's own commands, or blocks.
    validationOptions = ValidationOptions()
    if step.hidden.contains(.validation) { forgetValidatedRank() }
    let start = step.start
    if let isOn = start.logarithmicValues { logarithmicValues = isOn }
    if let isOn = start.logarithmicIndex { logarithmicIndex = isOn }
    if let isOn = start.curves { showsCurves = isOn }
    var effects: [Effect] = []
    if let wanted = start.rank?.value(in: self)?.number { effects += setRank(Int(wanted.rounded())) }
    mark = start.mark?.value(in: self)?.number.map { max(0, min(fullRank, Int($0.rounded()))) }
    if let wanted = start.component { effects += setComponent(wanted) }
    for line in start.commands { effects += run(line, keepsHistory: false) }
    view = step.firstView
    lesson?.startRank = rank
    return effects + (view == .components ? setComponent(component) : [])
  }

  // MARK: Answers

  private mutating func submit(_ current: LessonState) -> [Effect] {
    guard current.isAsking, let prediction = current.prediction else { return [] }
    if prediction.kind == .choice {
      guard let choice = current.choice else {
        notice = Notice("no choice is marked yet: \(Self.choiceNames(prediction.choices.count))", until: now + 6)
        return []
      }
      lesson?.guess = .choice(choice)
      return pass() + showHidden(current)
    }
    guard !current.typed.isEmpty else { return [] }
    guard let guess = Self.number(current.typed, as: prediction.kind) else {
      let what = prediction.kind == .rank ? "a whole number" : prediction.kind == .error ? "a percentage" : "a number"
      notice = Notice("“\(current.typed)” is not \(what)", isError: true, until: now + 6)
      lesson?.typed = ""
      return []
    }
    guard let answer = prediction.answer?.value(in: self, rank: current.startRank) else {
      notice =
        isComputingFigures
        ? Notice("the answer is still being computed: Enter once more, in a moment", until: now + 6)
        : Notice("the answer cannot be computed from this matrix: n n goes on", isError: true, until: now + 10)
      return []
    }
    lesson?.guess = .number(guess)
    lesson?.answer = answer
    lesson?.typed = ""
    return pass() + showHidden(current)
  }

  private mutating func reveal(_ current: LessonState) -> [Effect] {
    guard !current.isExploring else { return [] }
    if let goal = current.goal {
      lesson?.showsHint = goal.hint != nil
      if goal.hint == nil { notice = Notice("there is no hint here: n goes on", until: now + 6) }
      return []
    }
    if current.prediction == nil { notice = Notice("nothing is hidden here: n goes on", until: now + 6) }
    guard let prediction = current.prediction, current.guess == nil else { return [] }
    let answer = prediction.answer?.value(in: self, rank: current.startRank)
    lesson?.answer = answer
    return showHidden(current)
  }

  private mutating func showHidden(_ current: LessonState) -> [Effect] {
    lesson?.isRevealed = true
    guard let first = current.step.hidden.first else { return [] }
    if current.step.hidden.contains(.validation) { takeValidatedRank() }
    // The hidden view that was turned to; not the one that the step merely began with.
    return switchView(to: current.hidden.contains(view) && view != current.step.firstView ? view : first)
  }

  private mutating func pass() -> [Effect] {
    guard let id = lesson?.step.id else { return [] }
    lesson?.passed.insert(id)
    return [keepProgress()].compactMap { $0 }
  }

  /// Notes how far the lesson is, and asks for that to be kept.
  private mutating func keepProgress() -> Effect? {
    guard let lesson else { return nil }
    let progress = LessonProgress(name: lesson.lesson.name, passed: lesson.passed, last: lesson.step.id)
    guard lessonProgress[progress.name] != progress else { return nil }
    lessonProgress[progress.name] = progress
    return .keepProgress(progress)
  }

  // MARK: Exploring freely

  /// Leaves the step; it waits as it is.
  mutating func explore() -> [Effect] {
    lesson?.isExploring = true
    let stand = LessonStand(self)
    lesson?.place = stand
    return []
  }

  /// Back to the step, as it was left.
  mutating func resumeLesson() -> [Effect] {
    guard let current = lesson else { return [] }
    lesson?.isExploring = false
    var effects = showSource(of: current.step)
    typed = ""
    notice = nil
    if current.place == nil { view = current.step.firstView }
    current.place?.restore(&self)
    let place = current.place?.rank ?? current.startRank
    if spectrum != nil {
      effects += setRank(place)
    } else {
      // Opened once more: the rank is kept until the singular values are there.
      rank = place
    }
    return effects + (view == .components ? setComponent(component) : [])
  }
}
