/// Reads decimal numbers straight from the bytes of a text, up to eight digits at a time.
///
/// It knows the plain cases, which are nearly all, and agrees with ``DecimalParser``, which knows every case.
struct NumberScanner {
  /// "." or ",".
  let decimalMark: UInt8
  /// Where ``PowersOfTen/all`` begin.
  let powers: UnsafePointer<PowerOfTen>

  /// The number that begins at `cursor`, which moves behind it; nil when there is no number, or no plain one.
  ///
  /// Eight bytes beyond the number must be readable.
  @inline(__always)
  func number(at cursor: inout UnsafePointer<UInt8>) -> Double? {
    let isNegative = cursor.pointee == UInt8(ascii: "-")
    if isNegative || cursor.pointee == UInt8(ascii: "+") { cursor += 1 }
    var mantissa: UInt64 = 0
    var exponent = 0
    let start = cursor
    Self.digits(&cursor, into: &mantissa)
    var count = cursor - start
    if cursor.pointee == decimalMark {
      cursor += 1
      let fraction = cursor
      Self.digits(&cursor, into: &mantissa)
      exponent = fraction - cursor
      count -= exponent
    }
    if count == 0 || count > 19 && count - leadingZeros(from: start, to: cursor) > 19 { return nil }
    if cursor.pointee | 0x20 == UInt8(ascii: "e") {
      guard let power = Self.exponent(&cursor) else { return nil }
      exponent += power
    }
    guard let value = powers.nearestDouble(mantissa, exponent: exponent) else { return nil }
    return isNegative ? -value : value
  }

  /// Appends the digits that begin at `cursor` to `mantissa`, which wraps around beyond 19 of them.
  ///
  /// Source of the arithmetic on eight digits at once: J. Vinyard and D. Lemire, “Quickly parsing eight digits” (2018).
  @inline(__always)
  private static func digits(_ cursor: inout UnsafePointer<UInt8>, into mantissa: inout UInt64) {
    while true {
      let bytes = UInt64(littleEndian: UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self))
      // What is no digit sets the top bit of its byte.
      let values = bytes ^ 0x3030_3030_3030_3030
      let others = ((values & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
      let count = others.trailingZeroBitCount >> 3
      if count == 0 { return }
      // The digits at hand become the last of eight.
      var eight = values &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
      eight = eight &* 10 &+ (eight &>> 8)
      let even = (eight & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
      let odd = (eight &>> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
      mantissa = mantissa &* scales[count] &+ (even &+ odd) &>> 32
      cursor += count
      if count < 8 { return }
    }
  }

  /// 10⁰ … 10⁸.
  private static let scales: [UInt64] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]

  /// The exponent at `cursor` ("e-12"), which moves behind it; nil when it has no digits, or more than four.
  @inline(__always)
  private static func exponent(_ cursor: inout UnsafePointer<UInt8>) -> Int? {
    cursor += 1
    let isNegative = cursor.pointee == UInt8(ascii: "-")
    if isNegative || cursor.pointee == UInt8(ascii: "+") { cursor += 1 }
    let start = cursor
    var value = 0
    while cursor.pointee &- 0x30 < 10, cursor - start < 5 {
      value = value &* 10 &+ Int(cursor.pointee &- 0x30)
      cursor += 1
    }
    let count = cursor - start
    return count == 0 || count > 4 ? nil : isNegative ? -value : value
  }

  /// The zeros before the first digit that counts.
  private func leadingZeros(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> Int {
    var zeros = 0
    var cursor = start
    while cursor < end, cursor.pointee == 0x30 || cursor.pointee == decimalMark {
      if cursor.pointee == 0x30 { zeros += 1 }
      cursor += 1
    }
    return zeros
  }
}
