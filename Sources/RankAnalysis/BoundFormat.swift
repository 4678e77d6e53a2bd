/// The end of an interval that matters, where both ends together would say less.
package enum BoundEnd: Hashable, Sendable {
  /// "≥ 95.1 %": what is there at least.
  case lower
  /// "≤ 83.2 %": what is left at most.
  case upper
}

// Figures that are only bounded. Whatever is shown is true of every number between the ends.
extension NumberFormat {
  /// `x` in the digits that both ends share, or both ends: "7.2", "6.8–7.1"; the end `end` alone, rounded outwards, where
  /// they differ by more than a factor of 1.1: "≤ 7.8".
  package static func bounded(_ x: Bounded, digits: Int = 4, showing end: BoundEnd) -> String {
    guard x.isWide else { return significant(x, digits: digits, fewest: 2) }
    switch end {
    case .lower where x.lower > 0: return "≥ \(plain(x.lower, digits: min(3, digits), .down))"
    default: return "≤ \(plain(x.upper, digits: min(3, digits), .up))"
    }
  }

  /// A share likewise: "7.2 %", "≤ 83.2 %", "≥ 95.1 %". A share kept (`end` is the lower one) counts as wide also when the
  /// share lost is.
  package static func boundedPercent(
    _ x: Bounded, digits: Int = 4, floor: Double = 0, showing end: BoundEnd
  ) -> String {
    let lost = Bounded(lower: 1 - x.upper, upper: 1 - x.lower)
    guard x.isWide || (end == .lower && x.upper <= 1 && lost.isWide), !(floor > 0 && x.upper < floor) else {
      return percent(x, digits: digits, floor: floor, fewest: 2)
    }
    let count = min(3, digits)
    switch end {
    case .lower: return x.lower > 0 ? "≥ \(percentDigits(x.lower, count, .down)) %" : "≥ 0 %"
    case .upper: return "≤ \(percentDigits(x.upper, count, .up)) %"
    }
  }

  /// A rank that lies in `ranks`, of `limit` at most: "37", "35–41", "≤ 41"; "≥ 64" where the upper end says nothing.
  package static func rank(_ ranks: ClosedRange<Int>, of limit: Int) -> String {
    let (low, high) = (ranks.lowerBound, ranks.upperBound)
    if low == high { return grouped(high) }
    if high >= limit, low > 0 { return "≥ \(grouped(low))" }
    return low > 0 && high <= 2 * low ? "\(grouped(low))–\(grouped(high))" : "≤ \(grouped(high))"
  }

  /// Which way a figure is rounded that bounds another.
  package enum Direction: Hashable, Sendable { case down, up }

  /// ``plain(_:digits:)`` rounded to a number that is not above, or not below, `value`.
  package static func plain(_ value: Double, digits: Int, _ direction: Direction) -> String {
    directed(value, direction, number: { Double($0) }) { plain($0, digits: digits) }
  }

  /// A share in percent likewise.
  static func percentDigits(_ share: Double, _ digits: Int, _ direction: Direction) -> String {
    directed(share, direction, number: shareValue) { next in
      // A step up from 99.99 is 100, whatever the last bit says.
      percentDigits(abs(next - 1) < 1e-15 ? 1 : next, digits)
    }
  }

  /// The text of `value`, or that of the number one unit in its last digit further in `direction`.
  private static func directed(
    _ value: Double, _ direction: Direction, number: (String) -> Double?, text: (Double) -> String
  ) -> String {
    let nearest = text(value)
    guard value.isFinite, let shown = number(nearest) else { return nearest }
    switch direction {
    case .down where shown > value: return text(max(0, shown - lastUnit(nearest, number)))
    case .up where shown < value: return text(shown + lastUnit(nearest, number))
    default: return nearest
    }
  }

  /// One unit in the last digit of a number's `text`.
  private static func lastUnit(_ text: String, _ number: (String) -> Double?) -> Double {
    let parts = text.split(separator: "e")
    let digits = parts.first.map { $0.map { $0.isNumber ? "0" : String($0) }.joined().dropLast() + "1" } ?? "1"
    return number(parts.count > 1 ? "\(digits)e\(parts[1])" : String(digits)) ?? 0
  }

  /// The share that a percentage's text stands for, rounded once.
  private static func shareValue(_ text: String) -> Double? {
    let parts = text.split(separator: "e")
    guard let mantissa = parts.first else { return nil }
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return Double("\(mantissa)e\(exponent - 2)")
  }
}
