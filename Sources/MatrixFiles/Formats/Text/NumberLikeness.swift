/// Tells what a person would take for a number and this program does not: such a cell is refused, never left out.
enum NumberLikeness {
  /// Whether `cell`, which `parser` does not know as a number, has the other decimal mark, thousands separators
  /// (1,234,567.8, 1.234.567,8, 1'234, 1_234 or 1 234), a typographic minus, or is hexadecimal.
  static func isLike(_ cell: UnsafeBufferPointer<UInt8>, parser: DecimalParser) -> Bool {
    let point = UInt8(ascii: ".")
    let other = DecimalParser(decimalMark: parser.decimalMark == point ? UInt8(ascii: ",") : point)
    if case .number = other.value(of: cell) { return true }
    // U+2212 in UTF-8.
    let minus: [UInt8] = [0xE2, 0x88, 0x92]
    if cell.starts(with: minus), cell.count > minus.count, cell[minus.count] &- 0x30 < 10 { return true }
    return isHexadecimal(cell) || isGrouped(cell)
  }

  /// Whether the cell is an integer as programs write it: 0x1F.
  private static func isHexadecimal(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = cell[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard rest.count > 2, rest.removeFirst() == 0x30, rest.removeFirst() | 0x20 == UInt8(ascii: "x") else {
      return false
    }
    return rest.allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 6 }
  }

  /// Whether digits stand in groups of three: at most three, then separators of one kind with three each, then at most
  /// one mark with any number.
  private static func isGrouped(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = cell[...]
    while let last = rest.last, last.isBlank || last == 0x0D { rest = rest.dropLast() }
    rest = rest.drop(while: \.isBlank)
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    func takeDigits() -> Int {
      let digits = rest.prefix { $0 &- 0x30 < 10 }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    guard (1...3).contains(takeDigits()), let separator = rest.first, ",.'_ ".utf8.contains(separator) else {
      return false
    }
    var groups = 0
    while rest.first == separator {
      rest = rest.dropFirst()
      guard takeDigits() == 3 else { return false }
      groups += 1
    }
    if let mark = rest.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") {
      rest = rest.dropFirst()
      _ = takeDigits()
    }
    return groups > 0 && rest.isEmpty
  }
}
