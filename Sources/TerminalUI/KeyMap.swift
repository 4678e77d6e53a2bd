import Explorer

/// A key as the terminal reports it.
package enum Key: Hashable, Sendable {
  case character(Character)
  case control(Character)
  case up, down, left, right
  case shiftLeft, shiftRight
  case pageUp, pageDown, home, end
  case enter, escape, tab, backTab, backspace
  case function(Int)
}

/// One line of the key map: what keys do where. The help, the hints and the dispatch all read it.
package struct KeyBinding: Sendable {
  /// Where a binding holds.
  package enum Context: Hashable, Sendable {
    /// Views of a matrix.
    case matrix
    /// The gallery.
    case list
    /// The tensors of a file.
    case browser
    /// Help and explanations.
    case overlay
    /// A step of a lesson.
    case lesson
    /// A step that asks for a number.
    case guess
    /// A step that asks for a choice.
    case choice
    /// Exploring freely during a lesson.
    case exploring
  }

  /// The heading it stands under in the help.
  package let section: String
  /// The keys.
  package let keys: [Key]
  /// The keys as the help names them.
  package let shown: String
  /// What they do, as the help says it.
  package let meaning: String
  /// The keys and two words for the hints on the last line, which tells of ? and q by itself; nil keeps it off.
  package let hint: (keys: String, words: String)?
  /// Where they do it.
  package let contexts: Set<Context>
  /// The views of a matrix that they do it in, before any binding of all views; nil for all.
  package let views: Set<ExplorerView>?
  /// What they mean in a state.
  package let action: @Sendable (ExplorerState) -> ExplorerAction

  init(
    _ section: String, _ keys: [Key], _ shown: String, _ meaning: String, hint: String? = nil,
    hintKeys: String? = nil, in contexts: Set<Context>, views: Set<ExplorerView>? = nil,
    _ action: @escaping @Sendable (ExplorerState) -> ExplorerAction
  ) {
    self.section = section
    self.keys = keys
    self.shown = shown
    self.meaning = meaning
    self.hint = hint.map { (hintKeys ?? shown, $0) }
    self.contexts = contexts
    self.views = views
    self.action = action
  }
}

/// Every key.
package enum KeyMap {
  /// The bindings, in the order of the help.
  package static let bindings: [KeyBinding] =
    slider + looks + pictures + studies + table + lists + tensors + lessons + program

  /// What `key` means in `state`.
  package static func action(_ key: Key, _ state: ExplorerState) -> ExplorerAction? {
    if state.prompt != nil { return lineEdit(key).map { .edit($0) } }
    if state.overlay == nil, case .character(let character) = key, let answer = lessonCharacter(character, state) {
      return answer
    }
    if case .character(let digit) = key, digit.isASCII, digit.isNumber { return .digit(digit) }
    for here in contexts(state) {
      let bound = bindings.filter { $0.contexts.contains(here) && $0.keys.contains(key) }
      // A view's own key goes before the one of all views.
      let own = bound.first { $0.views?.contains(state.view) == true }
      if let binding = own ?? bound.first(where: { $0.views == nil }) { return binding.action(state) }
    }
    return nil
  }

  /// What a key does in an open line.
  private static func lineEdit(_ key: Key) -> LineEdit? {
    switch key {
    case .character(let character): .insert(character)
    case .backspace: .backspace
    case .left, .control("b"): .left
    case .right, .control("f"): .right
    case .home, .control("a"): .start
    case .end, .control("e"): .end
    case .control("u"): .clear
    case .up, .control("p"): .older
    case .down, .control("n"): .newer
    case .tab: .complete(1)
    case .backTab: .complete(-1)
    case .enter: .submit
    case .escape, .control("c"), .control("g"): .cancel
    default: nil
    }
  }

  /// The hints for the last line.
  package static func hints(_ state: ExplorerState) -> [(keys: String, meaning: String)] {
    switch state.overlay {
    case .help: return [("↑ ↓", "scroll"), ("Esc", "close")]
    case .explain: return [("↑ ↓", "choose"), ("Esc", "close")]
    case .missing: return [("↑ ↓", "choose"), ("Enter", "take"), ("Esc", "not now")]
    case nil: break
    }
    if state.showsMatrix, state.view == .court, state.lesson == nil {
      return [("↑ ↓", "rule"), ("Enter", "why"), ("u", "take its rank"), ("← →", "rank"), ("Tab", "view")]
    }
    var taken: Set<Key> = []
    // The keys of this view alone come first.
    let known = bindings.filter { $0.views?.contains(state.view) == true } + bindings.filter { $0.views == nil }
    return contexts(state).flatMap { here in
      let own = known.filter { $0.contexts.contains(here) && $0.keys.contains { !taken.contains($0) } }
      taken.formUnion(own.flatMap(\.keys))
      return own.compactMap { $0.hint.map { ($0.keys, $0.words) } }
    }
  }

  /// A line of the help.
  package enum HelpLine: Hashable, Sendable {
    case section(String)
    case binding(keys: String, meaning: String)
    case blank
  }

  /// The help: every binding under its heading, in lines of `width` cells; the keys of what lies under the help first, where
  /// these are the browser's.
  package static func helpLines(width: Int, inBrowser: Bool = false) -> [HelpLine] {
    var lines: [HelpLine] = []
    var section = ""
    let own = inBrowser ? tensors : []
    for binding in own + bindings.filter({ !inBrowser || $0.section != own.first?.section }) {
      if binding.section != section {
        if !section.isEmpty { lines.append(.blank) }
        section = binding.section
        lines.append(.section(section))
      }
      lines += wrappedBinding(binding.shown, binding.meaning, width: width)
    }
    lines += [.blank, .section("Commands, after :")]
    for command in CommandCatalog.all { lines += wrappedBinding(":" + command.usage, command.summary, width: width) }
    lines += [.blank, .section("Mouse")]
    let mouse = [
      ("click, drag", "on the spectrum or the slider: set the rank"),
      ("wheel", "rank ±1; in lists and tables: scroll"), ("click a figure", "explain it"),
      ("drag a picture", "move the window; the wheel enlarges"),
      ("Shift + drag", "selects text, as your terminal does"),
    ]
    return lines + mouse.flatMap { wrappedBinding($0.0, $0.1, width: width) }
  }

  /// The cells left of the meanings.
  static let helpIndent = 20

  private static func wrappedBinding(_ keys: String, _ meaning: String, width: Int) -> [HelpLine] {
    wrapped(meaning, width: width - helpIndent).enumerated().map { index, line in
      .binding(keys: index == 0 ? keys : "", meaning: line)
    }
  }

  /// Where the keys act: the first context that binds one decides.
  private static func contexts(_ state: ExplorerState) -> [KeyBinding.Context] {
    if state.overlay != nil { return [.overlay] }
    if state.showsMatrix { return lessonContexts(state) + [.matrix] }
    return [state.showsBrowser ? .browser : .list]
  }
}
