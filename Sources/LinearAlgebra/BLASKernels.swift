import COpenBLAS
import Glibc

/// Which of its kernels OpenBLAS runs.
///
/// OpenBLAS picks them when it is loaded, by the processor's model number; of a processor newer than itself it knows
/// nothing and falls back to kernels of 2004 ("Prescott"), six times slower in matrix products. The choice can only be
/// made before loading, so the program starts itself again with `OPENBLAS_CORETYPE` set: some milliseconds, once.
package enum BLASKernels {
  /// The name of the kernels in use: "Haswell", "SkylakeX", "Zen", …
  package static var name: String { openblas_get_corename().map { String(cString: $0) } ?? "" }

  /// Starts the process again, with the same arguments and descriptors, if OpenBLAS did not know this processor. Returns
  /// otherwise, and where `OPENBLAS_CORETYPE` is set already.
  package static func restartIfUnrecognised() {
    guard name == "Prescott", getenv("OPENBLAS_CORETYPE") == nil, let best = lowrank_best_kernels(),
      let program = realpath("/proc/self/exe", nil)
    else { return }
    defer { free(program) }
    setenv("OPENBLAS_CORETYPE", best, 1)
    var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
    arguments.append(nil)
    // Only returns if it failed: then the slow kernels serve.
    execv(program, arguments)
    for argument in arguments { free(argument) }
  }
}
