/// A strict parser of the one Python literal that NumPy writes in a header, and of nothing else:
/// `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`, keys in any order.
struct NPYDictionary {
  /// What the three keys say.
  struct Fields {
    var descr: String
    var isFortranOrder: Bool
    var shape: [Int]
  }

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Parses the whole text.
  mutating func parse() throws(NPYRefusal) -> Fields {
    var descr: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try expect("{")
    while !take("}") {
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where descr == nil:
        if peek() == UInt8(ascii: "[") {
          throw NPYRefusal(
            reason: "is a structured array; save one field of it: numpy.save(\"matrix.npy\", a[\"field\"])")
        }
        descr = try string()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try boolean()
      case "shape" where shape == nil: shape = try tuple()
      default: throw malformed("an unexpected key “\(printable(key, limit: 40))”")
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    if peek() != nil { throw malformed("text after its end") }
    guard let descr, let isFortranOrder, let shape else { throw malformed("a key missing") }
    return Fields(descr: descr, isFortranOrder: isFortranOrder, shape: shape)
  }

  private func malformed(_ what: String) -> NPYRefusal {
    NPYRefusal(reason: "has a damaged header: \(what), near byte \(position) of it")
  }

  /// The next byte that is not blank.
  private mutating func peek() -> UInt8? {
    while position < bytes.count, bytes[position].isBlank || bytes[position] == 0x0A { position += 1 }
    return position < bytes.count ? bytes[position] : nil
  }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: wanted) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ wanted: Unicode.Scalar) throws(NPYRefusal) {
    guard take(wanted) else { throw malformed("no “\(wanted)”") }
  }

  private mutating func string() throws(NPYRefusal) -> String {
    guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw malformed("no string")
    }
    let start = position + 1
    guard let end = bytes[start...].firstIndex(of: quote) else { throw malformed("a string without end") }
    position = end + 1
    // No name or type has an escape.
    if bytes[start..<end].contains(UInt8(ascii: "\\")) { throw malformed("an escape") }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func boolean() throws(NPYRefusal) -> Bool {
    _ = peek()
    for (word, value) in [("True", true), ("False", false)] where bytes[position...].starts(with: Array(word.utf8)) {
      position += word.utf8.count
      return value
    }
    throw malformed("neither True nor False")
  }

  /// `()`, `(5,)`, `(3, 4)`, `(3, 4,)`; Python 2 wrote a long as `3L`.
  private mutating func tuple() throws(NPYRefusal) -> [Int] {
    try expect("(")
    var values: [Int] = []
    var commas = 0
    while !take(")") {
      if peek() == UInt8(ascii: "-") { throw malformed("a negative axis") }
      let start = position
      while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
      guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
        throw malformed("an axis that is no whole number of 64 bits")
      }
      if position < bytes.count, bytes[position] == UInt8(ascii: "L") { position += 1 }
      values.append(value)
      if take(",") {
        commas += 1
      } else {
        try expect(")")
        break
      }
    }
    if values.count == 1, commas == 0 { throw malformed("a shape that is no tuple") }
    return values
  }
}
