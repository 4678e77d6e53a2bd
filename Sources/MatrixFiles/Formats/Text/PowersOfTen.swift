/// 10^q to 128 bits: `high`·2⁶⁴ + `low`, cut off below and scaled by 2^`exponent`.
struct PowerOfTen: Sendable {
  /// The leading 64 bits; the first of them is set.
  let high: UInt64
  /// The 64 bits after those.
  let low: UInt64
  /// The power of two that the 128 bits are multiplied by.
  let exponent: Int
  /// Whether nothing was cut off.
  let isExact: Bool
}

/// The powers of ten that a double's decimal digits may be multiplied by.
enum PowersOfTen {
  /// The decimal exponents in ``all``.
  static let exponents = -342...308

  /// One for each of ``exponents``, made once by long multiplication and division by 5 (in some 50 µs).
  static let all: [PowerOfTen] = {
    // 2^1152/5^n keeps 358 bits at n = 342; cut off again and again, floors stay those of the true quotient.
    var quotient = [UInt64](repeating: 0, count: 18) + [1]
    var negative: [PowerOfTen] = []
    for n in 1...(-exponents.lowerBound) {
      var remainder: UInt64 = 0
      for index in quotient.indices.reversed() {
        (quotient[index], remainder) = UInt64(5).dividingFullWidth((remainder, quotient[index]))
      }
      negative.append(leading(quotient, isExact: false, exponent: -1152 - n))
    }
    var product = [UInt64](repeating: 0, count: 14)
    product[2] = 1
    var positive: [PowerOfTen] = []
    for n in 0...exponents.upperBound {
      positive.append(leading(product, isExact: true, exponent: -128 + n))
      var carry: UInt64 = 0
      for index in product.indices {
        let (high, low) = product[index].multipliedFullWidth(by: 5)
        let (sum, overflow) = low.addingReportingOverflow(carry)
        product[index] = sum
        carry = high + (overflow ? 1 : 0)
      }
    }
    return negative.reversed() + positive
  }()

  /// The leading 128 bits of a number in 64-bit digits, the lowest first, of which there are more than two.
  private static func leading(_ digits: [UInt64], isExact: Bool, exponent: Int) -> PowerOfTen {
    var top = digits.count - 1
    while top > 2, digits[top] == 0 { top -= 1 }
    let shift = UInt64(digits[top].leadingZeroBitCount)
    func cut(_ index: Int) -> UInt64 { digits[index] << shift | digits[index - 1] >> (64 - shift) }
    let rest = digits[top - 2] << shift != 0 || digits[..<(top - 2)].contains { $0 != 0 }
    return PowerOfTen(
      high: cut(top), low: cut(top - 1), exponent: exponent + 64 * (top - 1) - Int(shift), isExact: isExact && !rest)
  }
}

extension UnsafePointer<PowerOfTen> {
  /// The double nearest to `mantissa`·10^`exponent`, of powers that begin where ``PowersOfTen/all`` does; nil where it
  /// takes more than 128 bits of the power to tell, or the number is beyond the normal range.
  ///
  /// The true product lies between the mantissa times the power as it is cut off, and that plus the mantissa; their
  /// leading 64 bits are the same unless the next 64 are all ones. With the last bit set for whatever is lost below,
  /// they round to the nearest double as they are converted.
  ///
  /// Source: D. Lemire, “Number parsing at a gigabyte per second”, Software: Practice and Experience 51 (2021), 1700.
  @inline(__always)
  func nearestDouble(_ mantissa: UInt64, exponent: Int) -> Double? {
    if mantissa < 1 << 53, exponent <= 0, exponent >= -22 {
      // Both are doubles: one division rounds once.
      return Double(Int64(truncatingIfNeeded: mantissa)) / powersOfTenAsDoubles[-exponent]
    }
    if mantissa == 0 { return 0 }
    guard exponent >= PowersOfTen.exponents.lowerBound, exponent <= PowersOfTen.exponents.upperBound else { return nil }
    let power = self[exponent - PowersOfTen.exponents.lowerBound]
    let shift = mantissa.leadingZeroBitCount
    let factor = mantissa << UInt64(truncatingIfNeeded: shift)
    let upper = factor.multipliedFullWidth(by: power.high)
    let lower = factor.multipliedFullWidth(by: power.low)
    let (middle, carry) = upper.low.addingReportingOverflow(lower.high)
    let leading = upper.high &+ (carry ? 1 : 0)
    let isLost: Bool
    if power.isExact {
      isLost = middle | lower.low != 0
    } else {
      if middle == .max { return exponent >= -27 ? nearestQuotient(mantissa, exponent: -exponent) : nil }
      isLost = true
    }
    let rounded = Double(leading | (isLost ? 1 : 0))
    let scale = power.exponent &+ 128 &- shift
    let biased = Int(truncatingIfNeeded: rounded.bitPattern >> 52) &+ scale
    guard biased > 0, biased < 2047 else { return nil }
    return Double(bitPattern: rounded.bitPattern &+ UInt64(truncatingIfNeeded: scale) &<< 52)
  }

  /// The double nearest to `mantissa`/10^`exponent`, of an exponent of 27 at most: 64 bits hold its power of five, and the
  /// quotient with its remainder is exact.
  private func nearestQuotient(_ mantissa: UInt64, exponent: Int) -> Double? {
    let power = self[exponent - PowersOfTen.exponents.lowerBound]
    let shift = mantissa.leadingZeroBitCount
    // With both top bits set and the dividend halved, the quotient has 63 or 64 bits.
    let dividend = mantissa << UInt64(shift)
    let (quotient, remainder) = power.high.dividingFullWidth((dividend >> 1, dividend << 63))
    let lost: UInt64 = remainder == 0 ? 0 : 1
    return Double(
      sign: .plus, exponent: -127 - shift - power.exponent, significand: Double(quotient | lost))
  }
}

/// 10⁰ … 10²²: those that are doubles.
private let powersOfTenAsDoubles: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21,
  1e22,
]
