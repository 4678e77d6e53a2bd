import LinearAlgebra

/// Times two pieces of work in turns, after a warm-up: dense, factored, factored, dense, …
///
/// Work that is shorter than a clock tells well is repeated inside one timing; both are then timed so many times that each
/// timing takes about as long.
struct PairedTimer {
  private let dense: () -> Void
  private let factored: () -> Void
  private let denseCalls: Int
  private let factoredCalls: Int
  private var denseSamples: [Double] = []
  private var factoredSamples: [Double] = []

  /// What a timing takes at least, in seconds.
  private static let shortest = 1e-4

  /// A timer of two pieces of work, both run once at least to warm up.
  init(dense: @escaping () -> Void, factored: @escaping () -> Void) {
    self.dense = dense
    self.factored = factored
    denseCalls = Self.calls(dense)
    factoredCalls = Self.calls(factored)
  }

  /// How many pairs were timed.
  var count: Int { denseSamples.count }

  /// Times pairs until there are `pairs`, or, once there are `fewest`, until `seconds` have gone.
  mutating func run(_ pairs: Int, fewest: Int, seconds: Double, control: WorkControl) throws(Cancelled) {
    let start = ContinuousClock.now
    while count < pairs, count < fewest || (ContinuousClock.now - start) / .seconds(1) < seconds {
      try control.token.check()
      let isDenseFirst = count.isMultiple(of: 2)
      let first = isDenseFirst ? Self.seconds(dense, denseCalls) : Self.seconds(factored, factoredCalls)
      let second = isDenseFirst ? Self.seconds(factored, factoredCalls) : Self.seconds(dense, denseCalls)
      denseSamples.append(isDenseFirst ? first : second)
      factoredSamples.append(isDenseFirst ? second : first)
    }
  }

  /// What came out so far; there is one pair at least.
  var times: PairedTimes { PairedTimes(dense: denseSamples, factored: factoredSamples) }

  /// Whether the factors are faster, if the timings leave no doubt: the median of the ratios differs from 1 at a level of
  /// about one in a hundred, by the order statistics that bracket it.
  ///
  /// Source: Conover, Practical Nonparametric Statistics, 3rd ed., § 3.2 (a confidence interval for a quantile).
  var isFactoredFaster: Bool? {
    let ratios = zip(denseSamples, factoredSamples).map { $0 / $1 }.sorted()
    let reach = 1.29 * Double(ratios.count).squareRoot()
    let low = Int((Double(ratios.count) / 2 - reach).rounded(.down))
    guard low >= 0, low < ratios.count else { return nil }
    if ratios[low] > 1 { return true }
    if ratios[ratios.count - 1 - low] < 1 { return false }
    return nil
  }

  /// How often `work` runs in one timing; runs it to find out.
  private static func calls(_ work: () -> Void) -> Int {
    work()
    var calls = 1
    while calls < 1 << 20 {
      let time = seconds(work, calls) * Double(calls)
      if time >= shortest { break }
      calls = max(calls * 2, time > 0 ? Int(Double(calls) * shortest / time) : calls * 8)
    }
    return calls
  }

  private static func seconds(_ work: () -> Void, _ calls: Int) -> Double {
    let start = ContinuousClock.now
    for _ in 0..<calls { work() }
    // A clock that has not moved still took part of its step.
    return max(1e-9, (ContinuousClock.now - start) / .seconds(1)) / Double(calls)
  }
}

/// The times of one piece of work, after a warm-up: at least three, until `seconds` have gone.
func timed(_ work: () -> Void, seconds: Double, control: WorkControl) throws(Cancelled) -> TimeSpread {
  work()
  var samples: [Double] = []
  let begin = ContinuousClock.now
  repeat {
    try control.token.check()
    let start = ContinuousClock.now
    work()
    samples.append(max(1e-9, (ContinuousClock.now - start) / .seconds(1)))
  } while samples.count < 3 || (samples.count < 101 && (ContinuousClock.now - begin) / .seconds(1) < seconds)
  return TimeSpread(samples)
}
