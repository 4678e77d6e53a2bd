/// How a cell is drawn: two colours of the xterm palette and attributes. A nil colour is the terminal's own.
package struct Style: Hashable, Sendable {
  /// The glyph's colour, an index into the 256-colour palette.
  package var foreground: UInt8?
  /// The colour behind it.
  package var background: UInt8?
  /// Bold.
  package var isBold = false
  /// Foreground and background exchanged.
  package var isReversed = false
  /// Underlined.
  package var isUnderlined = false
  /// Dim.
  package var isDim = false

  /// A style of two colours and attributes.
  package init(
    foreground: UInt8? = nil, background: UInt8? = nil, bold: Bool = false, reversed: Bool = false,
    underlined: Bool = false, dim: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    isBold = bold
    isReversed = reversed
    isUnderlined = underlined
    isDim = dim
  }
}

/// A colour's components, 0 … 255.
package struct RGB: Hashable, Sendable {
  package let red: UInt8, green: UInt8, blue: UInt8

  /// The colour of an index of xterm's palette: 16 system colours, a 6 × 6 × 6 cube, 24 greys.
  package init(palette index: UInt8) {
    func level(_ step: Int) -> UInt8 { step == 0 ? 0 : UInt8(55 + 40 * step) }
    switch Int(index) {
    case let i where i < 16:
      let value = Self.system[i]
      self.init(red: UInt8(value >> 16), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
    case let i where i < 232:
      let cube = i - 16
      self.init(red: level(cube / 36), green: level(cube / 6 % 6), blue: level(cube % 6))
    case let i:
      let grey = UInt8(8 + 10 * (i - 232))
      self.init(red: grey, green: grey, blue: grey)
    }
  }

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  private static let system = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
  ]
}
