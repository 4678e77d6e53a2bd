/// What one cell of a text holds.
enum CellValue: Hashable {
  /// A number, rounded to the nearest double; infinite when it is spelt so or out of range.
  case number(Double)
  /// Nothing, or one of the usual words for it: NA, NaN, null, ?, …
  case missing
  /// Something else.
  case text
}

/// Reads the decimal numbers of a text: `-12.5e3`, with no regard to the locale.
///
/// Up to 19 digits are gathered in an integer, which one exact integer operation scales by powers up to 10^±27; what is
/// longer or further away is left to the standard library, which is exact and never looks at the locale.
struct DecimalParser: Hashable, Sendable {
  /// "." or ",".
  var decimalMark = UInt8(ascii: ".")

  /// The value of `cell`, blanks around it ignored.
  func value(of cell: UnsafeBufferPointer<UInt8>) -> CellValue {
    var start = 0
    var end = cell.count
    while start < end, cell[start].isBlank { start += 1 }
    while end > start, cell[end - 1].isBlank || cell[end - 1] == 0x0D { end -= 1 }
    if start == end { return .missing }
    return decimal(UnsafeBufferPointer(rebasing: cell[start..<end])) ?? Self.word(cell[start..<end])
  }

  /// nil when `text` is not a decimal number.
  private func decimal(_ text: UnsafeBufferPointer<UInt8>) -> CellValue? {
    var scan = Scan()
    var index = 0
    let isNegative = text[0] == UInt8(ascii: "-")
    if isNegative || text[0] == UInt8(ascii: "+") { index = 1 }
    while index < text.count, let digit = Self.digit(text[index]) {
      scan.take(digit, fraction: false)
      index += 1
    }
    if index < text.count, text[index] == decimalMark {
      index += 1
      while index < text.count, let digit = Self.digit(text[index]) {
        scan.take(digit, fraction: true)
        index += 1
      }
    }
    guard scan.sawDigit else { return nil }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      guard let exponent = Self.exponent(text, &index) else { return nil }
      scan.exponent += exponent
    }
    guard index == text.count else { return nil }
    if let value = scan.nearest { return .number(isNegative ? -value : value) }
    return library(text).map { .number($0) }
  }

  /// The digits so far: mantissa · 10^exponent.
  private struct Scan {
    var mantissa: UInt64 = 0
    var exponent = 0
    var sawDigit = false
    private var isInexact = false

    @inline(__always)
    mutating func take(_ digit: UInt64, fraction: Bool) {
      sawDigit = true
      if mantissa < 1_000_000_000_000_000_000 {
        mantissa = mantissa * 10 + digit
        if fraction { exponent -= 1 }
      } else {
        if digit != 0 { isInexact = true }
        if !fraction { exponent += 1 }
      }
    }

    /// The nearest double, when 64 bits hold mantissa and power of five exactly.
    ///
    /// The product, or the quotient with its remainder, is exact; its leading 64 bits – the last of them set if anything
    /// is lost below – round to the nearest double as they are converted.
    var nearest: Double? {
      guard !isInexact, abs(exponent) < Self.powersOfFive.count else { return nil }
      if mantissa == 0 { return 0 }
      let power = Self.powersOfFive[abs(exponent)]
      if exponent >= 0 {
        let (high, low) = mantissa.multipliedFullWidth(by: power)
        if high == 0 { return Double(sign: .plus, exponent: exponent, significand: Double(low)) }
        let shift = high.leadingZeroBitCount
        let leading = high << UInt64(shift) | low >> UInt64(64 - shift)
        let lost: UInt64 = low << UInt64(shift) == 0 ? 0 : 1
        return Double(sign: .plus, exponent: exponent + 64 - shift, significand: Double(leading | lost))
      }
      // With both top bits set and the dividend halved, the quotient has 63 or 64 bits.
      let shift = mantissa.leadingZeroBitCount
      let divisorShift = power.leadingZeroBitCount
      let dividend = mantissa << UInt64(shift)
      let (quotient, remainder) = (power << UInt64(divisorShift)).dividingFullWidth((dividend >> 1, dividend << 63))
      let lost: UInt64 = remainder == 0 ? 0 : 1
      return Double(
        sign: .plus, exponent: exponent - 63 - shift + divisorShift, significand: Double(quotient | lost))
    }

    /// 5⁰ … 5²⁷: those that 64 bits hold.
    private static let powersOfFive: [UInt64] = (0..<28).map { (0..<$0).reduce(1) { power, _ in power * 5 } }
  }

  @inline(__always)
  private static func digit(_ byte: UInt8) -> UInt64? { byte &- 0x30 < 10 ? UInt64(byte &- 0x30) : nil }

  /// The exponent that begins at `index` ("e-12"); numbers beyond any double's are cut to one that still is.
  private static func exponent(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int? {
    index += 1
    var isNegative = false
    if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
      isNegative = text[index] == UInt8(ascii: "-")
      index += 1
    }
    let start = index
    var value = 0
    while index < text.count, let digit = digit(text[index]) {
      value = min(value * 10 + Int(digit), 1_000_000)
      index += 1
    }
    return index == start ? nil : isNegative ? -value : value
  }

  /// The standard library's answer for a text that is known to be a decimal number.
  private func library(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    let string = String(unsafeUninitializedCapacity: text.count) { target in
      for (index, byte) in text.enumerated() { target[index] = byte == decimalMark ? UInt8(ascii: ".") : byte }
      return text.count
    }
    return Double(string)
  }

  /// The words that stand for missing and infinite numbers.
  private static func word(_ cell: Slice<UnsafeBufferPointer<UInt8>>) -> CellValue {
    guard cell.count <= 10 else { return .text }
    switch String(decoding: cell, as: UTF8.self).lowercased() {
    case "na", "n/a", "nan", "+nan", "-nan", "null", "none", "?", "#n/a", "-": return .missing
    case "inf", "+inf", "infinity", "+infinity": return .number(.infinity)
    case "-inf", "-infinity": return .number(-.infinity)
    default: return .text
    }
  }
}
