import CNcurses
import TerminalUI

/// What a terminal answers to ``BackgroundQuestion``, read a character at a time after its introducer: `OSC` with a
/// colour and BEL or ST at its end, or `CSI` with numbers and a final letter.
struct TerminalAnswer {
  /// Which of the two it is.
  enum Kind { case background, attributes }
  let kind: Kind
  private var text = ""
  private var endsAtNext = false
  /// Whether its last character was taken.
  private(set) var isComplete = false

  /// An answer whose introducer was read.
  init(_ kind: Kind) { self.kind = kind }

  /// The background's colour, once complete.
  var background: RGB? {
    kind == .background && isComplete ? RGB(answer: text.split(separator: ";").last.map(String.init) ?? "") : nil
  }

  /// Takes the next character. What cannot stand in an answer ends it, so that a broken one does not eat keys for long.
  mutating func take(_ code: wint_t) {
    let character = Unicode.Scalar(code).map { Character($0) } ?? "?"
    switch kind {
    case .background:
      if endsAtNext || !(character.isHexDigit || ":;/rg".contains(character)) {
        // ESC is the first half of ST.
        if code == 0x1b && !endsAtNext { endsAtNext = true } else { isComplete = true }
      } else {
        text.append(character)
      }
    case .attributes: isComplete = !"?;0123456789".contains(character)
    }
    if text.utf8.count > 40 { isComplete = true }
  }

  /// Ends it where the terminal ended it.
  mutating func end() { isComplete = true }
}
