/// What the colours of a map or heat map stand for, as a bar between two words.
enum Legend {
  /// The bar, darkest colour first.
  static func markup(from lowest: String, to highest: String) -> String {
    let step = 8
    let bar = (0..<ColorRamp.levels).map { level in
      "<path class=\"q\(level)\" d=\"M\(level * step) 0h\(step)v12h-\(step)z\"/>"
    }.joined()
    let width = ColorRamp.levels * step
    return
      "<p class=\"soft\">\(HTMLText.escaped(lowest)) <svg width=\"\(width)\" height=\"12\" viewBox=\"0 0 \(width) 12\" "
      + "role=\"img\" aria-label=\"dark to light\">\(bar)</svg> \(HTMLText.escaped(highest))</p>"
  }
}
