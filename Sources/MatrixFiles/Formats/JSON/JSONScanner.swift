/// The tokens of a JSON text (RFC 8259), read strictly and in one pass; what holds them together is the caller's part.
///
/// Memory is the text's own and the token at hand.
struct JSONScanner {
  private let bytes: [UInt8]
  /// The byte that is looked at next.
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What is wrong, and where.
  func malformed(_ what: String) -> JSONRefusal { JSONRefusal(reason: "\(what), at byte \(position)") }

  /// The next byte that is no white space; nil at the end.
  mutating func peek() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case let byte: return byte
      }
    }
    return nil
  }

  /// Passes `wanted` if it comes next.
  mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: wanted) else { return false }
    position += 1
    return true
  }

  /// Passes `wanted`, which must come next.
  mutating func expect(_ wanted: Unicode.Scalar) throws(JSONRefusal) {
    guard take(wanted) else {
      throw malformed(position < bytes.count ? "“\(wanted)” is missing" : "it ends where “\(wanted)” should stand")
    }
  }

  /// After a member: whether another follows, or `end` closes the list.
  mutating func anotherFollows(until end: Unicode.Scalar) throws(JSONRefusal) -> Bool {
    if take(",") { return true }
    try expect(end)
    return false
  }

  /// Passes `word` if it comes next.
  mutating func take(word: StaticString) -> Bool {
    _ = peek()
    let count = word.utf8CodeUnitCount
    guard count <= bytes.count - position else { return false }
    let isThere = word.withUTF8Buffer { $0.elementsEqual(bytes[position..<position + count]) }
    if isThere { position += count }
    return isThere
  }

  /// A string, its escapes resolved.
  mutating func string() throws(JSONRefusal) -> String {
    try expect("\"")
    let start = position
    // Nearly no string has an escape: look for its end first.
    while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\"),
      bytes[position] >= 0x20
    { position += 1 }
    guard position < bytes.count else { throw malformed("a string has no end") }
    if bytes[position] == UInt8(ascii: "\"") {
      guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
        throw malformed("a string is not UTF-8")
      }
      position += 1
      return text
    }
    position = start
    return try escapedString()
  }

  private mutating func escapedString() throws(JSONRefusal) -> String {
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw malformed("a string is not UTF-8") }
        return string
      case UInt8(ascii: "\\"): text.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20: throw malformed("a string has a control character")
      default: text.append(byte)
      }
    }
    throw malformed("a string has no end")
  }

  /// What stands behind a backslash.
  private mutating func escape() throws(JSONRefusal) -> Unicode.Scalar {
    guard position < bytes.count else { throw malformed("a string has no end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw malformed("a string has an unknown escape")
    }
    let unit = try fourDigits()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    // Beyond 16 bits two halves stand for one scalar.
    guard unit < 0xDC00, bytes.dropFirst(position).starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
      throw malformed("a string has half of a surrogate pair")
    }
    position += 2
    let low = try fourDigits()
    guard (0xDC00...0xDFFF).contains(low), let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + low - 0xDC00)
    else { throw malformed("a string has half of a surrogate pair") }
    return scalar
  }

  private mutating func fourDigits() throws(JSONRefusal) -> UInt32 {
    guard position + 4 <= bytes.count else { throw malformed("a string has no end") }
    var value: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw malformed("an escape has no four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }

  /// A whole number that is not negative, without exponent, sign or leading zeros.
  mutating func count() throws(JSONRefusal) -> Int {
    let first = peek()
    let start = position
    var value = 0
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(bytes[position] - 0x30))
      guard !overflow, !carry else { throw malformed("a number exceeds 63 bits") }
      value = sum
      position += 1
    }
    guard position > start, first != 0x30 || position == start + 1 else {
      throw malformed("no whole number stands where one should")
    }
    if position < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position]) {
      throw malformed("a number is not whole")
    }
    return value
  }

  /// The text of a number as RFC 8259 writes it, and whether it is whole: without fraction and exponent.
  mutating func number() throws(JSONRefusal) -> (text: String, isWhole: Bool) {
    _ = peek()
    let start = position
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    let integer = position
    guard skipDigits(), bytes[integer] != 0x30 || position == integer + 1 else {
      throw malformed("no value stands where one should")
    }
    var isWhole = true
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      guard skipDigits() else { throw malformed("a number ends in its point") }
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      guard skipDigits() else { throw malformed("a number has no exponent") }
    }
    return (String(decoding: bytes[start..<position], as: UTF8.self), isWhole)
  }

  private mutating func skipDigits() -> Bool {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    return position > start
  }
}

/// Why a text is no JSON, or not the JSON that was expected: what, and at which byte.
struct JSONRefusal: Error {
  let reason: String
}
