import Glibc

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

extension Style {
  /// Where glyph and background are too much alike, the glyph takes the screen's `ground`, as if cut out; without
  /// colours the cell is reversed.
  package mutating func keepApart(ground: UInt8?) {
    guard let foreground, let background else {
      if foreground == background { isReversed = true }
      return
    }
    if RGB(palette: foreground).contrast(with: RGB(palette: background)) < 3 { self.foreground = ground }
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

extension RGB {
  /// The relative luminance, 0 (black) … 1 (white). Source: WCAG 2.1, section 8.
  package var luminance: Double {
    func linear(_ component: UInt8) -> Double {
      let value = Double(component) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The contrast of two colours, 1 … 21. Source: WCAG 2.1, section 8.
  package func contrast(with other: RGB) -> Double {
    let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)
  }

  /// Whether black reads better on it than white.
  package var isLight: Bool { luminance > 0.179 }
}
