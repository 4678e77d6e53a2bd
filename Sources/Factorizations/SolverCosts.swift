import Glibc
import LinearAlgebra

/// How fast each method works, as measured: a table of seconds by shape, from which a rate in flops a second follows.
///
/// The table is a resource that `Benchmarks/calibrate.sh` writes. The logarithm of the rate is interpolated linearly: for
/// each measured short side p along log(N/p), then between the two p around the request along log p. So every estimate
/// lies between those of its neighbours in the table; beyond the table the nearest rate holds, and seconds grow with the
/// flops.
package struct SolverCosts: Sendable {
  /// One measured solve.
  private struct Measurement {
    let method: String
    let outcome: SolveRequest.Outcome
    let worksInFloat: Bool
    let threads: Int
    let shortSide: Int
    let longSide: Int
    /// Floating-point operations that the method's own formula counts.
    let flops: Double
    let seconds: Double
  }

  private struct Key: Hashable {
    let method: String
    let outcome: SolveRequest.Outcome
    let worksInFloat: Bool
  }

  /// What was measured with one short side: the logarithm of the rate over that of the aspect.
  private struct Row {
    let logShort: Double
    let logRates: [(x: Double, y: Double)]
  }

  /// By the number of threads; the rows by ascending short side.
  private let rows: [Key: [Int: [Row]]]

  /// The table that the program carries.
  package static let shared = SolverCosts(text: String(decoding: PackageResources.solver_costs_txt, as: UTF8.self))

  private init(_ measurements: [Measurement]) {
    // A shape that was measured twice counts as it was measured last.
    var rates: [Key: [Int: [Int: [Int: Double]]]] = [:]
    for one in measurements where one.shortSide > 0 && one.longSide >= one.shortSide && one.threads > 0 {
      let key = Key(method: one.method, outcome: one.outcome, worksInFloat: one.worksInFloat)
      let rate = log(one.flops / one.seconds)
      guard rate.isFinite else { continue }
      rates[key, default: [:]][one.threads, default: [:]][one.shortSide, default: [:]][one.longSide] = rate
    }
    rows = rates.mapValues { byThreads in
      byThreads.mapValues { byShort in
        byShort.sorted { $0.key < $1.key }.map { short, byLong in
          Row(
            logShort: log(Double(short)),
            logRates: byLong.sorted { $0.key < $1.key }.map { (log(Double($0.key) / Double(short)), $0.value) })
        }
      }
    }
  }

  /// A table of lines "method outcome precision threads p N flops seconds"; lines that begin with # say what they say.
  package init(text: String) {
    self.init(
      // By bytes: to split by characters takes several times as long, and every command reads the table.
      text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
        let fields = line.split(separator: UInt8(ascii: " ")).map { Substring($0) }
        guard fields.count == 8, !fields[0].hasPrefix("#"),
          let outcome = SolveRequest.Outcome(rawValue: String(fields[1])),
          let threads = Int(fields[3]), let short = Int(fields[4]), let long = Int(fields[5]),
          let flops = Double(fields[6]), let seconds = Double(fields[7])
        else { return nil }
        return Measurement(
          method: String(fields[0]), outcome: outcome, worksInFloat: fields[2] == Float.precisionName,
          threads: threads, shortSide: short, longSide: long, flops: flops, seconds: seconds)
      })
  }

  /// The estimated seconds of `flops` operations by `method` for `request`.
  package func seconds(_ method: String, _ request: SolveRequest, flops: Double) -> Double {
    flops / rate(method, request)
  }

  /// Flops a second. Of a method that was never measured so, a guess.
  private func rate(_ method: String, _ request: SolveRequest) -> Double {
    let key = Key(method: method, outcome: request.outcome, worksInFloat: request.worksInFloat)
    // Measured with the number of threads that comes closest.
    guard let byThreads = rows[key], request.short > 0,
      let known = byThreads.min(by: { isCloser($0.key, $1.key, to: request.threads) })?.value
    else { return request.worksInFloat ? 16e9 : 8e9 }
    let aspect = log(request.long / request.short)
    return exp(interpolate(known.map { ($0.logShort, interpolate($0.logRates, at: aspect)) }, at: log(request.short)))
  }

  private func isCloser(_ a: Int, _ b: Int, to threads: Int) -> Bool {
    (abs(a - threads), a) < (abs(b - threads), b)
  }
}

/// The piecewise linear function through `points`, which ascend in x, at `x`; constant beyond the first and the last.
private func interpolate(_ points: [(x: Double, y: Double)], at x: Double) -> Double {
  let next = points.firstIndex { $0.x >= x } ?? points.endIndex
  guard next > 0 else { return points.first?.y ?? 0 }
  guard next < points.endIndex else { return points[next - 1].y }
  let (low, high) = (points[next - 1], points[next])
  return low.y + (high.y - low.y) * (x - low.x) / (high.x - low.x)
}
