/// A line being typed: after ":" a command, after "/" what a list's rows must contain.
package struct Prompt: Hashable, Sendable {
  /// What the line is for.
  package enum Kind: Hashable, Sendable { case command, search }

  /// What the line is for.
  package let kind: Kind
  /// What was typed.
  package private(set) var text: String
  /// The characters before the cursor.
  package private(set) var cursor: Int
  /// What the last word may become, offered in turn.
  package var candidates: [String] = []
  /// The candidate that stands in the line.
  package var candidate: Int?
  /// How far back in the history the line is; 0 is what was typed.
  package var historyIndex = 0
  /// What was typed before the history was looked at.
  package var draft = ""

  /// A line that begins with `text`.
  package init(_ kind: Kind, text: String = "") {
    self.kind = kind
    self.text = text
    cursor = text.count
  }

  /// Replaces the line.
  package mutating func replace(with text: String) {
    self.text = text
    cursor = text.count
  }

  /// Takes one edit that concerns the line alone.
  package mutating func take(_ edit: LineEdit) {
    switch edit {
    case .insert(let character):
      guard text.count < Self.limit else { return }
      // A combining mark joins its neighbour: what counts is how much stands behind the cursor.
      let behind = text.count - cursor
      text.insert(character, at: place(cursor))
      cursor = max(0, text.count - behind)
    case .backspace:
      guard cursor > 0 else { return }
      cursor -= 1
      text.remove(at: place(cursor))
      cursor = min(cursor, text.count)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .start: cursor = 0
    case .end: cursor = text.count
    case .clear:
      text = ""
      cursor = 0
    case .older, .newer, .complete, .submit, .cancel: return
    }
    candidates = []
    candidate = nil
  }

  /// A longer line is no command.
  private static let limit = 4096

  private func place(_ offset: Int) -> String.Index { text.index(text.startIndex, offsetBy: offset) }
}

/// A key in a line of text.
package enum LineEdit: Hashable, Sendable {
  case insert(Character)
  case backspace, left, right, start, end, clear
  /// The line before this one in the history, and the one after.
  case older, newer
  /// The next way to complete the last word: +1, or −1 for the one before.
  case complete(Int)
  /// Enter, Esc.
  case submit, cancel
}
