import Explorer

/// A frame being drawn: cells, the regions that answer the mouse, and the theme.
package struct Canvas {
  /// The cells.
  package var frame: Frame
  /// The regions drawn so far; later ones lie on top.
  package var regions: [HitRegion] = []
  /// The styles.
  package let theme: Theme

  /// An empty screen.
  package init(size: ScreenSize, display: Display) {
    theme = Theme(display)
    frame = Frame(size: size, style: theme[.text], ellipsis: display.glyphs == .ascii ? "~" : "…")
  }

  /// Whether only ASCII may be drawn.
  package var isASCII: Bool { theme.display.glyphs == .ascii }

  /// `unicode`, or `ascii` where the terminal cannot show it.
  package func glyph<Text>(_ unicode: Text, _ ascii: Text) -> Text { isASCII ? ascii : unicode }

  /// Writes `text`; see ``Frame/write(_:row:column:width:_:)``. Under ASCII its mathematical signs are spelled out.
  @discardableResult
  package mutating func write(_ text: String, _ row: Int, _ column: Int, width: Int? = nil, _ role: Role) -> Int {
    frame.write(isASCII ? spelledInASCII(text) : text, row: row, column: column, width: width, theme[role])
  }

  /// Writes the first of `texts`, the longest, that fits into `width` cells; if none does, the last.
  package mutating func write(firstOf texts: [String], _ row: Int, _ column: Int, width: Int, _ role: Role) {
    let fitting = texts.first { cellWidth(isASCII ? spelledInASCII($0) : $0) <= width }
    if let text = fitting ?? texts.last { write(text, row, column, width: width, role) }
  }

  /// Writes `text` so that it ends before column `right`.
  package mutating func writeRight(_ text: String, _ row: Int, right: Int, _ role: Role) {
    frame.writeRight(isASCII ? spelledInASCII(text) : text, row: row, right: right, theme[role])
  }

  /// Draws one character.
  package mutating func put(_ character: Character, _ row: Int, _ column: Int, _ role: Role) {
    frame.put(character, row: row, column: column, theme[role])
  }

  /// Puts the terminal's cursor on what has the focus; the last one put stays.
  package mutating func focus(_ row: Int, _ column: Int) {
    let size = frame.size
    let isInside = (0..<size.rows).contains(row) && (0..<size.columns).contains(column)
    frame.cursor = isInside ? Point(row: row, column: column) : nil
  }

  /// Adds a region that answers the mouse.
  package mutating func hit(_ rect: Rect, _ action: @escaping HitRegion.Action) {
    regions.append(HitRegion(rect: rect, action: action))
  }
}

/// What the mouse does.
package enum MouseGesture: Hashable, Sendable {
  /// The button goes down, or moves while down.
  case press, drag
  /// The mouse moves without a button.
  case hover
  /// The wheel: +1 up, −1 down.
  case wheel(Int)
}

/// A rectangle that answers the mouse: what a gesture at a point means.
package struct HitRegion {
  /// From a gesture and a point, which may lie outside while dragging, to an action.
  package typealias Action = (MouseGesture, Point) -> ExplorerAction?
  /// Where it lies.
  package let rect: Rect
  /// What it does.
  package let action: Action
}

/// `text` with the signs that the screens use written in ASCII: "A₄₀" as "A_40", "10⁻³" as "10^-3", "σ₁" as "s_1". A σ by
/// itself is "sigma", since s is the noise.
package func spelledInASCII(_ text: String) -> String {
  guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
  var out = ""
  var script: Character?
  for (place, character) in zip(text.indices, text) {
    if let digit = scriptSpelling[character] {
      if script != digit.mark { out.append(digit.mark) }
      out.append(digit.character)
      script = digit.mark
    } else if character == "σ" {
      let next = text[place...].dropFirst().first
      out += next.map { $0 == "_" || scriptSpelling[$0]?.mark == "_" } == true ? "s" : "sigma"
      script = nil
    } else {
      out += character.isASCII ? String(character) : asciiSpelling[character] ?? "?"
      script = nil
    }
  }
  return out
}

/// Subscripts follow a "_", superscripts a "^", once a run.
private let scriptSpelling: [Character: (mark: Character, character: Character)] = {
  var spelling: [Character: (mark: Character, character: Character)] = [:]
  for (sign, plain) in zip("₀₁₂₃₄₅₆₇₈₉₊ₖᵢₚ", "0123456789+kip") { spelling[sign] = ("_", plain) }
  for (sign, plain) in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀ", "0123456789-+T") { spelling[sign] = ("^", plain) }
  return spelling
}()

private let asciiSpelling: [Character: String] = [
  "Σ": "sum", "±": "+-", "Ψ": "Psi", "ω": "w", "β": "b", "μ": "mu", "µ": "u", "λ": "l", "ε": "eps", "τ": "t", "α": "a",
  "ρ": "rho",
  "η": "eta", "×": "x", "·": ".", "‖": "||", "−": "-", "–": "-", "—": "-", "…": "...", "≤": "<=", "≥": ">=",
  "≈": "~", "→": "->", "←": "<-", "↑": "Up", "↓": "Dn", "√": "sqrt", "∞": "inf", "“": "\"", "”": "\"", "’": "'",
  "▰": "#", "▱": ".", "▸": ">", "◂": "<", "›": ">", "‹": "<", "½": "1/2", "é": "e",
]

/// The first of `parts` and those after it that fit into `width` cells, as they will be drawn.
func joined(_ parts: [String], width: Int, isASCII: Bool) -> String {
  func drawn(_ text: String) -> Int { cellWidth(isASCII ? spelledInASCII(text) : text) }
  var line = parts.first ?? ""
  for part in parts.dropFirst() where drawn(line) + 2 + drawn(part) <= width { line += "  " + part }
  return line
}
