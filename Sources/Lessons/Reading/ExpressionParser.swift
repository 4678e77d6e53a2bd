import Explorer
import MatrixFiles
import Preparation
import RankAnalysis

/// Why an expression is not understood.
struct ExpressionError: Error, Hashable {
  let kind: LessonProblem.Kind
  /// The characters before the place.
  let offset: Int
  /// What is wrong, in a sentence.
  let sentence: String
}

/// Reads the expressions of lessons: numbers, names, arithmetic, comparisons, `and`, `or`, `not`.
struct ExpressionParser {
  private var tokens: ArraySlice<ExpressionToken>
  private let end: Int
  private var depth = 0
  /// Deeper nesting than anybody writes.
  private static let depthLimit = 200

  /// Reads `text`, which must come to a value of `kind`.
  static func parse(
    _ text: String, as kind: LessonValueKind
  ) throws(ExpressionError) -> LessonExpression {
    var parser = ExpressionParser(tokens: try ExpressionToken.tokens(of: text)[...], end: text.count)
    guard !parser.tokens.isEmpty else {
      throw ExpressionError(kind: .badExpression, offset: 0, sentence: "an expression is missing here")
    }
    let (expression, found) = try parser.alternatives()
    if let rest = parser.tokens.first {
      throw ExpressionError(
        kind: .badExpression, offset: rest.offset, sentence: "“\(rest.text)” is not expected here")
    }
    guard found == kind else {
      throw ExpressionError(
        kind: .wrongExpression, offset: 0,
        sentence: kind == .truth
          ? "a condition compares, as in “error < 10 %”" : "a number is needed here, not a comparison or a word")
    }
    return expression
  }

  private init(tokens: ArraySlice<ExpressionToken>, end: Int) {
    self.tokens = tokens
    self.end = end
  }

  private typealias Typed = (LessonExpression, LessonValueKind)

  private mutating func alternatives() throws(ExpressionError) -> Typed {
    try chain(["or"]) { (parser: inout ExpressionParser) throws(ExpressionError) in
      try parser.chain(["and"]) { (parser: inout ExpressionParser) throws(ExpressionError) in try parser.negation() }
    }
  }

  private mutating func negation() throws(ExpressionError) -> Typed {
    guard let word = take(["not"]) else { return try comparison() }
    let (inner, kind) = try deeper { (parser: inout ExpressionParser) throws(ExpressionError) in try parser.negation() }
    try require(.truth, kind, at: word)
    return (.not(inner), .truth)
  }

  private mutating func comparison() throws(ExpressionError) -> Typed {
    let (left, first) = try sum()
    guard let sign = take(["<=", ">=", "==", "!=", "<", ">"]) else { return (left, first) }
    // “columns” is a number of its own, and a way to centre.
    if case .figure(let name, _) = left, let known = Self.choices[name], let word = tokens.first, word.isName,
      known.contains(word.text), sign.text == "==" || sign.text == "!="
    {
      tokens.removeFirst()
      return (.pair(left, sign.text == "==" ? .equal : .unequal, .word(word.text)), .truth)
    }
    let (right, second) = try sum()
    guard let join = LessonExpression.Operator(rawValue: sign.text), first == second, first != .truth else {
      throw ExpressionError(
        kind: .wrongExpression, offset: sign.offset, sentence: "“\(sign.text)” compares two numbers or two words")
    }
    if first == .word { try checkWords(left, join, right, sign) }
    return (.pair(left, join, right), .truth)
  }

  private mutating func sum() throws(ExpressionError) -> Typed {
    try chain(["+", "-"]) { (parser: inout ExpressionParser) throws(ExpressionError) in
      try parser.chain(["*", "/"]) { (parser: inout ExpressionParser) throws(ExpressionError) in try parser.signed() }
    }
  }

