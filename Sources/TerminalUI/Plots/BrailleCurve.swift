/// A curve of braille dots: 2 × 4 of them a cell, joined up so that a steep curve has no holes.
struct BrailleCurve {
  /// The cells it is drawn on.
  let height: Int, width: Int
  /// A pattern of dots for each cell, row after row; 0 is none.
  private(set) var patterns: [UInt8]

  /// The curve through `share(x)`, 0 (bottom) … 1 (top), for every column of dots x = 0 ..< 2·width.
  init(height: Int, width: Int, share: (Int) -> Double) {
    self.height = height
    self.width = width
    patterns = Array(repeating: 0, count: max(0, height * width))
    guard height > 0 else { return }
    var before: Int?
    for x in 0..<2 * width {
      let value = share(x)
      let y = Int(((1 - max(0, min(1, value.isFinite ? value : 0))) * Double(4 * height - 1)).rounded())
      // Half of the way from the dot before belongs to each of the two columns; this one draws it all.
      let start = before.map { $0 < y ? $0 + 1 : $0 > y ? $0 - 1 : y } ?? y
      for dot in min(start, y)...max(start, y) { set(x, dot) }
      before = y
    }
  }

  private mutating func set(_ x: Int, _ y: Int) { patterns[y / 4 * width + x / 2] |= Self.bits[x % 2][y % 4] }

  /// Bits of Unicode's braille patterns by column and row of dots. Source: The Unicode Standard, section 21.1.
  private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  /// The character that shows `pattern`.
  static func character(_ pattern: UInt8) -> Character { Character(Unicode.Scalar(0x2800 + UInt32(pattern)) ?? " ") }

  /// The pattern that `character` shows; nil if it is no braille.
  static func pattern(_ character: Character) -> UInt8? {
    guard let value = character.unicodeScalars.first?.value, (0x2800...0x28ff).contains(value) else { return nil }
    return UInt8(value - 0x2800)
  }

  /// The places of a pattern's dots, column and row of dots.
  static func dots(_ pattern: UInt8) -> [(x: Int, y: Int)] {
    (0..<2).flatMap { x in (0..<4).filter { bits[x][$0] & pattern != 0 }.map { (x, $0) } }
  }
}
