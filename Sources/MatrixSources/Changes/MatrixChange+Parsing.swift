import MatrixFiles

extension MatrixChange {
  /// Each change as it is written, in the order of the help.
  package static let usages = [
    "shuffle rows|columns|entries [seed=1]", "shift [rows=R] [columns=C]", "noise S [seed=1]",
    "outlier V [count=1] [seed=1]", "blank P% [seed=1]", "add C", "multiply C [column=J]", "diagonal C", "log", "round",
    "crop [rows=A-B] [columns=C-D]", "transpose",
  ]

  /// Takes "shuffle rows seed=2" apart.
  ///
  /// - Throws: ``ChangeError`` with what may stand there.
  package init(parsing text: String) throws(ChangeError) {
    var words = ChangeWords(text)
    switch words.name {
    case "shuffle":
      let word = words.take() ?? ""
      guard let what = Shuffled(rawValue: word) else { throw words.refusal() }
      self = .shuffle(what, seed: try words.seed())
    case "shift": self = .shift(rows: try words.whole("rows") ?? 0, columns: try words.whole("columns") ?? 0)
    case "noise":
      let sigma = try words.number()
      guard sigma >= 0 else { throw words.refusal() }
      self = .noise(sigma, seed: try words.seed())
    case "outlier":
      let factor = try words.number()
      let count = try words.whole("count") ?? 1
      guard (1...1_000_000).contains(count) else { throw words.refusal() }
      self = .outlier(factor, count: count, seed: try words.seed())
    case "blank":
      let share = try words.number()
      guard (0...1).contains(share) else { throw words.refusal() }
      self = .blank(share, seed: try words.seed())
    case "add": self = .add(try words.number())
    case "multiply": self = .multiply(try words.number(), column: try words.whole("column"))
    case "diagonal": self = .diagonal(try words.number())
    case "log": self = .log
    case "round": self = .round
    case "crop": self = .crop(rows: try words.range("rows"), columns: try words.range("columns"))
    case "transpose": self = .transpose
    default:
      throw ChangeError(
        "there is no change “\(printable(words.name, limit: 40))”; there are \(Self.usages.joined(separator: "; "))")
    }
    try words.requireEnd()
  }
}

/// The words of a change: its name, what follows without a key, and `key=value` in any order.
private struct ChangeWords {
  let name: String
  private var plain: ArraySlice<String>
  private var settings: [String: String] = [:]

  init(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    name = words.first ?? ""
    plain = words.dropFirst().filter { !$0.contains("=") }[...]
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2 { settings[parts[0]] = parts[1] }
    }
  }

  func refusal() -> ChangeError {
    ChangeError("write “\(MatrixChange.usages.first { $0.hasPrefix(name) } ?? name)”")
  }

  mutating func take() -> String? { plain.popFirst() }

  /// A number, or a percentage, which is a hundredth of it.
  mutating func number() throws(ChangeError) -> Double {
    guard let word = take() else { throw refusal() }
    let isShare = word.hasSuffix("%")
    guard let value = Double(isShare ? String(word.dropLast()) : word), abs(value) <= 1e100 else { throw refusal() }
    return isShare ? value / 100 : value
  }

  mutating func whole(_ key: String) throws(ChangeError) -> Int? {
    guard let text = settings.removeValue(forKey: key) else { return nil }
    guard let value = Int(text), abs(value) <= 1 << 40 else { throw refusal() }
    return value
  }

  mutating func seed() throws(ChangeError) -> UInt64 {
    guard let seed = UInt64(exactly: try whole("seed") ?? 1) else { throw refusal() }
    return seed
  }

  mutating func range(_ key: String) throws(ChangeError) -> ClosedRange<Int>? {
    guard let text = settings.removeValue(forKey: key) else { return nil }
    let ends = text.split(separator: "-").compactMap { Int($0) }
    guard ends.count == 2, ends[0] >= 1, ends[0] <= ends[1] else { throw refusal() }
    return ends[0]...ends[1]
  }

  func requireEnd() throws(ChangeError) {
    if !plain.isEmpty || !settings.isEmpty { throw refusal() }
  }
}
