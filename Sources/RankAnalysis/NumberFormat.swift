import Glibc

/// Turns figures into text for screens and reports, and never shows a digit that is not known.
package enum NumberFormat {
  /// An integer with commas between thousands: "40,960".
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `value` to `digits` significant digits, with trailing zeros: "7.195", "10.00", "7.195e4", "0".
  package static func plain(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-∞" : "∞" }
    guard value != 0 else { return "0" }
    let exponent = Decimal(value, digits: digits).exponent
    return exponent < -4 || exponent >= max(4, digits)
      ? scientific(value, digits: digits) : fixed(value, digits: digits)
  }

  /// The digits of `x`, at most `digits` and at least `fewest`, at which both ends round alike: "7.195", "7.2"; "6.8–7.7"
  /// if none does.
  package static func significant(_ x: Bounded, digits: Int = 4, fewest: Int = 1) -> String {
    for count in stride(from: digits, through: min(digits, fewest), by: -1) {
      let (lower, upper) = (plain(x.lower, digits: count), plain(x.upper, digits: count))
      if lower == upper { return lower }
    }
    return "\(plain(x.lower, digits: 2, .down))–\(plain(x.upper, digits: 2, .up))"
  }

  /// A whole number of bytes to three digits: "512 B", "86.7 MiB".
  package static func bytes(_ count: Int) -> String {
    var (value, unit) = (Double(max(0, count)), 0)
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    while unit < units.count - 1, value >= (unit == 0 ? 1024 : 999.5) {
      value /= 1024
      unit += 1
    }
    return "\(unit == 0 ? String(Int(value)) : threeDigits(value)) \(units[unit])"
  }

  /// A count to three digits: "512", "82 k", "1.05 M".
  package static func count(_ value: Double) -> String {
    var (value, unit) = (value, 0)
    let units = ["", " k", " M", " G", " T", " P", " E"]
    while unit < units.count - 1, value >= 999.5 {
      value /= 1000
      unit += 1
    }
    return "\(threeDigits(value))\(units[unit])"
  }

  /// A time to two digits: "42 ns", "1.5 µs", "350 µs", "24 ms", "1.2 s", "12 s", "3 min", "2 h".
  package static func seconds(_ value: Double) -> String {
    let steps: [(limit: Double, factor: Double, unit: String)] = [
      (0.995e-6, 1e9, "ns"), (0.000_995, 1e6, "µs"), (0.995, 1e3, "ms"), (59.5, 1, "s"), (3570, 1 / 60.0, "min"),
    ]
    let step = steps.first { value < $0.limit } ?? (.infinity, 1 / 3600.0, "h")
    let scaled = value * step.factor
    guard scaled > 0, scaled.isFinite else { return value > 0 ? "∞" : "0 s" }
    return scaled < 9.95
      ? "\(withoutTrailingZeros(formatted(scaled, decimals: 1))) \(step.unit)"
      : "\(formatted(scaled, decimals: 0)) \(step.unit)"
  }

  private static func threeDigits(_ value: Double) -> String {
    value < 999.5 ? withoutTrailingZeros(fixed(value, digits: 3)) : formatted(value, decimals: 0)
  }

  private static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    let kept = text.reversed().drop { $0 == "0" }
    return String((kept.first == "." ? kept.dropFirst() : kept).reversed())
  }
}
