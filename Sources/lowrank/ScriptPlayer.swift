import Explorer
import MatrixFiles
import MatrixSources
import TerminalUI

/// Replays a recording without a terminal: the work runs at once, the clock moves only when the recording says so.
final class ScriptPlayer {
  private let session: ExplorerSession
  private let file: String?
  private let tensor: String?
  private var router = InputRouter()
  private var failure: FileError?

  init(_ state: ExplorerState, file: String?, tensor: String?) {
    session = ExplorerSession(state, on: .immediate, opener: MatrixSource.open(_:control:), wake: {})
    self.file = file
    self.tensor = tensor
    session.host = { [unowned self] effect in
      ExplorerHost.run(effect, in: session, frame: Screen(session.state).frame)
    }
  }

  /// Runs every step; fails if the matrix cannot be opened or a screen cannot be saved.
  func play(_ script: Script) throws {
    if let file {
      // Says at once, and with the right exit code, what is wrong with the file.
      let opened = try MatrixSource.open(file)
      if let tensor { _ = try opened.tensor(named: tensor) }
      session.send(.open(source: file, tensor: tensor))
    } else {
      session.start()
    }
    settle()
    for step in script.steps where !session.state.isQuitting { try run(step) }
    if let sentence = session.state.failure { throw CommandFailure(status: .data, sentence: sentence) }
  }

  private func run(_ step: Script.Step) throws {
    switch step {
    case .key(let key): send(.key(key))
    case .mouse(let mouse): send(.mouse(mouse))
    case .resize(let size): send(.resize(size))
    case .awaitIdle: settle()
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
