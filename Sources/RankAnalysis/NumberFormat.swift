import Glibc

/// How figures are written: only digits that are certain, in the shortest form that reads well.
package enum NumberFormat {
  /// "40,960".
  package static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var out = ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0 && (digits.count - offset) % 3 == 0 { out.append(",") }
      out.append(digit)
    }
    return number < 0 ? "-" + out : out
  }

  /// `value` to `digits` significant digits: "71.25", "0.01234"; "7.125e8" where it has more places before the point.
  package static func plain(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "undefined" : value < 0 ? "-infinity" : "infinity" }
    if value == 0 { return "0" }
    let scientific = formatted("%.*e", digits - 1, value)
    let exponent = Int(scientific.drop { $0 != "e" }.dropFirst()) ?? 0
    guard exponent >= -4 && exponent < digits else { return shortExponent(scientific) }
    return formatted("%.*f", max(0, digits - 1 - exponent), value)
  }

  /// A bounded figure in the digits, at most `digits`, that both ends share; "7.1–7.3" when they share none.
  package static func significant(_ x: Bounded, digits: Int = 4) -> String {
    shared([x], digits: digits) ?? "\(plain(x.lower, digits: 2))–\(plain(x.upper, digits: 2))"
  }

  /// A share as a percentage: "7.195 %"; "< 1.2e-11 %" below `floor`; as many nines as it takes to differ from 100 %.
  package static func percent(_ x: Bounded, digits: Int = 4, floor: Double = 0) -> String {
    agreeing([x], digits: digits, floor: floor)[0]
  }

  /// Two figures of one quantity, percent-formatted in the digits at which all their ends round alike; when they truly
  /// disagree, each in its own digits.
  package static func agreeing(
    _ a: Bounded, _ b: Bounded, digits: Int = 4, floor: Double = 0
  ) -> (String, String) {
    let texts = agreeing([a, b], digits: digits, floor: floor)
    return (texts[0], texts[1])
  }

  /// "86.7 MiB".
  package static func bytes(_ count: Int) -> String {
    if count < 1024 { return "\(count) B" }
    var value = Double(count)
    var unit = 0
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    while value >= 1023.5 && unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return "\(threeDigits(value)) \(units[unit])"
  }

  /// "82.0 k", "1.05 M": three significant digits and a decimal prefix.
  package static func count(_ value: Double) -> String {
    if value < 1000 { return formatted("%.*f", 0, value) }
    var value = value
    var unit = 0
    let units = ["", "k", "M", "G", "T", "P", "E"]
    while value >= 999.5 && unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return "\(threeDigits(value)) \(units[unit])"
  }

  /// "0.4 ms", "24 ms", "1.2 s", "3 min".
  package static func seconds(_ value: Double) -> String {
    if value < 0.00995 { return formatted("%.*f", 1, value * 1000) + " ms" }
    if value < 0.9995 { return formatted("%.*f", 0, value * 1000) + " ms" }
    if value < 9.95 { return formatted("%.*f", 1, value) + " s" }
    if value < 119.5 { return formatted("%.*f", 0, value) + " s" }
    return formatted("%.*f", 0, value / 60) + " min"
  }

  private static func agreeing(_ figures: [Bounded], digits: Int, floor: Double) -> [String] {
    let ends = figures.flatMap { [$0.lower, $0.upper] }
    if ends.allSatisfy({ $0 == ends[0] }), ends[0] == 0 || ends[0] == 1, floor == 0 || ends[0] == 1 {
      return figures.map { _ in ends[0] == 0 ? "0 %" : "100 %" }
    }
    if floor > 0, figures.allSatisfy({ $0.middle < floor }) {
      return figures.map { _ in "< \(plain(floor * 100, digits: 2)) %" }
    }
    if let text = sharedPercent(figures, digits: digits) { return figures.map { _ in text + " %" } }
    return figures.map { figure in
      (sharedPercent([figure], digits: digits)
        ?? "\(plain(figure.lower * 100, digits: 2))–\(plain(figure.upper * 100, digits: 2))")
        + " %"
    }
  }

  /// Near 100 % the digits that count are those of what is missing: "99.9987".
  private static func sharedPercent(_ figures: [Bounded], digits: Int) -> String? {
    let least = figures.map(\.lower).min() ?? 0
    guard least > 0.9, figures.allSatisfy({ $0.upper <= 1 }) else {
      return shared(figures.map { $0.scaled(by: 100) }, digits: digits)
    }
    let missing = max(1 - least, 1e-16)
    let places = min(14, max(digits - 2, Int((-log10(missing * 100)).rounded(.up)) + 1))
    for places in stride(from: places, through: 0, by: -1) {
      let texts = Set(figures.flatMap { [$0.lower, $0.upper] }.map { formatted("%.*f", places, $0 * 100) })
      if texts.count == 1, let text = texts.first { return text }
    }
    return nil
  }

  /// The text, in as many digits as possible, to which every end of every figure rounds.
  private static func shared(_ figures: [Bounded], digits: Int) -> String? {
    let ends = figures.flatMap { [$0.lower, $0.upper] }
    for digits in stride(from: digits, through: 1, by: -1) {
      let texts = Set(ends.map { plain($0, digits: digits) })
      if texts.count == 1, let text = texts.first { return text }
    }
    return nil
  }

  private static func threeDigits(_ value: Double) -> String {
    formatted("%.*f", value < 9.995 ? 2 : value < 99.95 ? 1 : 0, value)
  }

  /// "7.125e+08" as "7.125e8".
  private static func shortExponent(_ text: String) -> String {
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return text }
    return "\(parts[0])e\(exponent)"
  }

  private static func formatted(_ format: String, _ precision: Int, _ value: Double) -> String {
    withVaList([Int32(precision), value]) { arguments in
      var buffer = [CChar](repeating: 0, count: 400)
      let length = Int(vsnprintf(&buffer, buffer.count, format, arguments))
      return String(
        decoding: buffer.prefix(max(0, min(length, buffer.count - 1))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}

extension Bounded {
  /// Both ends times `factor` > 0.
  func scaled(by factor: Double) -> Bounded { Bounded(lower: lower * factor, upper: upper * factor) }
}
