import Explorer

/// Why a text is not understood.
struct MarkupError: Error, Hashable {
  let kind: LessonProblem.Kind
  /// The text that is wrong, as it stands in the file.
  let snippet: String
  /// The characters of it before the place.
  var offset = 0
  let sentence: String
}

/// Reads a little Markdown: paragraphs, lists, `*emphasis*`, `**strong**`, `` `code` ``, and figures in braces.
enum MarkupParser {
  /// The blocks of `text`.
  static func parse(_ text: String) throws(MarkupError) -> LessonText {
    var blocks: [LessonText.Block] = []
    for (mark, words) in pieces(of: text) { blocks.append(LessonText.Block(mark: mark, runs: try runs(of: words))) }
    return LessonText(blocks)
  }

  /// Paragraphs and items, each on one line.
  private static func pieces(of text: String) -> [(mark: String?, words: String)] {
    var pieces: [(mark: String?, words: String)] = []
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.drop { $0 == " " }
      if trimmed.isEmpty {
        isOpen = false
      } else if let (mark, words) = item(trimmed) {
        pieces.append((mark, words))
        isOpen = true
      } else if isOpen, !pieces.isEmpty {
        pieces[pieces.count - 1].words += " " + trimmed
      } else {
        pieces.append((nil, String(trimmed)))
        isOpen = true
      }
    }
    return pieces
  }

  /// The mark and words of "- one" or "2. two".
  private static func item(_ line: Substring) -> (String, String)? {
    if line.hasPrefix("- ") { return ("•", String(line.dropFirst(2))) }
    let number = line.prefix { $0.isASCII && $0.isNumber }
    guard (1...2).contains(number.count), line.dropFirst(number.count).hasPrefix(". ") else { return nil }
    return ("\(number).", String(line.dropFirst(number.count + 2)))
  }

  private static func runs(of text: String) throws(MarkupError) -> [LessonText.Run] {
    var runs: [LessonText.Run] = []
    var words = ""
    var style = LessonText.Style.plain
    var rest = text[...]
    func finish(_ words: inout String) {
      if !words.isEmpty { runs.append(.words(words, style)) }
      words = ""
    }
    while let letter = rest.first {
      if letter == "\\", let next = rest.dropFirst().first {
        words.append(next)
        rest = rest.dropFirst(2)
      } else if letter == "{" {
        guard let end = rest.firstIndex(of: "}") else {
          throw MarkupError(
            kind: .markup, snippet: String(rest.prefix(20)), sentence: "a “}” is missing after this “{”")
        }
        finish(&words)
        let inside = String(rest[rest.index(after: rest.startIndex)..<end])
        do throws(ExpressionError) {
          runs.append(.figure(try ExpressionParser.parse(inside, as: .number), style))
        } catch {
          throw MarkupError(
            kind: error.kind, snippet: "{" + inside, offset: error.offset + 1, sentence: error.sentence)
        }
        rest = rest[rest.index(after: end)...]
      } else if let (mark, wanted) = delimiter(rest, style) {
        if style == .plain {
          guard rest.dropFirst(mark.count).contains(mark) else {
            throw MarkupError(
              kind: .markup, snippet: String(rest.prefix(20)), sentence: "a closing \(mark) is missing after this one")
          }
          finish(&words)
          style = wanted
        } else {
          finish(&words)
          style = .plain
        }
        rest = rest.dropFirst(mark.count)
      } else {
        words.append(letter)
        rest = rest.dropFirst()
      }
    }
    finish(&words)
    return runs
  }

  /// The mark that `rest` begins with, if it opens a style here or closes the open one.
  private static func delimiter(
    _ rest: Substring, _ style: LessonText.Style
  ) -> (mark: String, style: LessonText.Style)? {
    for (mark, wanted) in [("**", LessonText.Style.strong), ("*", .emphasis), ("`", .code)] where rest.hasPrefix(mark) {
      if style == wanted { return (mark, wanted) }
      // A star before a space is a star: "2 * 3".
      guard style == .plain, let next = rest.dropFirst(mark.count).first, next != " " else { return nil }
      return (mark, wanted)
    }
    return nil
  }
}
