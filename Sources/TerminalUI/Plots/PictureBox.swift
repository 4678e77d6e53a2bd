import Explorer
import Glibc
import RankAnalysis

/// A pooled picture on character cells: two pixels a cell, one above the other.
struct PictureBox {
  /// The value drawn darkest and the one drawn brightest.
  private let low: Double, high: Double
  /// The decades below ``high`` that a logarithmic scale shows, in colours of heat; nil for a linear one, in greys.
  private let decades: Double?

  /// Greys from `low` to `high`.
  init(low: Double, high: Double) {
    (self.low, self.high, decades) = (low, high, nil)
  }

  /// Colours of heat, from `decades` powers of ten below `range` up to it.
  init(range: Double, decades: Double) {
    (low, high, self.decades) = (0, range, decades)
  }

  /// Draws `picture` from the upper left of `rect` on.
  func draw(_ picture: PooledPicture, in rect: Rect, on canvas: inout Canvas) {
    let rows = min(rect.height, (picture.grid.rows + 1) / 2)
    for row in 0..<rows {
      for column in 0..<min(rect.width, picture.grid.columns) {
        let upper = level(picture, 2 * row, column)
        let lower = 2 * row + 1 < picture.grid.rows ? level(picture, 2 * row + 1, column) : upper
        draw(upper, lower, row: rect.row + row, column: rect.column + column, on: &canvas)
      }
    }
  }

  /// The pixel's intensity, 0 … 1.
  private func level(_ picture: PooledPicture, _ row: Int, _ column: Int) -> Double {
    let value = picture[row, column]
    if let decades {
      return value > 0 ? max(0, min(1, 1 + log10(value / high) / decades)) : 0
    }
    guard high > low else { return value > low ? 1 : 0 }
    return max(0, min(1, (value - low) / (high - low)))
  }

  private func draw(_ upper: Double, _ lower: Double, row: Int, column: Int, on canvas: inout Canvas) {
    if canvas.theme.display.colors == .palette && !canvas.isASCII {
      let style = Style(foreground: color(upper), background: color(lower))
      canvas.frame.put("▀", row: row, column: column, style)
      return
    }
    let shades: [Character] = canvas.glyph(
      [" ", "░", "▒", "▓", "█"], [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"])
    // On a light ground ink is dark: the ramp runs the other way.
    let isLight = canvas.theme.display.theme == .light && canvas.theme.display.colors != .none
    let mean = (upper + lower) / 2
    let index = Int(((isLight ? 1 - mean : mean) * Double(shades.count - 1)).rounded())
    canvas.put(shades[index], row, column, .text)
  }

  private func color(_ level: Double) -> UInt8 {
    if decades != nil { return Self.heat[Int((level * Double(Self.heat.count - 1)).rounded())] }
    // Black, the palette's 24 greys, white.
    let step = Int((level * 25).rounded())
    return step == 0 ? 16 : step == 25 ? 231 : UInt8(231 + step)
  }

  /// Dark violet through red and orange to pale yellow, increasing in lightness, so that it reads without hue.
  private static let heat: [UInt8] = [16, 17, 54, 91, 127, 162, 198, 203, 209, 215, 221, 228, 230]
}
