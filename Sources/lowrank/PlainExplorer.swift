import Explorer
import Factorizations
import Glibc
import MatrixFiles
import MatrixSources
import RankAnalysis
import Synchronization
import TerminalUI

/// The explorer as a dialogue: a line in, sentences out; for screen readers, for logs, for terminals that cannot draw.
final class PlainExplorer {
  private let session: ExplorerSession
  private let input: UnsafeMutablePointer<FILE>
  /// Whether commands are repeated in the output: where no terminal shows them.
  private let isEchoing: Bool
  private var described: MatrixID = 0
  /// Whether the last command was answered.
  private var hasSpoken = false

  /// Set by Ctrl-C while work runs.
  private static let isInterrupted = Atomic<Bool>(false)

  /// A dialogue over `state` with the commands in `input`.
  init(
    _ state: ExplorerState, input: UnsafeMutablePointer<FILE>, opener: @escaping ComputeQueue.MatrixOpener,
    planner: SolverPlanner
  ) {
    var state = state
    // A dialogue waits for what it asked for: only ":scan" begins one.
    state.scansUnasked = false
    session = ExplorerSession(
      state, on: .threads, opener: opener, planner: planner,
      previewing: planner.accuracy == .preview ? .krylov(.alone) : nil, wake: {})
    self.input = input
    isEchoing = isatty(fileno(input)) == 0
    session.host = { [unowned self] effect in
      ExplorerHost.run(effect, in: session, frame: Screen(session.state).frame)
    }
  }

  /// Where commands come from when the matrix itself comes from standard input: the terminal.
  static func commands(readingMatrixFrom names: [String]) throws(FileError) -> UnsafeMutablePointer<FILE> {
    guard let terminal = names.contains("-") ? fopen("/dev/tty", "r") : fdopen(STDIN_FILENO, "r") else {
      throw .cannotOpen(
        names.contains("-") ? "/dev/tty" : "standard input",
        reason: "\(String(cString: strerror(errno))); --plain takes commands from there")
    }
    return terminal
  }

  /// Runs until the input ends or says so; fails where what was named cannot be opened.
  func run(opening files: SourceArguments, comparing other: String?, beginning: ExplorerAction? = nil) throws {
    if let source = files.source {
      session.send(.open(source: source, tensor: files.tensor))
      if let other { session.send(.compare(source: other, tensor: nil)) }
    } else if session.state.view == .lessons {
      if let beginning {
        session.send(beginning)
      } else {
        try say(["Lessons. A number begins one, “help” lists the commands."] + PlainLesson.menu(session.state))
      }
    } else {
      session.start()
      try say(["The gallery. “list” names its matrices, a number opens one, “help” lists the commands."])
    }
    try settle()
    if let failure = session.state.failure { throw CommandFailure(status: .data, sentence: failure) }
    try describe(since: session.state, isFirst: true)
    hasSpoken = false
    while !session.state.isQuitting, let line = try nextLine() {
      let before = session.state
      try obey(line)
      try settle()
      try describe(since: before, isFirst: false)
      try say(PlainCommand.lines(ofView: line, session.state) ?? [])
      // What changed nothing says where things stand.
      if !hasSpoken, !line.isEmpty, !session.state.isQuitting { try say(standing) }
      hasSpoken = false
    }
  }

  /// Where things stand: in a lesson what is to be done.
  private var standing: [String] {
    session.state.showsLesson ? PlainLesson.task(session.state) : PlainText.position(session.state)
  }

