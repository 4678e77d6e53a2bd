import Testing

@testable import MatrixFiles

@Suite("Numbers of a text")
struct NumberScannerTests {
  /// What the fast way makes of `text`; nil where it leaves it to the general way. `rest` is what stays unread.
  static func scan(_ text: String, decimalMark: Character = ".") -> (value: Double?, rest: Int) {
    let padded = Array(text.utf8) + [UInt8](repeating: 0x0A, count: 8)
    return padded.withUnsafeBufferPointer { bytes in
      PowersOfTen.all.withUnsafeBufferPointer { powers in
        guard let start = bytes.baseAddress, let powers = powers.baseAddress else { return (nil, 0) }
        var cursor = start
        let scanner = NumberScanner(decimalMark: decimalMark.asciiValue ?? 0, powers: powers)
        let value = scanner.number(at: &cursor)
        return (value, text.utf8.count - (cursor - start))
      }
    }
  }

  static func parse(_ text: String) -> CellValue {
    Array(text.utf8).withUnsafeBufferPointer { DecimalParser().value(of: $0) }
  }

  /// Numbers of every length and size, and those that lie close to the middle between two doubles.
  static func texts(count: Int) -> [String] {
    var random = SplitMix(seed: 11)
    return (0..<count).map { index in
      switch index % 5 {
      case 0:
        let digits = String(random.next() >> (random.next() % 60))
        let point = Int(random.next() % UInt64(digits.count + 1))
        let exponent = Int(random.next() % 680) - 350
        return "\(digits.prefix(point)).\(digits.dropFirst(point))e\(exponent)"
      // Any double, as Swift spells it.
      case 1: return "\(Double(bitPattern: random.next() & 0x7FEF_FFFF_FFFF_FFFF))"
      // Short numbers, whose products with a cut-off power lie just below the true ones.
      case 2: return "\(random.next() % 1000).\(random.next() % 100)"
      case 3:
        let zeros = String(repeating: "0", count: Int(random.next() % 18))
        return "\(random.next() % 1000)\(zeros)e-18"
      // Halfway between two doubles, and one unit of the last digit beside it.
      default:
        let double: UInt64 = 1 << 53 | random.next() >> 11
        return "\(2 * double + 1 + random.next() % 2)"
      }
    }
  }

  @Test("both ways round as the standard library does")
  func rounding() {
    var scanned = 0
    for text in Self.texts(count: 20_000) {
      let exact = Double(text) ?? .nan
      let fast = Self.scan(text)
      if let value = fast.value {
        scanned += 1
        #expect(value == exact && fast.rest == 0, "\(text): \(value)")
      }
      #expect(Self.parse(text) == .number(exact), "\(text)")
    }
    #expect(scanned > 18_000)
  }

  @Test(
    "the ends of the range, and what is longer than 19 digits",
    arguments: [
      "0", "-0", "0.0e99", "1e308", "1.7976931348623157e308", "1.7976931348623159e308", "1e309", "4.9e-324", "2e-324",
      "2.2250738585072014e-308", "2.2250738585072011e-308", "1e-400", "1e1000000000000", "9007199254740993",
      "18446744073709551615", "18446744073709551616", "99999999999999999999", "0.00000000000000000000000000012345678",
      "123456789012345678901234567890", "0.1000000000000000055511151231257827021181583404541015625",
      "9007199254740993.00000000000000000000000000001", "9007199254740992.99999999999999999999999999999",
      // Halfway between two doubles, and the least above and below.
      "1.00000000000000011102230246251565404236316680908203125",
      "1.0000000000000001110223024625156540423631668090820312500000000000000000000000000000000000000001",
      "1.0000000000000001110223024625156540423631668090820312499999999999999999999",
      "9007199254740993e0", "9007199254740993.0000000000000000000000001", "9007199254740992.9999999999999999999999999",
      "2.4703282292062327e-324", "2.4703282292062328e-324",
      "8." + String(repeating: "9", count: 400), String(repeating: "0", count: 400) + "7",
    ])
  func extremes(text: String) {
    let exact = Double(text) ?? .nan
    #expect(Self.parse(text) == .number(exact))
    if let value = Self.scan(text).value { #expect(value.bitPattern == exact.bitPattern) }
  }

  @Test(
    "the number ends where its digits do",
    arguments: [
      ("12,5", 12, 2), ("12.5.6", 12.5, 2), ("1e5e", 1e5, 1), ("0x10", 0, 3), ("1_000", 1, 4), ("5-3", 5, 2),
      (".5;", 0.5, 1),
      ("12345678", 12_345_678, 0), ("123456789.", 123_456_789, 0), ("1234567812345678 ", 1_234_567_812_345_678, 1),
    ])
  func ends(text: String, value: Double, rest: Int) {
    #expect(Self.scan(text) == (value, rest))
  }

  @Test(
    "what begins as no number does", arguments: ["", "-", "+", ".", "-.", "+-1", "e5", "1e", "1e+", "\u{2212}1", "x"])
  func none(text: String) {
    #expect(Self.scan(text).value == nil)
  }

  @Test("a comma as the decimal mark")
  func comma() {
    #expect(Self.scan("-1,25", decimalMark: ",") == (-1.25, 0))
    #expect(Self.scan("1.25", decimalMark: ",") == (1, 3))
  }

  @Test("lines are counted as one by one", arguments: 0..<40)
  func lines(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let choices = ["1,2", "", " ", "# a", "  % b", "\r", " 7 8", String(repeating: "9", count: 40), "-1"]
    // Half of the texts have nothing but numbers.
    let kinds = seed % 2 == 0 ? ["1,2,3", "-4", "5e7"] : choices
    let lines = (0..<Int(random.next() % 3000)).map { _ in kinds[Int(random.next() % UInt64(kinds.count))] }
    let text = lines.map { $0 + "\n" }.joined()
    let records = lines.count { line in
      let first = line.first { $0 != " " && $0 != "\r" }
      return first != nil && first != "#" && first != "%"
    }
    let counted = Array((text + " ").utf8).withUnsafeBufferPointer {
      LineCount(UnsafeBufferPointer(rebasing: $0.dropLast()), terminator: 0x0A)
    }
    #expect(counted.lines == lines.count && counted.records == records)
  }
}
