import Dispatch
import Glibc
import Synchronization

/// A thread of our own: LAPACK blocks for seconds, which no shared pool should have to bear.
///
/// It runs at a lower priority than the thread that starts the process, which may have a screen to draw.
package enum WorkerThread {
  /// The kernel's number of a thread.
  package typealias Number = UInt32

  /// The kernel's nice value of a worker; the screen's thread keeps 0.
  private static let niceness: Int32 = 10
  /// Of one whose result nobody wants any more.
  private static let lowest: Int32 = 19

  /// The number of the calling thread, which the kernel tells as "…/task/NUMBER"; nil where it does not.
  package static var current: Number? {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = bytes.withUnsafeMutableBytes { raw in
      raw.baseAddress.map { readlink("/proc/thread-self", $0.assumingMemoryBound(to: CChar.self), raw.count) } ?? 0
    }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "/").last.flatMap {
      Number($0)
    }
  }

  /// Lowers the priority of a worker whose job was cancelled to the least there is, for good: only a privileged process
  /// could raise it again.
  package static func standBack(_ worker: Number) { setpriority(Int32(PRIO_PROCESS.rawValue), worker, lowest) }

  /// Runs `body` on a new thread that does not inherit the priority of the caller's; one that does not yield to the
  /// screen's thread keeps the priority of the process.
  package static func startAfresh(yields: Bool = true, _ body: @escaping @Sendable () -> Void) {
    if yields { launcher.start(body) } else { start(yields: false, body) }
  }

  private static let launcher = Launcher()

  /// Runs `body` on a new thread, which ends when `body` returns.
  package static func start(yields: Bool = true, _ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(
      Body {
        // On Linux a thread's own identifier names it here, so that only this thread becomes nicer.
        if yields { setpriority(Int32(PRIO_PROCESS.rawValue), 0, WorkerThread.niceness) }
        body()
      })
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
        Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    if failed != 0 { DispatchQueue.global().async { box.takeRetainedValue().run() } }
  }

  /// Lowers the priority of every thread of the process but the first, OpenBLAS's among them, and readies what starts
  /// workers later.
  package static func prepare() {
    _ = launcher
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

/// Starts workers from a thread whose priority nobody lowers.
private final class Launcher: Sendable {
  private let bodies = Mutex<[@Sendable () -> Void]>([])
  private let arrivals = DispatchSemaphore(value: 0)

  init() {
    WorkerThread.start { [self] in
      while true {
        arrivals.wait()
        if let body = bodies.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { WorkerThread.start(body) }
      }
    }
  }

  func start(_ body: @escaping @Sendable () -> Void) {
    bodies.withLock { $0.append(body) }
    arrivals.signal()
  }
}
