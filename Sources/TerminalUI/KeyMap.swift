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
    /// The gallery and the tensor chooser.
    case list
    /// Help and explanations.
    case overlay
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
  /// What they mean in a state.
  package let action: @Sendable (ExplorerState) -> ExplorerAction

  init(
    _ section: String, _ keys: [Key], _ shown: String, _ meaning: String, hint: String? = nil,
    hintKeys: String? = nil, in contexts: Set<Context>, _ action: @escaping @Sendable (ExplorerState) -> ExplorerAction
  ) {
    self.section = section
    self.keys = keys
    self.shown = shown
    self.meaning = meaning
    self.hint = hint.map { (hintKeys ?? shown, $0) }
    self.contexts = contexts
    self.action = action
  }
}

/// Every key.
package enum KeyMap {
  /// The bindings, in the order of the help.
  package static let bindings: [KeyBinding] = slider + looks + lists + program

  /// What `key` means in `state`.
  package static func action(_ key: Key, _ state: ExplorerState) -> ExplorerAction? {
    if case .character(let digit) = key, digit.isASCII, digit.isNumber { return .digit(digit) }
    let here = context(state)
    return bindings.first { $0.contexts.contains(here) && $0.keys.contains(key) }?.action(state)
  }

  /// The hints for the last line.
  package static func hints(_ state: ExplorerState) -> [(keys: String, meaning: String)] {
    let here = context(state)
    return bindings.compactMap { binding in
      guard binding.contexts.contains(here), let hint = binding.hint else { return nil }
      return (hint.keys, hint.words)
    }
  }

  /// A line of the help.
  package enum HelpLine: Hashable, Sendable {
    case section(String)
    case binding(keys: String, meaning: String)
    case blank
  }

  /// The help: every binding under its heading, in lines of `width` cells.
  package static func helpLines(width: Int) -> [HelpLine] {
    var lines: [HelpLine] = []
    var section = ""
    for binding in bindings {
      if binding.section != section {
        if !section.isEmpty { lines.append(.blank) }
        section = binding.section
        lines.append(.section(section))
      }
      lines += wrappedBinding(binding.shown, binding.meaning, width: width)
    }
    lines += [.blank, .section("Mouse")]
    let mouse = [
      ("click, drag", "on the spectrum or the slider: set the rank"),
      ("wheel", "rank ±1; in lists and tables: scroll"), ("click a figure", "explain it"),
      ("Shift + drag", "selects text, as your terminal does"),
    ]
    return lines + mouse.flatMap { wrappedBinding($0.0, $0.1, width: width) }
  }

  /// The cells left of the meanings.
  static let helpIndent = 18

  private static func wrappedBinding(_ keys: String, _ meaning: String, width: Int) -> [HelpLine] {
    wrapped(meaning, width: width - helpIndent).enumerated().map { index, line in
      .binding(keys: index == 0 ? keys : "", meaning: line)
    }
  }

  private static func context(_ state: ExplorerState) -> KeyBinding.Context {
    state.overlay != nil ? .overlay : state.showsMatrix ? .matrix : .list
  }

  private static let slider: [KeyBinding] = [
    KeyBinding(
      "Rank", [.right, .character("l")], "→ l", "rank + 1", hint: "rank", hintKeys: "← →", in: [.matrix]
    ) { _ in .moveRank(1) },
    KeyBinding("Rank", [.left, .character("h")], "← h", "rank − 1", in: [.matrix]) { _ in .moveRank(-1) },
    KeyBinding("Rank", [.up, .character("k")], "↑ k", "rank + 1; in the table: the row above", in: [.matrix]) {
      .moveRank($0.view == .numbers ? -1 : 1)
    },
    KeyBinding("Rank", [.down, .character("j")], "↓ j", "rank − 1; in the table: the row below", in: [.matrix]) {
      .moveRank($0.view == .numbers ? 1 : -1)
    },
    KeyBinding("Rank", [.shiftRight, .character("L")], "Shift → L", "rank + 10", in: [.matrix]) { _ in .moveRank(10) },
    KeyBinding("Rank", [.shiftLeft, .character("H")], "Shift ← H", "rank − 10", in: [.matrix]) { _ in .moveRank(-10) },
    KeyBinding("Rank", [.character("]")], "]", "rank + 10 % of itself", in: [.matrix]) { _ in .scaleRank(1) },
    KeyBinding("Rank", [.character("[")], "[", "rank − 10 % of itself", in: [.matrix]) { _ in .scaleRank(-1) },
    KeyBinding("Rank", [.pageUp], "PgUp", "a tenth of the full rank up; in the table: a page up", in: [.matrix]) {
      .page($0.view == .numbers ? -1 : 1)
    },
    KeyBinding("Rank", [.pageDown], "PgDn", "a tenth of the full rank down; in the table: a page down", in: [.matrix]) {
      .page($0.view == .numbers ? 1 : -1)
    },
    KeyBinding("Rank", [.home, .character("g")], "Home g", "rank 0", in: [.matrix]) { _ in .goToStart },
    KeyBinding("Rank", [.end, .character("G")], "End G", "the full rank", in: [.matrix]) { _ in .goToEnd },
    KeyBinding("Rank", [.enter], "number Enter", "set the rank", in: [.matrix]) { _ in .confirm },
    KeyBinding("Rank", [.backspace], "Backspace", "take back a typed digit", in: [.matrix]) { _ in .eraseDigit },
    KeyBinding("Rank", [.character("r")], "r", "the next rank that a rule picks", hint: "next rule", in: [.matrix]) {
      _ in
      .stepRule(1)
    },
    KeyBinding("Rank", [.character("R")], "R", "the previous rank that a rule picks", in: [.matrix]) { _ in
      .stepRule(-1)
    },
    KeyBinding("Rank", [.character(" ")], "space", "play the rank; pauses at break-even", hint: "play", in: [.matrix]) {
      _ in
      .togglePlayback
    },
  ]

  private static let looks: [KeyBinding] = [
    KeyBinding("View", [.tab], "Tab", "the next view", hint: "view", in: [.matrix]) { _ in .stepView(1) },
    KeyBinding("View", [.backTab], "Shift Tab", "the previous view", in: [.matrix]) { _ in .stepView(-1) },
    KeyBinding("View", [.function(2)], "F2", "Overview", in: [.matrix]) { _ in .show(.overview) },
    KeyBinding("View", [.function(3)], "F3", "Spectrum", in: [.matrix]) { _ in .show(.spectrum) },
    KeyBinding("View", [.function(4)], "F4", "Numbers", in: [.matrix]) { _ in .show(.numbers) },
    KeyBinding(
      "View", [.character("i")], "i", "explain every figure and rule", hint: "explain", in: [.matrix, .overlay]
    ) {
      _ in .explain(row: nil)
    },
    KeyBinding("View", [.character("y")], "y", "σ logarithmic or linear", hint: "log/linear", in: [.matrix]) { _ in
      .toggleValueAxis
    },
    KeyBinding("View", [.character("x")], "x", "index logarithmic or linear", in: [.matrix]) { _ in .toggleIndexAxis },
    KeyBinding("View", [.character("c")], "c", "curves of energy and error in the large spectrum", in: [.matrix]) { _ in
      .toggleCurves
    },
    KeyBinding("View", [.character("t")], "t", "dark, light or high contrast", in: [.matrix, .list, .overlay]) { _ in
      .toggleTheme
    },
  ]

  private static let lists: [KeyBinding] = [
    KeyBinding("Lists", [.up, .character("k")], "↑ k", "the row above", in: [.list, .overlay]) { _ in .moveRow(-1) },
    KeyBinding(
      "Lists", [.down, .character("j")], "↓ j", "the row below", hint: "choose", hintKeys: "↑ ↓", in: [.list, .overlay]
    ) { _ in
      .moveRow(1)
    },
    KeyBinding("Lists", [.pageUp], "PgUp", "a page up", in: [.list, .overlay]) { _ in .page(-1) },
    KeyBinding("Lists", [.pageDown], "PgDn", "a page down", in: [.list, .overlay]) { _ in .page(1) },
    KeyBinding("Lists", [.home, .character("g")], "Home g", "the first row", in: [.list, .overlay]) { _ in .goToStart },
    KeyBinding("Lists", [.end, .character("G")], "End G", "the last row", in: [.list, .overlay]) { _ in .goToEnd },
    KeyBinding("Lists", [.enter, .right, .character("l")], "Enter", "open the chosen row", hint: "open", in: [.list]) {
      _ in
      .confirm
    },
  ]

  private static let program: [KeyBinding] = [
    KeyBinding(
      "Program", [.character("s")], "s", "save the screen as SVG and text", hint: "save", in: [.matrix, .list]
    ) {
      _ in .save
    },
    KeyBinding(
      "Program", [.character("?"), .function(1)], "? F1", "this help", in: [.matrix, .list, .overlay]
    ) { _ in .help },
    KeyBinding("Program", [.escape], "Esc", "close what is on top; never quits", in: [.matrix, .list, .overlay]) { _ in
      .back
    },
    KeyBinding(
      "Program", [.character("q")], "q", "back to the list, or quit", in: [.matrix, .list, .overlay]
    ) {
      _ in .quit
    },
    KeyBinding("Program", [.control("l")], "Ctrl-L", "draw the screen again", in: [.matrix, .list, .overlay]) { _ in
      .redraw
    },
    KeyBinding("Program", [.control("z")], "Ctrl-Z", "suspend; fg resumes", in: [.matrix, .list, .overlay]) { _ in
      .suspend
    },
    KeyBinding("Program", [.control("c")], "Ctrl-C", "quit at once", in: [.matrix, .list, .overlay]) { _ in .interrupt
    },
  ]
}
