/// The rank playing by itself: about 60 stops, evenly spaced in log k, over eight seconds.
package struct Playback: Hashable, Sendable {
  /// The ranks still to come, increasing.
  package private(set) var stops: [Int]
  /// When the next stop is due, on the state's clock.
  package private(set) var due: Double
  /// The seconds between stops.
  package let interval: Double

  /// Seconds from rank 1 to the full rank, where there are enough ranks to fill them.
  package static let duration = 8.0

  /// Plays from `rank` to `fullRank`, or from the start when `rank` is the end; passes through `pause`.
  package init(from rank: Int, fullRank: Int, pause: Int, now: Double) {
    let first = rank >= fullRank ? 0 : rank
    let run = Self.stops(fullRank: fullRank, pause: pause)
    interval = min(0.5, Self.duration / Double(max(1, run.count)))
    due = now + interval
    stops = run.filter { $0 > first }
    if first == 0 && rank != 0 { stops.insert(0, at: 0) }
  }

  /// The ranks of a full run: geometric from 1 to `fullRank`, each once, with `pause` among them.
  package static func stops(fullRank: Int, pause: Int) -> [Int] {
    guard fullRank > 0 else { return [] }
    var ranks: Set<Int> = [fullRank]
    var value = 1.0
    // The ratio of 60 equal steps in log k, found by repeated square roots of the full rank: x^(1/64) is close enough.
    var ratio = Double(fullRank)
    for _ in 0..<6 { ratio = ratio.squareRoot() }
    while value < Double(fullRank) {
      ranks.insert(Int(value.rounded()))
      value = max(value * ratio, value + 0.25)
    }
    if pause > 0 && pause < fullRank { ranks.insert(pause) }
    return ranks.sorted()
  }

  /// The rank to show at `now`, if the next stop is due. Stops that were missed are skipped, except `pause`.
  package mutating func advance(to now: Double, pause: Int) -> Int? {
    guard !stops.isEmpty, now >= due else { return nil }
    var rank = stops.removeFirst()
    due += interval
    while now >= due, let next = stops.first, rank != pause {
      rank = next
      stops.removeFirst()
      due += interval
    }
    due = max(due, now)
    return rank
  }
}
