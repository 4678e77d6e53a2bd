import Explorer

extension Frame {
  private static let cellWidth = 9.0
  private static let cellHeight = 18.0

  /// The frame as an SVG picture: block elements as rectangles, so that they meet without seams; text as text.
  ///
  /// - Parameters:
  ///   - title: the picture's title, for those who hear it.
  ///   - display: tells the colours of cells that have none of their own.
  package func svg(title: String, display: Display) -> String {
    let width = Int(Double(size.columns) * Self.cellWidth)
    let height = Int(Double(size.rows) * Self.cellHeight)
    let plain = Theme(Display(colors: .palette, theme: display.theme))[.text]
    let (ink, ground) = colors(plain, ground: RGB(palette: 16), ink: RGB(palette: 231))
    var out = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
      role="img">
      <title>\(escaped(title))</title>
      <desc>\(escaped(text))</desc>
      <style>text{font-family:'DejaVu Sans Mono','Menlo','Consolas',monospace;font-size:15px;white-space:pre}</style>
      <rect width="\(width)" height="\(height)" fill="\(hex(ground))"/>

      """
    var shades: Set<Shade> = []
    for row in 0..<size.rows {
      drawBackgrounds(row, ground: ground, ink: ink, into: &out)
      drawGlyphs(row, ground: ground, ink: ink, shades: &shades, into: &out)
    }
    return out + shades.sorted { $0.name < $1.name }.map(\.definition).joined() + "</svg>\n"
  }

  private func colors(_ style: Style, ground: RGB, ink: RGB) -> (ink: RGB, ground: RGB) {
    let front = style.foreground.map { RGB(palette: $0) } ?? ink
    let back = style.background.map { RGB(palette: $0) } ?? ground
    return style.isReversed ? (back, front) : (front, back)
  }

  private func drawBackgrounds(_ row: Int, ground: RGB, ink: RGB, into out: inout String) {
    var column = 0
    while column < size.columns {
      let color = colors(self[row, column].style, ground: ground, ink: ink).ground
      var end = column + 1
      while end < size.columns, colors(self[row, end].style, ground: ground, ink: ink).ground == color { end += 1 }
      if color != ground {
        out += rectangle(Double(column), Double(row), Double(end - column), 1, fill: hex(color))
      }
      column = end
    }
  }

  private func drawGlyphs(
    _ row: Int, ground: RGB, ink: RGB, shades: inout Set<Shade>, into out: inout String
  ) {
    var column = 0
    while column < size.columns {
      let cell = self[row, column]
      guard let character = cell.character, character != " " else {
        column += 1
        continue
      }
      let color = colors(cell.style, ground: ground, ink: ink).ink
      if let block = BlockElement(character) {
        var end = column + 1
        while end < size.columns, block.spansCells, self[row, end] == cell { end += 1 }
        let shade = block.quarters < 4 ? Shade(quarters: block.quarters, color: hex(color)) : nil
        if let shade { shades.insert(shade) }
        out += rectangle(
          Double(column) + block.left, Double(row) + block.top, Double(end - column) * block.width, block.height,
          fill: shade.map { "url(#\($0.name))" } ?? hex(color))
        column = end
        continue
      }
      if let pattern = BrailleCurve.pattern(character) {
        for dot in BrailleCurve.dots(pattern) {
          out += rectangle(
            Double(column) + 0.15 + 0.5 * Double(dot.x), Double(row) + 0.08 + 0.25 * Double(dot.y), 0.25, 0.125,
            fill: hex(color))
        }
        column += 1
        continue
      }
      var run = String(character)
      var end = column + 1
      while end < size.columns, self[row, end].style == cell.style, let next = self[row, end].character,
        next != " ", BlockElement(next) == nil, BrailleCurve.pattern(next) == nil
      {
        run.append(next)
        end += 1
      }
      out +=
        "<text x=\"\(number(Double(column) * Self.cellWidth))\" y=\"\(number((Double(row) + 0.76) * Self.cellHeight))\""
      out += " textLength=\"\(number(Double(end - column) * Self.cellWidth))\" fill=\"\(hex(color))\""
      if cell.style.isBold { out += " font-weight=\"bold\"" }
      if cell.style.isUnderlined { out += " text-decoration=\"underline\"" }
      out += ">\(escaped(run))</text>\n"
      column = end
    }
  }

  private func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: String) -> String {
    var out = "<rect x=\"\(number(x * Self.cellWidth))\" y=\"\(number(y * Self.cellHeight))\""
    out += " width=\"\(number(width * Self.cellWidth))\" height=\"\(number(height * Self.cellHeight))\""
    return out + " fill=\"\(fill)\" shape-rendering=\"crispEdges\"/>\n"
  }

  private func hex(_ color: RGB) -> String {
    "#" + [color.red, color.green, color.blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// A coordinate with at most two decimals.
  private func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    guard hundredths % 100 != 0 else { return "\(hundredths / 100)" }
    let rest = "\(100 + hundredths % 100)".dropFirst()
    return "\(hundredths / 100).\(rest.last == "0" ? rest.dropLast() : rest)"
  }

  private func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      default: out.append(character)
      }
    }
    return out
  }
}

/// A shade character's pattern of dots in one colour, so that what is shaded on the screen is shaded in the picture.
private struct Shade: Hashable {
  let quarters: Int
  let color: String

  var name: String { "shade\(quarters)-\(color.dropFirst())" }

  var definition: String {
    let dots = [(0, 0), (1.5, 1.5), (0, 1.5)].prefix(quarters).map { x, y in
      "<rect x=\"\(x)\" y=\"\(y)\" width=\"1.5\" height=\"1.5\" fill=\"\(color)\"/>"
    }
    return
      "<pattern id=\"\(name)\" width=\"3\" height=\"3\" patternUnits=\"userSpaceOnUse\">\(dots.joined())</pattern>\n"
  }
}

/// A character that fills a part of its cell, as fractions of the cell.
private struct BlockElement {
  var left = 0.0, top = 0.0, width = 1.0, height = 1.0
  /// How much of it is ink: 1 to 3 are the shades, 4 is solid.
  var quarters = 4

  /// Whether neighbours of the same kind may be drawn as one rectangle.
  var spansCells: Bool { width == 1 }

  init?(_ character: Character) {
    switch character {
    case "█": break
    case "▀": height = 0.5
    case "▄": (top, height) = (0.5, 0.5)
    case "░": quarters = 1
    case "▒": quarters = 2
    case "▓": quarters = 3
    case "▌": width = 0.5
    case "▐": (left, width) = (0.5, 0.5)
    default:
      guard let eighths = lowerBlocks.firstIndex(of: character) else { return nil }
      height = Double(eighths) / 8
      top = 1 - height
    }
  }
}

/// Blocks that fill a cell from below: index = eighths.
package let lowerBlocks: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