  private mutating func signed() throws(ExpressionError) -> Typed {
    guard let sign = take(["-"]) else { return try primary() }
    let (inner, kind) = try deeper { (parser: inout ExpressionParser) throws(ExpressionError) in try parser.signed() }
    try require(.number, kind, at: sign)
    return (.minus(inner), .number)
  }

  /// Operands joined from the left by any of `signs`.
  private mutating func chain(
    _ signs: [String], _ operand: (inout ExpressionParser) throws(ExpressionError) -> Typed
  ) throws(ExpressionError) -> Typed {
    var result = try deeper(operand)
    while let sign = take(signs) {
      guard let join = LessonExpression.Operator(rawValue: sign.text) else { return result }
      let needed: LessonValueKind = join == .and || join == .or ? .truth : .number
      try require(needed, result.1, at: sign)
      let right = try operand(&self)
      try require(needed, right.1, at: sign)
      result = (.pair(result.0, join, right.0), needed)
    }
    return result
  }

  /// One level further down, as far as anybody writes.
  private mutating func deeper(
    _ operand: (inout ExpressionParser) throws(ExpressionError) -> Typed
  ) throws(ExpressionError) -> Typed {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else {
      throw ExpressionError(
        kind: .badExpression, offset: tokens.first?.offset ?? end, sentence: "this expression is nested too deeply")
    }
    return try operand(&self)
  }

  private mutating func primary() throws(ExpressionError) -> Typed {
    guard let token = tokens.popFirst() else {
      throw ExpressionError(kind: .badExpression, offset: end, sentence: "the expression ends too early")
    }
    if let number = Double(token.text), token.text.first?.isNumber == true || token.text.first == "." {
      let isShare = take(["%"]) != nil
      return (.number(isShare ? number / 100 : number, isShare: isShare), .number)
    }
    if token.text == "(" {
      let inner = try alternatives()
      guard take([")"]) != nil else {
        throw ExpressionError(
          kind: .badExpression, offset: tokens.first?.offset ?? end, sentence: "a “)” is missing here")
      }
      return inner
    }
    guard token.isName else {
      throw ExpressionError(
        kind: .badExpression, offset: token.offset, sentence: "“\(token.text)” is not expected here")
    }
    if token.text == "rank_of" { return (.rankOf(try rule(after: token)), .number) }
    return try figure(token)
  }

  private mutating func rule(after token: ExpressionToken) throws(ExpressionError) -> String {
    let ids = (RankRuleCatalog.all.map(\.id) + LessonFigureCatalog.courtRules).joined(separator: ", ")
    guard let name = tokens.first, name.isName else {
      throw ExpressionError(
        kind: .badExpression, offset: tokens.first?.offset ?? end, sentence: "name a rule after rank_of: \(ids)")
    }
    tokens.removeFirst()
    if LessonFigureCatalog.courtRules.contains(name.text) { return name.text }
    guard let rule = RankRuleCatalog.rule(named: name.text) else {
      throw ExpressionError(
        kind: .unknownRule, offset: name.offset, sentence: "there is no rule “\(name.text)”: the rules are \(ids)")
    }
    return rule.id
  }

  private mutating func figure(_ token: ExpressionToken) throws(ExpressionError) -> Typed {
    guard let figure = LessonFigureCatalog.figure(token.text) else {
      if Self.words.contains(token.text) { return (.word(token.text), .word) }
      let names = LessonFigureCatalog.all.map(\.name)
      let likely = NameLikeness.nearest(to: token.text, among: names + ["rank_of"], count: 3)
      let near = (likely.isEmpty ? ["rank", "error", "energy", "rank_of RULE"] : likely).joined(separator: ", ")
      throw ExpressionError(
        kind: .unknownName, offset: token.offset,
        sentence: "nothing is called “\(printable(token.text, limit: 40))”; there are \(near), …")
    }
    guard let word = take(["at"]) else { return (.figure(figure.name, at: nil), figure.kind) }
    guard figure.followsRank else {
      throw ExpressionError(
        kind: .wrongExpression, offset: word.offset,
        sentence: "\(figure.name) is the same at every rank: leave “at” out")
    }
    let (place, kind) = try deeper { (parser: inout ExpressionParser) throws(ExpressionError) in try parser.primary() }
    try require(.number, kind, at: word)
    return (.figure(figure.name, at: place), figure.kind)
  }

