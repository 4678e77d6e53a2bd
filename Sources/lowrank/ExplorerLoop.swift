import Checkpoints
import Explorer
import Factorizations
import Glibc
import MatrixSources
import NcursesTerminal
import TerminalUI

/// The explorer on a terminal: one thread draws and reads, woken by keys, signals, results and the clock.
final class ExplorerLoop {
  private let terminal: NcursesTerminal
  private let session: ExplorerSession
  private var router = InputRouter()
  private var screen: Screen?

  /// Seconds between frames while the rank plays.
  private static let playingTick = 1.0 / 30
  /// Seconds between frames while work is under way.
  private static let workingTick = 0.1

  private let files: SourceArguments

  init(
    _ terminal: NcursesTerminal, _ state: ExplorerState, _ files: SourceArguments, _ planner: SolverPlanner
  ) {
    self.terminal = terminal
    self.files = files
    session = ExplorerSession(
      state, on: .threads, opener: files.open(_:control:), planner: planner,
      previewing: .krylov(planner.accuracy == .preview ? .alone : .slowSolves),
      cache: { ScanCache(sources: $0 == files.source ? files.names : [$0]) }, wake: wakeTerminal)
    session.host = { [unowned self] effect in run(effect) }
  }

  /// Runs until the user quits, with `other`'s spectrum behind the first, or from `beginning` on; returns the signal that
  /// ended it, or 0.
  func run(comparing other: String?, beginning: ExplorerAction? = nil) -> Int32 {
    session.send(.tick(monotonicSeconds()))
    if let source = files.source {
      session.send(.open(source: source, tensor: files.tensor))
    } else {
      session.start()
    }
    if let beginning { session.send(beginning) }
    if let other { session.send(.compare(source: other, tensor: nil)) }
    draw()
    while !session.state.isQuitting {
      let events = terminal.waitForEvents(timeout)
      session.send(.tick(monotonicSeconds()))
      for event in events {
        if case .terminate(let signal) = event { return signal }
        if case .endOfInput = event { return SIGHUP }
        // In an open line Ctrl-C closes the line.
        let isInterrupt = event == .key(.control("c")) && session.state.prompt == nil
        if let action = router.action(event, session.state, screen) {
          session.send(action)
          // The next event, which may have come with this one, must find what this one opened.
          session.fitLayout()
        }
        if isInterrupt { return SIGINT }
      }
      session.takeResults()
      if !session.state.isQuitting { draw() }
    }
    return 0
  }

  /// Leaves no half-written file behind: after a signal it is removed, otherwise it may take a while to its end.
  func finishWriting(after signal: Int32) { session.finishWriting(patience: signal == 0 ? 10 : 0) }

  /// Why there was nothing to see, at the end.
  var failure: String? { session.state.failure }

  private var timeout: Double? {
    let state = session.state
    return state.playback != nil || state.pictureView.isBlinking
      ? Self.playingTick : state.needsTicks ? Self.workingTick : nil
  }

  private func draw() {
    session.fitLayout()
    let screen = Screen(session.state)
    terminal.show(screen.frame)
    self.screen = screen
  }

  private func run(_ effect: Effect) {
    switch effect {
    case .suspend: terminal.suspend()
    case .redraw: terminal.redraw()
    default: ExplorerHost.run(effect, in: session, frame: screen?.frame)
    }
  }
}

extension ExplorerSession {
  /// Tells the state what its layout came to, when that changed.
  func fitLayout() {
    let facts = Screen.layout(state)
    if facts != state.layout { send(.layout(facts)) }
  }
}
