import RankAnalysis

extension ExplorerState {
  /// The number that was typed for a guess of `kind`; nil where it is none. A decimal comma is one; "12" of an error is 12 %.
  package static func number(_ text: String, as kind: LessonPrediction.Kind) -> Double? {
    var text = String(text.filter { $0 != " " }.map { $0 == "," ? "." : $0 })
    let isPercent = text.hasSuffix("%")
    if isPercent { text.removeLast() }
    guard let value = Double(text), value.isFinite else { return nil }
    switch kind {
    case .rank: return isPercent || value != value.rounded() ? nil : value
    case .error: return value / 100
    case .number, .choice: return isPercent ? value / 100 : value
    }
  }

  /// Whether figures are still to come: of the matrix, or of the experiment on the screen.
  var isComputingFigures: Bool {
    failure == nil && !isCancelled
      && (activity != .idle || isStudying || spectrum?.isPreview != false || vectors?.isExact != true)
  }

  /// The choice that "b", "B" or "2" names.
  package static func choice(_ text: String, of count: Int) -> Int? {
    let index = text.count == 1 ? choiceLetters.firstIndex(of: Character(text.uppercased())) : nil
    guard let place = index ?? Int(text).map({ $0 - 1 }), (0..<count).contains(place) else { return nil }
    return place
  }

  /// The letters before choices.
  package static let choiceLetters: [Character] = Array("ABCDEF")

  /// "A, B or C".
  static func choiceNames(_ count: Int) -> String {
    let letters = choiceLetters.prefix(count).map(String.init)
    return letters.dropLast().joined(separator: ", ") + " or " + (letters.last ?? "")
  }
}

/// What the screen says of an answer.
package struct LessonFeedback: Hashable, Sendable {
  /// How good it was.
  package enum Verdict: Hashable, Sendable { case right, wrong, shown }

  /// How good it was.
  package let verdict: Verdict
  /// One sentence: how far off it was.
  package let sentence: String
  /// What who chose this is told.
  package let reply: LessonText?

  /// What there is to say in `state`; nil before an answer.
  package init?(_ state: ExplorerState) {
    guard let lesson = state.lesson, let prediction = lesson.prediction, !lesson.isAsking else { return nil }
    if prediction.kind == .choice {
      self = Self.choice(lesson, prediction, state)
    } else if let guess = lesson.guess, case .number(let number) = guess, let answer = lesson.answer {
      self = Self.number(number, answer, prediction)
    } else {
      let answer = lesson.answer ?? prediction.answer?.value(in: state, rank: lesson.startRank)
      let sentence =
        answer.map { "It is \($0.text)." }
        ?? (state.isComputingFigures ? "It is still being computed." : "It cannot be computed from this matrix.")
      self.init(verdict: .shown, sentence: sentence, reply: nil)
    }
  }

  /// A verdict in a sentence.
  package init(verdict: Verdict, sentence: String, reply: LessonText?) {
    self.verdict = verdict
    self.sentence = sentence
    self.reply = reply
  }

  private static func choice(
    _ lesson: LessonState, _ prediction: LessonPrediction, _ state: ExplorerState
  ) -> LessonFeedback {
    let right = prediction.choices.firstIndex(where: \.isRight) ?? 0
    let letter = ExplorerState.choiceLetters[right]
    let text = prediction.choices[right].text.plainLines { $0.text(in: state) }.joined(separator: " ")
    guard case .choice(let chosen)? = lesson.guess else {
      return LessonFeedback(verdict: .shown, sentence: "\(letter) is right: \(text)", reply: nil)
    }
    let reply = prediction.choices[chosen].reply
    return prediction.choices[chosen].isRight
      ? LessonFeedback(verdict: .right, sentence: "\(letter) is right: \(text)", reply: reply)
      : LessonFeedback(
        verdict: .wrong, sentence: "Not \(ExplorerState.choiceLetters[chosen]): \(letter) is right: \(text)",
        reply: reply)
  }

  private static func number(
    _ guess: Double, _ answer: LessonValue, _ prediction: LessonPrediction
  ) -> LessonFeedback {
    let value = answer.number ?? 0
    let unit: LessonValue.Unit =
      if case .number(_, let unit) = answer { unit } else { .plain }
    let said = LessonValue.number(guess, unit == .count && guess != guess.rounded() ? .plain : unit).text
    if guess == value || said == answer.text {
      return LessonFeedback(verdict: .right, sentence: "Right: it is \(answer.text).", reply: nil)
    }
    let isNear = prediction.tolerance.accepts(guess, value)
    return LessonFeedback(
      verdict: isNear ? .right : .wrong,
      sentence: "\(isNear ? "Near enough: you" : "You") said \(said), it is \(answer.text): "
        + "\(distance(guess, value, unit)).", reply: nil)
  }

  /// "7 too many", "3.2 points too low", "2.5 times too high".
  private static func distance(_ guess: Double, _ value: Double, _ unit: LessonValue.Unit) -> String {
    let isOver = guess > value
    let ratio = guess > 0 && value > 0 ? max(guess / value, value / guess) : 1
    if unit != .count || abs(guess - value) >= 100, ratio >= 3 {
      return "\(NumberFormat.plain(ratio, digits: 2)) times too \(isOver ? "high" : "low")"
    }
    switch unit {
    case .count:
      let difference = abs(guess - value)
      let text = Int(exactly: difference).map(NumberFormat.grouped) ?? NumberFormat.plain(difference, digits: 3)
      return "\(text) too \(isOver ? "many" : "few")"
    case .share:
      return "\(NumberFormat.plain(100 * abs(guess - value), digits: 2)) points too \(isOver ? "high" : "low")"
    case .plain:
      return "\(NumberFormat.plain(abs(guess - value), digits: 2)) too \(isOver ? "high" : "low")"
    }
  }
}