  private mutating func take(_ texts: [String]) -> ExpressionToken? {
    guard let first = tokens.first, texts.contains(first.text) else { return nil }
    tokens.removeFirst()
    return first
  }

  private func require(_ needed: LessonValueKind, _ found: LessonValueKind, at token: ExpressionToken)
    throws(ExpressionError)
  {
    guard needed != found else { return }
    throw ExpressionError(
      kind: .wrongExpression, offset: token.offset,
      sentence: "“\(token.text)” needs \(needed == .truth ? "comparisons, as in “rank < 5”," : "numbers") around it")
  }

  /// What views, centring and so on are called.
  private static let choices: [String: [String]] = [
    "view": ExplorerState.matrixViews.map { "\($0)" }, "centering": Centering.allCases.map(\.rawValue),
    "scaling": ColumnScaling.allCases.map(\.rawValue), "transposed": ["true", "false"],
  ]
  private static let words = Set(choices.values.joined())

  private func checkWords(
    _ left: LessonExpression, _ join: LessonExpression.Operator, _ right: LessonExpression, _ sign: ExpressionToken
  ) throws(ExpressionError) {
    guard case .figure(let name, _) = left, case .word(let word) = right, join == .equal || join == .unequal else {
      throw ExpressionError(
        kind: .wrongExpression, offset: sign.offset,
        sentence: "words are compared with == or !=, the name first, as in “view == spectrum”")
    }
    if let known = Self.choices[name], !known.contains(word) {
      throw ExpressionError(
        kind: .unknownName, offset: sign.offset, sentence: "\(name) is one of \(known.joined(separator: ", "))")
    }
  }
}

/// A number, a name or a sign of an expression.
struct ExpressionToken: Hashable {
  let text: String
  /// The characters before it.
  let offset: Int

  var isName: Bool { text.first.map { $0.isLetter || $0 == "_" } ?? false }

  /// `text` in tokens.
  static func tokens(of text: String) throws(ExpressionError) -> [ExpressionToken] {
    let letters = Array(text)
    var tokens: [ExpressionToken] = []
    var index = 0
    func end(_ start: Int, _ belongs: (Int) -> Bool) -> Int {
      var place = start
      while place < letters.count, belongs(place) { place += 1 }
      return place
    }
    while index < letters.count {
      let letter = letters[index]
      var next = index + 1
      if letter.isWhitespace {
        index = next
        continue
      } else if letter.isASCII, letter.isNumber || letter == "." {
        next = end(index) { place in
          let character = letters[place]
          let isSign = (character == "+" || character == "-") && place > index && "eE".contains(letters[place - 1])
          return character.isASCII && (character.isNumber || ".eE".contains(character)) || isSign
        }
      } else if letter.isLetter || letter == "_" {
        next = end(index) { letters[$0].isLetter || letters[$0].isNumber || letters[$0] == "_" }
      } else if "<>=!".contains(letter), next < letters.count, letters[next] == "=" {
        next += 1
      } else if !"<>+-*/()%".contains(letter) {
        throw ExpressionError(
          kind: .badExpression, offset: index, sentence: "“\(printable(String(letter)))” is no part of an expression")
      }
      let token = String(letters[index..<next])
      if letter.isNumber || letter == ".", Double(token) == nil {
        throw ExpressionError(kind: .badExpression, offset: index, sentence: "“\(token)” is no number")
      }
      tokens.append(ExpressionToken(text: token, offset: index))
      index = next
    }
    return tokens
  }
}
