import Explorer
import Glibc
import RankAnalysis

/// A pooled picture on character cells: two pixels a cell, one above the other.
struct PictureBox {
  /// How values become colours.
  enum Scale {
    /// From the darkest to the brightest value.
    case linear(low: Double, high: Double, ColorMap)
    /// The decades below `high`, in colours of heat.
    case logarithmic(high: Double, decades: Double)
    /// From −limit to limit, blue and orange.
    case signed(limit: Double)
    /// Three channels side by side, from black to full colour.
    case channels(low: Double, high: Double)
  }

  private let scale: Scale

  /// Pictures on `scale`.
  init(_ scale: Scale) { self.scale = scale }

  /// The columns of the picture that stand beside one another on the screen.
  private func width(_ picture: PooledPicture) -> Int {
    if case .channels = scale { picture.grid.columns / 3 } else { picture.grid.columns }
  }

  /// Draws `picture` from the upper left of `rect` on.
  func draw(_ picture: PooledPicture, in rect: Rect, on canvas: inout Canvas) {
    let rows = min(rect.height, (picture.grid.rows + 1) / 2)
    for row in 0..<rows {
      let hasLower = 2 * row + 1 < picture.grid.rows
      for column in 0..<min(rect.width, width(picture)) {
        let upper = level(picture, 2 * row, column)
        let lower = hasLower ? level(picture, 2 * row + 1, column) : upper
        if canvas.theme.display.colors == .palette && !canvas.isASCII {
          let top = color(picture, 2 * row, column, upper, canvas)
          let style = Style(
            foreground: top,
            background: hasLower ? color(picture, 2 * row + 1, column, lower, canvas) : canvas.theme.background)
          canvas.frame.put("▀", row: rect.row + row, column: rect.column + column, style)
        } else {
          shade((upper + lower) / 2, row: rect.row + row, column: rect.column + column, on: &canvas)
        }
      }
    }
  }

  /// A bar of all colours in one line, for a legend.
  func drawBar(in rect: Rect, on canvas: inout Canvas) {
    for column in 0..<rect.width {
      let level = (Double(column) + 0.5) / Double(rect.width)
      if canvas.theme.display.colors == .palette && !canvas.isASCII {
        canvas.frame.put(
          "█", row: rect.row, column: rect.column + column, Style(foreground: paletteColor(level, canvas)))
      } else {
        shade(level, row: rect.row, column: rect.column + column, on: &canvas)
      }
    }
  }

  /// The pixel's place on the scale, 0 … 1; of colours their luma's.
  private func level(_ picture: PooledPicture, _ row: Int, _ column: Int) -> Double {
    switch scale {
    case .linear(let low, let high, _): share(picture[row, column], low, high)
    case .logarithmic(let high, let decades):
      picture[row, column] > 0 ? max(0, min(1, 1 + log10(picture[row, column] / high) / decades)) : 0
    case .signed(let limit): share(picture[row, column], -limit, limit)
    case .channels(let low, let high):
      0.299 * channel(picture, 0, row, column, low, high) + 0.587 * channel(picture, 1, row, column, low, high)
        + 0.114 * channel(picture, 2, row, column, low, high)
    }
  }

  private func channel(
    _ picture: PooledPicture, _ index: Int, _ row: Int, _ column: Int, _ low: Double, _ high: Double
  ) -> Double {
    share(picture[row, column + index * (picture.grid.columns / 3)], low, high)
  }

  private func share(_ value: Double, _ low: Double, _ high: Double) -> Double {
    guard high > low else { return value > low ? 1 : 0 }
    return max(0, min(1, (value - low) / (high - low)))
  }

  private func color(
    _ picture: PooledPicture, _ row: Int, _ column: Int, _ level: Double, _ canvas: Canvas
  ) -> UInt8 {
    guard case .channels(let low, let high) = scale else { return paletteColor(level, canvas) }
    return PictureColors.nearest(
      red: channel(picture, 0, row, column, low, high), green: channel(picture, 1, row, column, low, high),
      blue: channel(picture, 2, row, column, low, high))
  }

  private func paletteColor(_ level: Double, _ canvas: Canvas) -> UInt8 {
    let colors: [UInt8] =
      switch scale {
      case .linear(_, _, let map): PictureColors.colors(map)
      case .logarithmic: PictureColors.heat
      case .signed:
        canvas.theme.display.theme == .light ? PictureColors.divergingLight : PictureColors.divergingDark
      case .channels: PictureColors.grey
      }
    return colors[max(0, min(colors.count - 1, Int((level * Double(colors.count - 1)).rounded())))]
  }

  /// Characters of growing density; a signed scale grows both ways from its middle, with a sign of its own below zero.
  private func shade(_ level: Double, row: Int, column: Int, on canvas: inout Canvas) {
    if case .signed = scale {
      let shades: [Character] = canvas.glyph(
        ["█", "▓", "▒", "░", " ", "·", "+", "*", "#"], ["%", "=", "-", "'", " ", ".", "+", "*", "#"])
      let index = Int((level * Double(shades.count - 1)).rounded())
      canvas.put(shades[index], row, column, level < 0.5 ? .energyCurve : .limit)
      return
    }
    let shades: [Character] = canvas.glyph(
      [" ", "░", "▒", "▓", "█"], [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"])
    // On a light ground ink is dark: the ramp runs the other way.
    let isLight = canvas.theme.display.theme == .light && canvas.theme.display.colors != .none
    let index = Int(((isLight ? 1 - level : level) * Double(shades.count - 1)).rounded())
    canvas.put(shades[index], row, column, .text)
  }
}
