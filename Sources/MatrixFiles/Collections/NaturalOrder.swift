/// The order in which people expect names: numbers within them count as numbers, and capitals as small letters.
package enum NaturalOrder {
  /// Whether `a` comes before `b`: "img2" before "img10".
  package static func precedes(_ a: String, _ b: String) -> Bool {
    var (left, right) = (a.lowercased().unicodeScalars[...], b.lowercased().unicodeScalars[...])
    while let first = left.first, let second = right.first {
      if isDigit(first), isDigit(second) {
        let (one, other) = (takeNumber(&left), takeNumber(&right))
        if one.count != other.count { return one.count < other.count }
        if one != other { return one.lexicographicallyPrecedes(other) }
      } else if first == second {
        left.removeFirst()
        right.removeFirst()
      } else {
        return first < second
      }
    }
    if left.isEmpty != right.isEmpty { return left.isEmpty }
    // The same but for capitals or leading zeros: any fixed order will do.
    return a < b
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// The digits at the start without leading zeros, which are taken off.
  private static func takeNumber(_ text: inout Substring.UnicodeScalarView) -> [Unicode.Scalar] {
    let digits = text.prefix(while: isDigit)
    text = text[digits.endIndex...]
    return Array(digits.drop { $0 == "0" })
  }
}
