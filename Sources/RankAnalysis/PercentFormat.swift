// Shares and relative errors as percentages.
extension NumberFormat {
  /// A share as a percentage, with the digits at which both ends round alike: "7.195 %", "15.62 %", "99.9987 %"; "100 %"
  /// only when it is exactly that.
  ///
  /// Below `floor` a figure is rounding, and only that is said: "< 1.2e-11 %". An exact zero is "0 %".
  package static func percent(
    _ x: Bounded, digits: Int = 4, floor: Double = 0, fewest: Int = 1
  ) -> String {
    if x.lower == 0, x.upper == 0 { return "0 %" }
    if floor > 0, x.upper < floor { return "< \(ceiling(floor)) %" }
    for count in stride(from: digits, through: min(digits, fewest), by: -1) {
      let text = percentDigits(x.lower, count)
      if text == percentDigits(x.upper, count) { return "\(text) %" }
    }
    if x.lower <= floor { return "< \(ceiling(x.upper)) %" }
    if x.upper == 1, x.lower > 0.99 { return "> \(percentBelowHundred(x.lower, roundingDown: true, digits: 2)) %" }
    return "\(percentDigits(x.lower, 2, .down))–\(percentDigits(x.upper, 2, .up)) %"
  }

  /// Two figures of one quantity, say a predicted and a measured one, with the most digits at which all four ends round
  /// alike, so that the two texts are equal; if they truly disagree (their intervals are disjoint), each with its own
  /// digits.
  package static func agreeing(
    _ a: Bounded, _ b: Bounded, digits: Int = 4, floor: Double = 0
  ) -> (String, String) {
    for count in stride(from: digits, through: 1, by: -1) {
      let text = percent(a, digits: count, floor: floor)
      if text == percent(b, digits: count, floor: floor) { return (text, text) }
    }
    if a.lower <= floor, b.lower <= floor {
      let text = "< \(ceiling(max(a.upper, b.upper, floor))) %"
      return (text, text)
    }
    if max(a.lower, b.lower) <= min(a.upper, b.upper) {
      let hull = Bounded(lower: min(a.lower, b.lower), upper: max(a.upper, b.upper))
      let text = percent(hull, digits: digits, floor: floor)
      return (text, text)
    }
    return (percent(a, digits: digits, floor: floor), percent(b, digits: digits, floor: floor))
  }

  /// A share in percent to `digits` significant digits, and to more of them where it would round to 100 but is not 100.
  static func percentDigits(_ share: Double, _ digits: Int) -> String {
    guard share != 1 else { return "100" }
    let value = share * 100
    let exponent = Decimal(value, digits: digits).exponent
    if share < 1, fixed(value, digits: digits).hasPrefix("100") {
      return percentBelowHundred(share, roundingDown: false, digits: max(1, digits - 2))
    }
    return (-4..<max(4, digits)).contains(exponent) ? fixed(value, digits: digits) : plain(value, digits: digits)
  }

  /// A share just below 1 in percent, so that its distance from 100 has `digits` significant digits: "99.9987".
  private static func percentBelowHundred(_ share: Double, roundingDown: Bool, digits: Int) -> String {
    let distance = (1 - share) * 100
    let decimals = digits - 1 - Decimal(distance, digits: digits).exponent
    let text = formatted(100 - distance, decimals: decimals)
    guard roundingDown, let shown = Double(text), shown > 100 - distance else { return text }
    return formatted(100 - distance - 0.5 * powerOfTen(-decimals), decimals: decimals)
  }

  /// A share in percent to two digits, rounded up.
  private static func ceiling(_ share: Double) -> String {
    let value = share * 100
    let text = plain(value, digits: 2)
    guard let shown = Double(text), shown < value else { return text }
    return plain(value + 0.5 * powerOfTen(Decimal(value, digits: 2).exponent - 1), digits: 2)
  }

  private static func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 0 }
}
