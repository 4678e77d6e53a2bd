/// How text may be drawn: with which characters, and how wide.
package struct TextStyle: Hashable, Sendable {
  /// Whether characters beyond ASCII are shown.
  package var isUnicode: Bool
  /// The columns there are.
  package var width: Int

  /// Text of `width` columns.
  package init(isUnicode: Bool, width: Int) {
    self.isUnicode = isUnicode
    self.width = width
  }

  /// Whether the locale that `environment` names is one of UTF-8: the first of LC_ALL, LC_CTYPE and LANG that is set
  /// decides, as POSIX has it. The process's own locale is left alone.
  package static func isUnicode(environment: (String) -> String?) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment($0) }.first { !$0.isEmpty } ?? ""
    let name = locale.lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }

  /// `text`, with this program's own signs spelled in ASCII where they must be. Names from elsewhere stay as they are.
  package func spelled(_ text: String) -> String {
    guard !isUnicode, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return text.reduce(into: "") { $0 += Self.substitutes[$1] ?? String($1) }
  }

  private static let substitutes: [Character: String] = [
    "×": "x", "µ": "u", "σ": "s", "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7",
    "₈": "8", "₉": "9", "ᵢ": "_i", "₊": "+", "ₖ": "_k", "‖": "|", "−": "-", "–": "-", "…": "...",
    "“": "\"",
    "”": "\"", "’": "'", "≤": "<=", "≥": ">=", "·": "*", "²": "^2", "³": "^3", "⁰": "^0", "√": "sqrt", "→": "->",
    "Σ": "sum", "α": "alpha", "β": "beta", "∞": "inf", "≈": "~", "±": "+-", "\u{202f}": " ", "\u{a0}": " ",
    "\u{2009}": " ", "⁻": "^-", "⁺": "^+", "ᵀ": "^T", "λ": "lambda", "Ψ": "Psi", "¹": "^1", "⁴": "^4", "⁵": "^5",
    "⁶": "^6", "⁷": "^7", "⁸": "^8", "⁹": "^9",
  ]
}
