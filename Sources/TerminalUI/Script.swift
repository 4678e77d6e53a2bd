import Explorer

/// A recording of keys: what `--script` replays and tests are written in.
///
/// Words are separated by white space: names of keys (`Right`, `PgDn`, `F3`, `Enter`), single characters, both with
/// `*N` for repeats (`Right*10`), digits to type a number (`40 Enter`), and the commands `await idle`, `wait SECONDS`,
/// `resize COLSxROWS`, `click COL,ROW`, `drag COL,ROW`, `release`, `save NAME.svg` and `save NAME.txt`.
package struct Script: Hashable, Sendable {
  /// One step of a recording.
  package enum Step: Hashable, Sendable {
    case key(Key)
    case mouse(MouseEvent)
    case resize(ScreenSize)
    /// Until no work runs or waits.
    case awaitIdle
    /// Lets the clock run for so many seconds.
    case wait(Double)
    /// Writes the screen as SVG or text, by the name's ending.
    case save(String)
  }

  /// A word that is none of the above.
  package struct ParseError: Error, Hashable, CustomStringConvertible {
    package let description: String
  }

  /// The steps in their order.
  package let steps: [Step]

  /// Reads a recording.
  package init(_ text: String) throws(ParseError) {
    var words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == ";" }.map(String.init)[...]
    var steps: [Step] = []
    while let word = words.popFirst() { try Self.parse(word, &words, &steps) }
    self.steps = steps
  }

  private static func parse(
    _ word: String, _ rest: inout ArraySlice<String>, _ steps: inout [Step]
  ) throws(ParseError) {
    func argument(_ what: String) throws(ParseError) -> String {
      guard let next = rest.popFirst() else { throw ParseError(description: "“\(word)” needs \(what)") }
      return next
    }
    switch word {
    case "await":
      guard try argument("“idle”") == "idle" else { throw ParseError(description: "only “await idle” is known") }
      steps.append(.awaitIdle)
    case "wait":
      guard let seconds = Double(try argument("seconds")), seconds >= 0, seconds <= 3600 else {
        throw ParseError(description: "“wait” needs seconds, 0 to 3600")
      }
      steps.append(.wait(seconds))
    case "save": steps.append(.save(try argument("a file name")))
    case "resize": steps.append(.resize(try screenSize(try argument("COLSxROWS"))))
    case "click", "drag":
      let point = try self.point(try argument("COL,ROW"))
      steps.append(.mouse(MouseEvent(word == "click" ? .press : .move, at: point)))
    case "release": steps.append(.mouse(MouseEvent(.release, at: Point(row: 0, column: 0))))
    default: steps += try keys(word)
    }
  }

  /// "120x36": columns × rows.
  package static func screenSize(_ text: String) throws(ParseError) -> ScreenSize {
    let parts = text.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ $0 >= 1 && $0 <= 1000 }) else {
      throw ParseError(description: "“\(text)” is no size: write COLSxROWS, as in 120x36, each 1 to 1000")
    }
    return ScreenSize(rows: parts[1], columns: parts[0])
  }

  private static func point(_ text: String) throws(ParseError) -> Point {
    let parts = text.split(separator: ",").compactMap { Int($0) }
    guard parts.count == 2 else { throw ParseError(description: "“\(text)” is no place: write COL,ROW") }
    return Point(row: parts[1], column: parts[0])
  }

  private static func keys(_ word: String) throws(ParseError) -> [Step] {
    let parts = word.split(separator: "*", omittingEmptySubsequences: false)
    if parts.count == 2, let count = Int(parts[1]), count >= 0, count <= 100_000, let key = key(String(parts[0])) {
      return Array(repeating: .key(key), count: count)
    }
    if let key = key(word) { return [.key(key)] }
    if word.allSatisfy({ $0.isASCII && $0.isNumber }) { return word.map { .key(.character($0)) } }
    throw ParseError(description: "“\(word)” is no key: write names like Right, PgDn, F3, Enter, or one character")
  }

  private static func key(_ name: String) -> Key? {
    if let key = names[name] { return key }
    if name.count == 1, let character = name.first { return .character(character) }
    if name.hasPrefix("F"), let number = Int(name.dropFirst()), (1...12).contains(number) { return .function(number) }
    if name.hasPrefix("Ctrl-"), name.count == 6, let last = name.last {
      return .control(Character(last.lowercased()))
    }
    return nil
  }

  private static let names: [String: Key] = [
    "Up": .up, "Down": .down, "Left": .left, "Right": .right, "S-Left": .shiftLeft, "S-Right": .shiftRight,
    "PgUp": .pageUp, "PgDn": .pageDown, "Home": .home, "End": .end, "Enter": .enter, "Esc": .escape, "Tab": .tab,
    "S-Tab": .backTab, "Backspace": .backspace, "Space": .character(" "),
  ]
}
