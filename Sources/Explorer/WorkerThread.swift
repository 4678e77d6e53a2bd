import Dispatch
import Glibc

/// A thread of our own: LAPACK blocks for seconds, which no shared pool should have to bear.
///
/// It runs at a lower priority than the screen's thread.
enum WorkerThread {
  /// The kernel's nice value of a worker; the screen's thread keeps 0.
  private static let niceness: Int32 = 10

  /// Runs `body` on a new thread, which ends when `body` returns.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Body(body))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 16 << 20)
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, &attributes,
      { raw in
        guard let raw else { return nil }
        // On Linux a thread's own identifier names it here, so that only this thread becomes nicer.
        setpriority(Int32(PRIO_PROCESS.rawValue), 0, WorkerThread.niceness)
        Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    if failed != 0 { DispatchQueue.global().async { box.takeRetainedValue().run() } }
  }

  /// Lowers the priority of every thread of the process but the first, OpenBLAS's among them.
  static func lowerAllButMain() {
    guard let directory = opendir("/proc/self/task") else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let thread = UInt32(name), thread != UInt32(getpid()) {
        setpriority(Int32(PRIO_PROCESS.rawValue), thread, niceness)
      }
    }
  }
}

private final class Body: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
