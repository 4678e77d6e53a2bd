import COpenBLAS

/// Sets OpenBLAS's thread count, which is global to the process. Nothing else may.
package enum BLASThreads {
  /// The processors that this process may keep busy: those that the kernel lets it run on, or as many as the control
  /// group's quota of processor time pays for if they are fewer.
  package static var availableCores: Int {
    var mask = [UInt8](repeating: 0, count: 1024)
    let size = UInt(mask.count)
    guard lowrank_sched_getaffinity(0, size, &mask) == 0 else { return 1 }
    let allowed = max(1, mask.reduce(0) { $0 + $1.nonzeroBitCount })
    return min(allowed, quota(AvailableMemory.text("/sys/fs/cgroup/cpu.max")) ?? allowed)
  }

  /// The whole processors, at least one, that a control group's "QUOTA PERIOD" in microseconds comes to, rounded up; nil
  /// for "max PERIOD" and for what is not understood.
  package static func quota(_ text: String) -> Int? {
    let fields = text.split { $0 == " " || $0 == "\n" }.map { Int($0) }
    guard fields.count == 2, let quota = fields[0], let period = fields[1], quota > 0, period > 0 else { return nil }
    return (quota - 1) / period + 1
  }

  /// The threads that BLAS and LAPACK calls use now.
  package static var inUse: Int { Int(openblas_get_num_threads()) }

  /// Uses `count` threads, at most one a core, for the BLAS and LAPACK calls that follow.
  ///
  /// No call may be under way on another thread: OpenBLAS would lose its buffers.
  package static func use(_ count: Int) {
    let wanted = Int32(max(1, min(count, availableCores)))
    if openblas_get_num_threads() != wanted { openblas_set_num_threads(wanted) }
  }

  /// Uses every available core for the BLAS and LAPACK calls that follow: right for one solve at a time.
  package static func useAllCores() { use(availableCores) }

  /// Uses one thread: right under workers that are parallel themselves.
  package static func useOne() { use(1) }
}
