import Glibc
import RankAnalysis

/// A logarithmic axis over whatever range there is, a fraction of a decade or sixteen of them.
struct RaceAxis {
  /// A place with its label.
  struct Tick: Hashable {
    let share: Double
    let label: String
  }

  private let bottom: Double, top: Double

  /// An axis that shows `shown`, positive values, with `margin` of its length free below.
  init(_ shown: ClosedRange<Double>, margin: Double = 0) {
    let (low, high) = (log10(shown.lowerBound), log10(shown.upperBound))
    let length = max(high - low, 1e-3)
    bottom = low - margin * length
    top = max(high, low + 1e-3)
  }

  /// Where `value` is, 0 … 1; 0 also for what lies below.
  func share(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    return max(0, min(1, (log10(value) - bottom) / (top - bottom)))
  }

  /// At most `limit` round numbers: powers of ten where there are two, or else 1, 2, 5 or every digit, or finer steps.
  func ticks(atMost limit: Int, label: (Double) -> String) -> [Tick] {
    let sets: [[Double]] = [[1], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]]
    var best: [Double] = []
    for digits in sets {
      let found = values(digits, every: 1)
      if found.count <= limit { best = found.count > best.count ? found : best }
    }
    if best.count < 2 { best = steps(limit) }
    if best.isEmpty {
      let decades = values([1], every: max(1, Int(((top - bottom) / Double(max(1, limit))).rounded(.up))))
      best = decades
    }
    return best.map { Tick(share: share($0), label: label($0)) }
  }

  private func values(_ digits: [Double], every step: Int) -> [Double] {
    let exponents = Int(bottom.rounded(.down))...Int(top.rounded(.up))
    return exponents.filter { ($0 - exponents.lowerBound) % step == 0 }.flatMap { exponent in
      digits.map { $0 * pow(10, Double(exponent)) }
    }.filter { log10($0) >= bottom && log10($0) <= top }
  }

  /// Evenly spaced round numbers within less than a decade.
  private func steps(_ limit: Int) -> [Double] {
    guard top - bottom < 1, limit > 0 else { return [] }
    let (low, high) = (pow(10, bottom), pow(10, top))
    let raw = (high - low) / Double(limit)
    let power = pow(10, log10(raw).rounded(.down))
    guard let step = [1.0, 2, 5, 10].first(where: { $0 * power >= raw }).map({ $0 * power }) else { return [] }
    var found: [Double] = []
    var index = (low / step).rounded(.up)
    while index * step <= high, found.count < limit {
      found.append(index * step)
      index += 1
    }
    return found
  }
}
