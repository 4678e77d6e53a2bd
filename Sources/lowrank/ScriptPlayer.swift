import Explorer
import Factorizations
import MatrixFiles
import MatrixSources
import Synchronization
import TerminalUI

/// Replays a recording without a terminal: the work runs at once, the clock moves only when the recording says so.
final class ScriptPlayer {
  private let session: ExplorerSession
  private let files: SourceArguments
  private let first: FirstOpening
  private var router = InputRouter()
  private var failure: FileError?

  /// A player that solves as `planner` decides: with a preview only where nothing else was asked for, so that the same keys
  /// give the same screens.
  init(_ state: ExplorerState, _ files: SourceArguments, _ planner: SolverPlanner) {
    let first = FirstOpening()
    session = ExplorerSession(
      state, on: .immediate,
      opener: { (name, control) throws(FileError) in
        if name == files.source, let file = first.take() { return file }
        return try files.open(name, control: control)
      }, planner: planner, previewing: planner.accuracy == .preview ? .krylov(.alone) : nil, wake: {})
    self.files = files
    self.first = first
    session.host = { [unowned self] effect in
      // A recording shows the same every time: what was learned in it is not kept.
      if case .keepProgress = effect { return }
      ExplorerHost.run(effect, in: session, frame: Screen(session.state).frame)
    }
  }

  /// Runs every step; fails if the matrix cannot be opened or a screen cannot be saved.
  func play(_ script: Script, comparing other: String? = nil, beginning: ExplorerAction? = nil) throws {
    if let source = files.source {
      // Says at once, and with the right exit code, what is wrong with the file.
      let opened = try files.open(source)
      if let tensor = files.tensor { _ = try opened.tensor(named: tensor) }
      first.give(opened)
      session.send(.open(source: source, tensor: files.tensor))
    } else {
      session.start()
    }
    if let beginning { session.send(beginning) }
    if let other { session.send(.compare(source: other, tensor: nil)) }
    settle()
    for step in script.steps where !session.state.isQuitting { try run(step) }
    if let sentence = session.state.failure { throw CommandFailure(status: .data, sentence: sentence) }
  }

  private func run(_ step: Script.Step) throws {
    switch step {
    case .key(let key): send(.key(key))
    case .mouse(let mouse): send(.mouse(mouse))
    case .resize(let size): send(.resize(size))
    case .awaitIdle:
      settle()
      session.finishScan()
    case .wait(let seconds):
      let end = session.state.now + seconds
      while session.state.now < end {
        session.send(.tick(min(end, session.state.now + 0.05)))
        settle()
      }
    case .save(let path):
      let screen = Screen(session.state)
      let text =
        path.hasSuffix(".svg")
        ? screen.frame.svg(title: screenTitle(session.state), display: session.state.display) : screen.frame.text
      try AtomicFile.write(text, to: path)
    }
    settle()
  }

  private func send(_ event: InputEvent) {
    if let action = router.action(event, session.state, Screen(session.state)) { session.send(action) }
  }

  /// Until the layout's pictures are there and nothing waits.
  private func settle() {
    repeat { session.fitLayout() } while session.takeResults() || !session.isIdle
  }
}

/// The file that was opened to see whether it can be: standard input cannot be opened again.
private final class FirstOpening: Sendable {
  private let file = Mutex<(any MatrixFile)?>(nil)

  /// Keeps `opened` for the session.
  func give(_ opened: any MatrixFile) { file.withLock { $0 = opened } }

  /// The file, once.
  func take() -> (any MatrixFile)? {
    file.withLock { file in
      defer { file = nil }
      return file
    }
  }
}
