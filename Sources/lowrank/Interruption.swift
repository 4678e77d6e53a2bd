import Glibc
import LinearAlgebra
import MatrixFiles
import Synchronization

/// Ctrl-C and termination while a file is being written: what was begun is removed, then the process ends by the signal
/// as it would have. A second signal ends it at once.
enum Interruption {
  private static let token = CancellationToken()
  private static let received = Atomic<Int32>(0)

  /// Runs `body` with a token that SIGINT and SIGTERM cancel.
  static func cancelling(_ body: (CancellationToken) throws -> Void) throws {
    // The handler must find both initialised.
    received.store(0, ordering: .relaxed)
    _ = token.isCancelled
    let signals = [SIGINT, SIGTERM, SIGHUP]
    var previous: [sigaction] = []
    for signal in signals { previous.append(install(on: signal)) }
    defer {
      for (signal, var action) in zip(signals, previous) { sigaction(signal, &action, nil) }
    }
    do {
      try body(token)
    } catch FileError.cancelled {}
    let signal = received.load(ordering: .relaxed)
    if signal != 0 {
      Glibc.signal(signal, SIG_DFL)
      raise(signal)
    }
  }

  /// Lets `signal` cancel the token, once; a signal that the parent had ignored stays ignored.
  private static func install(on signal: Int32) -> sigaction {
    var before = sigaction()
    sigaction(signal, nil, &before)
    guard before.__sigaction_handler.sa_handler == nil else { return before }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      Interruption.received.store(number, ordering: .relaxed)
      Interruption.token.cancel()
    }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    sigaction(signal, &action, nil)
    return before
  }
}