  private func nextLine() throws -> String? {
    try StandardOutput.write("> ")
    var buffer: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(buffer) }
    let count = getline(&buffer, &capacity, input)
    guard count >= 0, let buffer else {
      try StandardOutput.write("\n")
      return nil
    }
    let line = String(cString: buffer).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if isEchoing { try StandardOutput.write(printable(line) + "\n") }
    // As on the screen's command line.
    return line.hasPrefix(":") ? String(line.dropFirst()) : line
  }

  private func obey(_ line: String) throws {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = words.first else { return }
    let argument = words.count > 1 ? words[1] : ""
    if let action = PlainLesson.action(line, session.state) { return session.send(action) }
    if let refusal = PlainLesson.refusal(of: name, session.state), PlainCommand.all.contains(where: { $0.name == name })
    {
      return try say([refusal])
    }
    switch name {
    case "help": try say(PlainCommand.help)
    case "next": session.send(.stepRule(1))
    case "previous": session.send(.stepRule(-1))
    case "back": session.send(.quit)
    case _ where !session.state.showsMatrix && Int(name) != nil: try openRow(Int(name) ?? 0)
    default:
      if let question = PlainCommand.all.first(where: { $0.name == name }) {
        try say(question.lines(argument, session.state))
      } else {
        session.send(.run(line))
      }
    }
  }

  private func openRow(_ number: Int) throws {
    if session.state.view == .lessons, session.state.lessons.indices.contains(number - 1) {
      return session.send(.lesson(.open(number - 1)))
    }
    let count =
      session.state.view == .lessons
      ? session.state.lessons.count : session.state.browser?.entryCount ?? session.state.listedRows.count
    guard (1...max(1, count)).contains(number), count > 0 else {
      try say(["The list has \(count) rows."])
      return
    }
    if session.state.showsBrowser {
      session.send(.openTensor(number - 1))
      return
    }
    session.send(.goToStart)
    session.send(.moveRow(number - 1))
    session.send(.confirm)
  }

  /// Says what changed.
  private func describe(since before: ExplorerState, isFirst: Bool) throws {
    let state = session.state
    if case .missing(let cells, _) = state.overlay, before.overlay != state.overlay || isFirst {
      return try say(PlainText.missing(cells))
    }
    if let notice = state.notice, isFirst || notice != before.notice, notice.isError || state.matrixID == described {
      try say([PlainText.sentence(notice.text)])
    }
    if let failure = state.failure, before.failure != failure { try say([PlainText.sentence(failure)]) }
    if state.showsBrowser, !before.showsBrowser || isFirst {
      try say(["\(state.printableSourceName) holds \(state.tensors.count) tensors; a number opens one."])
      try say(PlainText.list(state))
    }
    if before.showsMatrix, state.view == .lessons {
      try say(["Lessons. A number begins one."] + PlainLesson.menu(state))
    }
    try describeLesson(since: before, isFirst: isFirst)
    if before.showsMatrix, state.view == .gallery { try say(["The gallery. “list” names its matrices."]) }
    guard state.showsMatrix, state.spectrum != nil else { return }
    if state.matrixID != described {
      described = state.matrixID
      if !state.showsLesson { try say(PlainText.opened(state) + PlainText.position(state)) }
    } else if state.rank != before.rank {
      let isHiding = PlainLesson.refusal(of: "where", state) != nil
      try say(isHiding ? ["Rank \(state.rank)."] : PlainText.position(state))
    }
    if let ghost = state.ghost, PlainLesson.refusal(of: "spectrum", state) == nil,
      isFirst || ghost.title != before.ghost?.title
    {
      try say(["Beside it, \(ghost.title):"] + PlainText.spectrum(ghost.spectrum.analysis))
    }
    if let triplet = state.triplet, triplet.index != before.triplet?.index || state.matrixID != before.matrixID {
      try say(PlainText.component(state))
    }
  }

  /// Says what changed in a lesson: the step, its answer, a hint, or whether it waits.
  private func describeLesson(since before: ExplorerState, isFirst: Bool) throws {
    let state = session.state
    guard let lesson = state.lesson else { return }
    let past = before.lesson
    if lesson.isExploring {
      if past?.isExploring == false {
        try say(["Exploring freely; “next” returns to step \(lesson.index + 1)."] + PlainText.position(state))
      }
    } else if isFirst || past?.index != lesson.index || past?.lesson.name != lesson.lesson.name
      || past?.isExploring == true
    {
      try say(PlainLesson.step(state))
    } else if lesson.isDone, past?.isDone == false {
      try say(PlainLesson.outcome(state))
    } else if lesson.showsHint, past?.showsHint == false {
      try say(PlainLesson.hint(state))
    } else if past?.isDone == true, !lesson.isDone {
      try say(PlainLesson.step(state))
    }
  }

  /// Waits until nothing is left to do; tells what takes long, and lets Ctrl-C cancel it.
  private func settle() throws {
    Self.isInterrupted.store(false, ordering: .relaxed)
    let previous = signal(SIGINT) { _ in PlainExplorer.isInterrupted.store(true, ordering: .relaxed) }
    defer { signal(SIGINT, previous) }
    var told: Double?
    let start = monotonicSeconds()
    repeat {
      session.send(.tick(monotonicSeconds()))
      session.fitLayout()
      session.takeResults()
      if Self.isInterrupted.exchange(false, ordering: .relaxed) {
        session.send(.back)
        try say(["Cancelled."])
      }
      let now = session.state.now
      if case .values(let since, let plan) = session.state.activity, plan.estimatedSeconds > 5, told == nil {
        try say([
          "Computing the singular values: about \(NumberFormat.seconds(plan.estimatedSeconds)) and "
            + "\(NumberFormat.bytes(Int(plan.estimatedBytes))) of memory; Ctrl-C cancels."
        ])
        told = since
      } else if now - max(told ?? 0, start) > 10 {
        try say(["Still at work after \(NumberFormat.seconds(now - start))."])
        told = now
      }
      usleep(5_000)
    } while !session.isIdle
  }

  private func say(_ lines: [String]) throws {
    hasSpoken = hasSpoken || !lines.isEmpty
    for line in lines { try StandardOutput.write(StandardOutput.style.spelled(line) + "\n") }
  }
}
