import Glibc
import LinearAlgebra

/// How fast each method works, as measured: a table of seconds by shape, from which a rate in flops a second follows.
///
/// The table is a resource that `Benchmarks/calibrate.sh` writes. Between its shapes the logarithm of the rate is
/// interpolated in log p and log(N/p); beyond them the nearest rate holds.
package struct SolverCosts: Sendable {
  /// One measured solve.
  package struct Measurement: Sendable, Hashable {
    package var method: String
    package var outcome: SolveRequest.Outcome
    package var worksInFloat: Bool
    package var threads: Int
    package var shortSide: Int
    package var longSide: Int
    /// Floating-point operations that the method's own formula counts.
    package var flops: Double
    package var seconds: Double
  }

  private struct Key: Hashable {
    let method: String
    let outcome: SolveRequest.Outcome
    let worksInFloat: Bool
  }

  private struct Point {
    let threads: Int
    let logShort: Double
    let logAspect: Double
    let logRate: Double
  }

  private let points: [Key: [Point]]

  /// The table that the program carries.
  package static let shared = SolverCosts(text: String(decoding: PackageResources.solver_costs_txt, as: UTF8.self))

  /// A table of measurements.
  package init(_ measurements: [Measurement]) {
    var points: [Key: [Point]] = [:]
    for one in measurements where one.seconds > 0 && one.flops > 0 && one.shortSide > 0 {
      points[Key(method: one.method, outcome: one.outcome, worksInFloat: one.worksInFloat), default: []].append(
        Point(
          threads: one.threads, logShort: log(Double(one.shortSide)),
          logAspect: log(Double(one.longSide) / Double(one.shortSide)), logRate: log(one.flops / one.seconds)))
    }
    self.points = points
  }

  /// A table of lines "method outcome precision threads p N flops seconds"; lines that begin with # say what they say.
  package init(text: String) {
    self.init(
      text.split(separator: "\n").compactMap { line in
        let fields = line.split(separator: " ")
        guard fields.count == 8, !line.hasPrefix("#"), let outcome = SolveRequest.Outcome(rawValue: String(fields[1])),
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

  /// Flops a second: inverse-distance weights on the four nearest measured shapes.
  private func rate(_ method: String, _ request: SolveRequest) -> Double {
    let key = Key(method: method, outcome: request.outcome, worksInFloat: request.worksInFloat)
    let unmeasured = request.worksInFloat ? 16e9 : 8e9
    guard let all = points[key], request.short > 0 else { return unmeasured }
    // Measured with the number of threads that comes closest.
    let distance = all.map { abs($0.threads - request.threads) }.min() ?? 0
    let known = all.filter { abs($0.threads - request.threads) == distance }
    let (x, y) = (log(request.short), log(request.long / request.short))
    let near = known.map { point in
      (
        square: (point.logShort - x) * (point.logShort - x) + (point.logAspect - y) * (point.logAspect - y),
        point: point
      )
    }.sorted { $0.square < $1.square }.prefix(4)
    guard let nearest = near.first else { return unmeasured }
    if nearest.square < 1e-6 { return exp(nearest.point.logRate) }
    let weights = near.map { 1 / $0.square }
    let sum = zip(weights, near).reduce(0) { $0 + $1.0 * $1.1.point.logRate }
    return exp(sum / weights.reduce(0, +))
  }
}
