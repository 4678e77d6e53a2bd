import Explorer
import Foundation
import LinearAlgebra
import MatrixFiles
import Synchronization

/// Opens a matrix, cancels at a random moment by opening the next one, and so on: how soon each next job starts, whether
/// the last one's result is right, and whether memory stays.
///
/// `cancel-bench SIDE COUNT`: an f32 matrix of SIDE × SIDE in memory, COUNT cancels; one line of figures.
@main
struct CancelBench {
  static func main() {
    BLASKernels.restartIfUnrecognised()
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard arguments.count == 2, let side = arguments.first, let count = arguments.last, side > 0, count > 0 else {
      print("usage: cancel-bench SIDE COUNT")
      exit(2)
    }
    let bench = CancelRun(side: side)
    let reference = bench.solve()
    // The first few leave behind what OpenBLAS and the allocator keep for good.
    bench.cancel(times: min(10, count), longest: reference.seconds)
    let before = residentBytes()
    let waits = bench.cancel(times: count, longest: reference.seconds).sorted()
    let after = bench.solve()
    let isRight = zip(after.values, reference.values).allSatisfy {
      abs($0 - $1) <= 4e-7 * (reference.values.first ?? 0)
    }
    let grown = Double(residentBytes() - before) / 0x1p20
    func milliseconds(_ quantile: Double) -> String {
      String(format: "%.2f", waits[min(waits.count - 1, Int(Double(waits.count) * quantile))] * 1000)
    }
    print(
      "| \(side)² | \(count) | \(milliseconds(0.5)) | \(milliseconds(0.99)) | \(milliseconds(1)) | "
        + "\(isRight ? "right" : "WRONG") | \(String(format: "%+.1f", grown)) |")
    // As the explorer ends: orphans may still be inside BLAS, which an orderly exit would take from under them.
    fflush(nil)
    _exit(isRight && waits[waits.count - 1] <= 0.1 ? 0 : 1)
  }
}

/// The resident memory of this process.
private func residentBytes() -> Int {
  guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}
