import COpenBLAS

/// Sets OpenBLAS's thread count, which is global to the process. Nothing else may.
package enum BLASThreads {
  /// The processors that the kernel lets this process run on.
  package static var availableCores: Int {
    var mask = [UInt8](repeating: 0, count: 1024)
    let size = UInt(mask.count)
    guard lowrank_sched_getaffinity(0, size, &mask) == 0 else { return 1 }
    return max(1, mask.reduce(0) { $0 + $1.nonzeroBitCount })
  }

  /// Uses `count` threads, at most one a core, for the BLAS and LAPACK calls that follow.
  package static func use(_ count: Int) { openblas_set_num_threads(Int32(max(1, min(count, availableCores)))) }

  /// Uses every available core for the BLAS and LAPACK calls that follow: right for one solve at a time.
  package static func useAllCores() { openblas_set_num_threads(Int32(availableCores)) }

  /// Uses one thread: right under workers that are parallel themselves.
  package static func useOne() { openblas_set_num_threads(1) }
}
