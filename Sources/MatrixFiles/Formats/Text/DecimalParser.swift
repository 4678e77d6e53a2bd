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
/// Up to 19 digits are gathered in an integer, which ``PowersOfTen`` scale; what that cannot round is left to the standard
/// library, which is exact and never looks at the locale.
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

    /// The nearest double, unless it takes digits that were not kept to tell.
    var nearest: Double? {
      PowersOfTen.all.withUnsafeBufferPointer { powers in
        guard let powers = powers.baseAddress else { return nil }
        let value = powers.nearestDouble(mantissa, exponent: exponent)
        // What was dropped is less than one unit of the mantissa.
        return !isInexact || value == powers.nearestDouble(mantissa + 1, exponent: exponent) ? value : nil
      }
    }
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
    // The letters in lower case, the first in the lowest byte of the first word.
    var letters = SIMD2<UInt64>.zero
    for (index, byte) in cell.enumerated() {
      let letter = byte &- 0x41 < 26 ? byte | 0x20 : byte
      letters[index >> 3] |= UInt64(letter) << UInt64(8 * (index & 7))
    }
    return words[letters] ?? .text
  }

  private static let words: [SIMD2<UInt64>: CellValue] = {
    var words: [SIMD2<UInt64>: CellValue] = [:]
    func add(_ names: [String], _ value: CellValue) {
      for name in names {
        var letters = SIMD2<UInt64>.zero
        for (index, byte) in name.utf8.enumerated() { letters[index >> 3] |= UInt64(byte) << UInt64(8 * (index & 7)) }
        words[letters] = value
      }
    }
    add(["na", "n/a", "nan", "+nan", "-nan", "null", "none", "?", "#n/a", "-"], .missing)
    add(["inf", "+inf", "infinity", "+infinity"], .number(.infinity))
    add(["-inf", "-infinity"], .number(-.infinity))
    return words
  }()
}
