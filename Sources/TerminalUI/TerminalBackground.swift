import Explorer

extension RGB {
  /// The colour in a terminal's answer to OSC 11: "rgb:R/G/B" or "rgba:R/G/B/A", one to four hexadecimal digits each;
  /// nil where it is anything else.
  package init?(answer: String) {
    let parts = answer.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "rgb" || parts[0] == "rgba" else { return nil }
    let fields = parts[1].split(separator: "/", omittingEmptySubsequences: false)
    guard fields.count == parts[0].count else { return nil }
    let components = fields.prefix(3).compactMap { field -> UInt8? in
      guard (1...4).contains(field.count), field.allSatisfy(\.isHexDigit), let value = Int(field, radix: 16) else {
        return nil
      }
      let largest = 1 << (4 * field.count) - 1
      return UInt8((value * 255 + largest / 2) / largest)
    }
    guard components.count == 3 else { return nil }
    self.init(red: components[0], green: components[1], blue: components[2])
  }
}

extension ThemeName {
  /// The theme for a terminal of this background.
  package init(background: RGB) { self = background.isLight ? .light : .dark }

  /// The theme for the colours that rxvt, Konsole and others name in COLORFGBG, as in "15;0" or "0;default;15": the last
  /// is the background's index. Nil where it is none of the sixteen.
  package init?(colorsVariable: String) {
    guard let last = colorsVariable.split(separator: ";").last, let index = UInt8(last), index < 16 else { return nil }
    // 8 is a dark grey, whatever the palette; the rest of the upper eight are bright.
    self = index == 7 || index > 8 ? .light : .dark
  }
}

/// The question after the terminal's background: OSC 11, and behind it DA1, which every terminal answers, in the order
/// of the questions. What comes back is an event like a key.
package enum BackgroundQuestion {
  /// What is sent.
  package static let text = "\u{1b}]11;?\u{7}\u{1b}[c"

  /// Whether a terminal of type `term` may be asked: the Linux console and GNU screen do not know the question, and
  /// some old emulators would print it.
  package static func isUnderstood(by term: String, insideTmux: Bool) -> Bool {
    if term.hasPrefix("screen") { return insideTmux }
    return !TerminalFont.isOld(term) && !["dumb", "eterm", "cygwin", "fbterm"].contains { term.hasPrefix($0) }
  }
}

/// What a terminal's font holds, as far as its name tells.
package enum TerminalFont {
  /// Whether `term` is a terminal whose font has no eighth blocks, subscripts and mathematical signs, whatever the locale
  /// says: the Linux console, whose fonts have 256 or 512 glyphs, and terminals older than Unicode.
  package static func isOld(_ term: String) -> Bool {
    // "vt100" is one of them, GNOME's "vte" is not.
    let isNumbered = term.hasPrefix("vt") && term.dropFirst(2).first?.isNumber ?? false
    return isNumbered || ["linux", "cons", "sun", "ansi", "pcansi", "wy"].contains { term.hasPrefix($0) }
  }
}
