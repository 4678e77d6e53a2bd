import Glibc

/// A number's decimal exponent after rounding to some digits: 9.9996 to four digits is 1.000·10¹.
struct Decimal {
  let exponent: Int

  init(_ value: Double, digits: Int) {
    let text = NumberFormat.printed("%.*e", Int32(max(1, digits) - 1), value)
    exponent = text.split(separator: "e").last.flatMap { Int($0) } ?? 0
  }
}

extension NumberFormat {
  /// `value` with `decimals` digits behind the point.
  static func formatted(_ value: Double, decimals: Int) -> String { printed("%.*f", Int32(max(0, decimals)), value) }

  /// `digits` significant digits without an exponent; the digits before the point are all shown.
  static func fixed(_ value: Double, digits: Int) -> String {
    guard value != 0 else { return "0" }
    return formatted(value, decimals: digits - 1 - Decimal(value, digits: digits).exponent)
  }

  /// `digits` significant digits with an exponent: "7.1e4", "1.25e-7".
  static func scientific(_ value: Double, digits: Int) -> String {
    let text = printed("%.*e", Int32(max(1, digits) - 1), value)
    let parts = text.split(separator: "e")
    guard let mantissa = parts.first, let exponent = parts.last.flatMap({ Int($0) }) else { return text }
    return "\(mantissa)e\(exponent)"
  }

  /// C's own rounding, which is exact; the numeric locale is always "C".
  static func printed(_ format: String, _ precision: Int32, _ value: Double) -> String {
    withVaList([precision, value]) { arguments in
      var buffer = [CChar](repeating: 0, count: 512)
      let count = vsnprintf(&buffer, buffer.count, format, arguments)
      return String(decoding: buffer.prefix(max(0, Int(count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
