import Explorer

// The keys of lessons. They come before those of the matrix, which hold as well.
extension KeyMap {
  static let lessons: [KeyBinding] = [
    KeyBinding(
      "Lessons", [.character("n")], "n", "the next step; from exploring back to it", hint: "next",
      in: [.lesson, .exploring]
    ) {
      _ in .lesson(.next)
    },
    KeyBinding(
      "Lessons", [.character("b"), .character("<")], "b, <", "the step before; < where b is a choice", hint: "before",
      in: [.lesson]
    ) { _ in
      .lesson(.previous)
    },
    KeyBinding("Lessons", [.character("v")], "v", "reveal the answer, or a hint", hint: "reveal", in: [.lesson]) { _ in
      .lesson(.reveal)
    },
    KeyBinding("Lessons", [.character("r")], "r", "the step from its start", hint: "reset", in: [.lesson]) { _ in
      .lesson(.reset)
    },
    KeyBinding(
      "Lessons", [.enter], "number Enter", "a guess", hint: "guess", hintKeys: "0…9 Enter", in: [.guess]
    ) { $0.lesson?.typed.isEmpty == false ? .lesson(.submit) : .confirm },
    KeyBinding("Lessons", [.character("."), .character(",")], ".", "in a guess: the decimal point", in: [.guess]) { _ in
      .lesson(.type("."))
    },
    KeyBinding("Lessons", [.backspace], "Backspace", "take back a character of the guess", in: [.guess]) { _ in
      .lesson(.erase)
    },
    KeyBinding("Lessons", [.up], "↑", "the choice above", in: [.choice]) { _ in .lesson(.moveChoice(-1)) },
    KeyBinding("Lessons", [.down], "↓", "the choice below", hint: "choose", hintKeys: "↑ ↓ Enter", in: [.choice]) { _ in
      .lesson(.moveChoice(1))
    },
    KeyBinding("Lessons", [.enter], "Enter", "take the marked choice", in: [.choice]) { _ in .lesson(.submit) },
    KeyBinding(
      "Lessons", [.escape], "Esc", "explore freely; once more back to the step", hint: "explore freely", in: [.lesson]
    ) { _ in .back },
    KeyBinding(
      "Lessons", [.escape], "Esc", "from exploring back to the step", hint: "back to the step", in: [.exploring]
    ) { _ in .back },
  ]

  /// What a character means in a lesson before any binding: a digit or letter of an answer; nil for everything else.
  static func lessonCharacter(_ character: Character, _ state: ExplorerState) -> ExplorerAction? {
    guard state.showsLesson, let lesson = state.lesson, lesson.isAsking, let prediction = lesson.prediction else {
      return nil
    }
    let isDigit = character.isASCII && character.isNumber
    guard prediction.kind == .choice else { return isDigit ? .lesson(.type(character)) : nil }
    let place =
      isDigit
      ? character.wholeNumberValue.map { $0 - 1 }
      : character.uppercased().first.flatMap { ExplorerState.choiceLetters.firstIndex(of: $0) }
    guard let place, prediction.choices.indices.contains(place) else { return nil }
    return .lesson(.choose(place))
  }

  /// The contexts of a lesson, the narrowest first.
  static func lessonContexts(_ state: ExplorerState) -> [KeyBinding.Context] {
    guard let lesson = state.lesson else { return [] }
    if lesson.isExploring { return [.exploring] }
    guard lesson.isAsking, let prediction = lesson.prediction else { return [.lesson] }
    return [prediction.kind == .choice ? .choice : .guess, .lesson]
  }
}
