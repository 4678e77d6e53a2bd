import Glibc

/// Runs `body` on `threads` threads at once, the caller's among them, and returns when all are done.
///
/// - Parameter body: receives the thread's number, 0 ..< `threads`. Fewer threads than asked for may run it where the
///   system grants no more; the work must not depend on their number.
package func runInParallel(threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
  var started: [pthread_t] = []
  for index in 1..<max(1, threads) {
    let box = Unmanaged.passRetained(ThreadBody { body(index) })
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        Unmanaged<ThreadBody>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    if failed != 0 { box.release() } else { started.append(thread) }
  }
  body(0)
  for thread in started { pthread_join(thread, nil) }
}

/// Lets another thread run.
func yieldProcessor() { sched_yield() }

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
