import Explorer
import MatrixFiles
import Yams

// Single values, each with what is said where it is not what it should be.
extension LessonReader {
  /// The values of a mapping by key; unknown keys and missing ones are noted.
  mutating func fields(_ node: Node, of what: String, known: [String], needed: [String] = []) -> [String: Node]? {
    guard let mapping = node.mapping else {
      note(.wrongType, place(of: node), "\(what) is keys and values, as in “\(known.first ?? "key"): …”")
      return nil
    }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string, known.contains(name) else {
        let name = key.scalar?.string ?? "?"
        let near = NameLikeness.nearest(to: name, among: known, count: 1).first
        note(
          .unknownKey, place(of: key),
          "\(what) has no “\(printable(name, limit: 40))”\(near.map { "; perhaps “\($0)”" } ?? "")"
            + "; there are \(known.joined(separator: ", "))")
        continue
      }
      fields[name] = value
    }
    for name in needed where fields[name] == nil {
      note(.missingKey, place(of: node), "\(what) needs “\(name)”")
    }
    return fields
  }

  /// Text that stands on one line or several.
  mutating func string(_ node: Node, _ key: String) -> String? {
    guard let scalar = node.scalar else {
      note(.wrongType, place(of: node), "\(key) is a text")
      return nil
    }
    return scalar.string
  }

  /// Text in the lessons' Markdown.
  mutating func markup(_ node: Node, _ key: String) -> LessonText? {
    guard let text = string(node, key) else { return nil }
    do throws(MarkupError) {
      let markup = try MarkupParser.parse(text)
      if markup.blocks.isEmpty { note(.emptyText, place(of: node), "\(key) is empty") }
      return markup
    } catch {
      note(error.kind, place(of: error.snippet, offset: error.offset, in: node), error.sentence)
      return LessonText(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
  }

  /// An expression that comes to a value of `kind`.
  mutating func expression(_ node: Node, _ key: String, as kind: LessonValueKind = .number) -> LessonExpression? {
    guard let text = string(node, key) else { return nil }
    do throws(ExpressionError) {
      return try ExpressionParser.parse(text, as: kind)
    } catch {
      note(error.kind, place(of: String(text.prefix(60)), offset: error.offset, in: node), "\(key): \(error.sentence)")
      return nil
    }
  }

  /// One of the words of `Choice`.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ node: Node, _ key: String, _ type: Choice.Type
  ) -> Choice? {
    guard let word = string(node, key) else { return nil }
    guard let choice = Choice(rawValue: word) else {
      note(
        .badValue, place(of: node),
        "\(key) is one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")), not “\(printable(word, limit: 40))”"
      )
      return nil
    }
    return choice
  }

  /// A whole number in `range`.
  mutating func whole(_ node: Node, _ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = string(node, key) else { return nil }
    guard let number = Int(text) else {
      note(.badValue, place(of: node), "\(key) is a whole number, not “\(printable(text, limit: 40))”")
      return nil
    }
    guard range.contains(number) else {
      note(.outOfRange, place(of: node), "\(key) lies in \(range.lowerBound) … \(range.upperBound)")
      return nil
    }
    return number
  }

  /// true or false.
  mutating func truth(_ node: Node, _ key: String) -> Bool? {
    guard let word = string(node, key) else { return nil }
    guard word == "true" || word == "false" else {
      note(.badValue, place(of: node), "\(key) is true or false, not “\(printable(word, limit: 40))”")
      return nil
    }
    return word == "true"
  }

  /// A list of texts; a single one is a list of one.
  mutating func strings(_ node: Node, _ key: String) -> [(text: String, node: Node)] {
    if node.scalar != nil { return string(node, key).map { [($0, node)] } ?? [] }
    guard let sequence = node.sequence else {
      note(.wrongType, place(of: node), "\(key) is a list, as in [one, two]")
      return []
    }
    var found: [(text: String, node: Node)] = []
    for item in sequence { if let text = string(item, key) { found.append((text, item)) } }
    return found
  }

  /// Lines of ":" whose commands exist.
  mutating func commands(_ node: Node, _ key: String) -> [String] {
    var lines: [String] = []
    for (line, node) in strings(node, key) {
      let name = line.split(separator: " ").first.map(String.init) ?? ""
      let isKnown = Int(name) != nil || CommandCatalog.all.contains { $0.name == name }
      if isKnown, !["write", "write!", "save", "quit", "open", "help"].contains(name) {
        lines.append(line)
      } else {
        note(
          .unknownCommand, place(of: node),
          "\(key): there is no command “\(printable(name, limit: 40))” for a lesson")
      }
    }
    return lines
  }
}
