import Explorer

/// How the points of a class are drawn: a glyph that tells it without colour, and a colour.
struct ClassMark {
  let glyph: Character
  let style: Style

  /// The marks of classes called `names`: their first characters, where those differ, or signs.
  static func all(_ names: [String], on canvas: Canvas) -> [ClassMark] {
    let firsts = names.map { $0.first ?? " " }
    let isTelling = Set(firsts).count == names.count && firsts.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let signs = Array(canvas.isASCII ? "ox+*#@%&$=~^" : "●▲■◆○△□◇★☆✚✖")
    return names.indices.map { index in
      ClassMark(
        glyph: isTelling ? firsts[index] : signs[index % signs.count], style: style(index, on: canvas))
    }
  }

  /// The colour of a class: told apart without red, green or blue cones as far as so many can be.
  private static func style(_ index: Int, on canvas: Canvas) -> Style {
    var style = canvas.theme[.text]
    let display = canvas.theme.display
    switch display.colors {
    case .palette:
      let colors: [UInt8] =
        switch display.theme {
        case .dark: [79, 215, 111, 211, 229, 141, 250, 114, 208, 45, 181, 149]
        case .light: [23, 130, 25, 161, 94, 55, 238, 22, 88, 30, 54, 58]
        case .contrast: [51, 220, 123, 218, 230, 183, 231, 156, 216, 159, 223, 192]
        }
      style.foreground = colors[index % colors.count]
    case .sixteen:
      let colors: [UInt8] = display.theme == .light ? [4, 1, 5, 0] : [6, 3, 2, 7, 5]
      style.foreground = colors[index % colors.count]
      style.isBold = index >= colors.count
    case .none: break
    }
    return style
  }
}
