/// Lessons' text in lines of a width.
package enum LessonTextLayout {
  /// A piece of a line in one style.
  package struct Piece: Hashable, Sendable {
    /// What it says.
    package var text: String
    /// How it is drawn.
    package var style: LessonText.Style
  }

  /// `text` in lines of at most `width` cells, broken at spaces; figures are spelled by `spelling`. Items hang behind their
  /// marks, and follow each other without a blank line.
  package static func lines(
    _ text: LessonText, width: Int, _ spelling: (LessonExpression) -> String
  ) -> [[Piece]] {
    var lines: [[Piece]] = []
    for (index, block) in text.blocks.enumerated() {
      if index > 0, block.mark == nil || text.blocks[index - 1].mark == nil { lines.append([]) }
      let head = block.mark.map { $0 + " " } ?? ""
      let indent = cellWidth(head)
      let wrapped = wrap(words(of: block, spelling), width: max(8, width - indent))
      for (number, line) in wrapped.enumerated() {
        let lead = number == 0 ? head : String(repeating: " ", count: indent)
        lines.append((lead.isEmpty ? [] : [Piece(text: lead, style: .plain)]) + line)
      }
    }
    return lines
  }

  /// The words of a block: each is one or more pieces without a space between them.
  private static func words(of block: LessonText.Block, _ spelling: (LessonExpression) -> String) -> [[Piece]] {
    var words: [[Piece]] = []
    var word: [Piece] = []
    func finish() {
      if !word.isEmpty { words.append(word) }
      word = []
    }
    for run in block.runs {
      let (text, style) =
        switch run {
        case .words(let text, let style): (text, style)
        case .figure(let expression, let style): (spelling(expression).replacingSpaces, style)
        }
      var letters = ""
      for character in text {
        if character == " " || character.isNewline {
          if !letters.isEmpty { word.append(Piece(text: letters, style: style)) }
          letters = ""
          finish()
        } else {
          letters.append(character == noBreak ? " " : character)
        }
      }
      if !letters.isEmpty { word.append(Piece(text: letters, style: style)) }
    }
    finish()
    return words
  }

  private static func wrap(_ words: [[Piece]], width: Int) -> [[Piece]] {
    var lines: [[Piece]] = []
    var line: [Piece] = []
    var used = 0
    for word in words {
      let length = word.reduce(0) { $0 + cellWidth($1.text) }
      if !line.isEmpty, used + 1 + length > width {
        lines.append(line)
        (line, used) = ([], 0)
      }
      if !line.isEmpty {
        // A space between two words of one style has that style, too.
        let style = line.last?.style == word.first?.style ? word.first?.style ?? .plain : .plain
        line.append(Piece(text: " ", style: style))
        used += 1
      }
      for piece in word {
        if let last = line.last, last.style == piece.style {
          line[line.count - 1].text += piece.text
        } else {
          line.append(piece)
        }
      }
      used += length
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// Stands for a space at which no line is broken.
  fileprivate static let noBreak: Character = "\u{a0}"
}

extension String {
  /// "10 %" keeps together.
  fileprivate var replacingSpaces: String {
    String(map { $0 == " " ? LessonTextLayout.noBreak : $0 })
  }
}
