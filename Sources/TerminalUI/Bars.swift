import Checkpoints
import Explorer
import MatrixFiles
import RankAnalysis

/// The first line: what is shown, and how it was computed or how far that is.
enum TitleBar {
  static func draw(_ state: ExplorerState, row: Int, on canvas: inout Canvas) {
    let width = canvas.frame.size.columns
    canvas.frame.fill(Rect(row: row, column: 0, height: 1, width: width), " ", canvas.theme[.bar])
    // A preview may say much: what is shown keeps its name and shape, or at least two fifths of the line.
    let texts = statuses(state)
    let fitting = texts.filter { cellWidth($0) <= width * 3 / 5 }
    let named = shapedWidth(state)
    let right =
      fitting.first { named + cellWidth($0) + 4 <= width } ?? (state.showsBrowser ? nil : fitting.first) ?? texts.last
      ?? ""
    let rightWidth = cellWidth(canvas.isASCII ? spelledInASCII(right) : right)
    canvas.writeRight(right, row, right: width - 1, state.activity == .idle ? .bar : .barStrong)
    var column = 1
    let limit = width - rightWidth - 3
    func write(_ text: String, _ role: Role) {
      guard column < limit else { return }
      column += canvas.write(text, row, column, width: limit - column, role)
    }
    write("lowrank  ", .barStrong)
    for (text, role) in subject(state, width: limit - column, ellipsis: canvas.glyph("…", "~")) { write(text, role) }
  }

  private static func subject(_ state: ExplorerState, width: Int, ellipsis: Character) -> [(String, Role)] {
    if state.showsBrowser, let browser = state.browser {
      return [(shownName(state), .barStrong), ("  " + browser.summary, .bar)]
    }
    guard state.showsMatrix else {
      return [(state.view == .gallery ? "gallery" : state.view == .lessons ? "lessons" : shownName(state), .bar)]
    }
    // A name such as gallery:outer,terms=3 would give the answer away.
    if state.showsLesson, let lesson = state.lesson, lesson.isAsking {
      return [(lesson.lesson.title, .barStrong), (state.info.map { "  " + shape($0) } ?? "", .bar)]
    }
    guard let info = state.info else { return [(shownName(state), .barStrong)] }
    let facts = [shape(info), info.type.rawValue] + info.notes
    var name = name(info)
    let room = width - cellWidth("  " + shape(info))
    if let tensor = info.tensor, cellWidth(name) > room {
      // Its end tells which head or part it is.
      let file = shortName(info.source) + " · "
      name = file + shortenedName(tensor, width: max(20, room - cellWidth(file)), ellipsis: ellipsis).text
    }
    return [(name, .barStrong), ("  " + facts.joined(separator: " · "), .bar)]
  }

  /// The cells up to the shape of what is shown; of a file, up to its name.
  private static func shapedWidth(_ state: ExplorerState) -> Int {
    if state.showsBrowser { return cellWidth("lowrank  \(shownName(state))") }
    guard let info = state.info, state.showsMatrix else { return 0 }
    return cellWidth("lowrank  \(name(info))  \(shape(info))")
  }

  private static func name(_ info: MatrixInfo) -> String {
    shortName(info.source) + (info.tensor.map { " · \($0)" } ?? "")
  }

  private static func shape(_ info: MatrixInfo) -> String {
    "\(NumberFormat.grouped(info.shape.rows)) × \(NumberFormat.grouped(info.shape.columns))"
  }

  private static func shownName(_ state: ExplorerState) -> String { shortName(state.printableSourceName) }

  /// The last part of a path.
  static func shortName(_ source: String) -> String {
    source == "-"
      ? "standard input"
      : source.hasPrefix("gallery:") ? source : source.split(separator: "/").last.map(String.init) ?? source
  }

  /// How it was computed, or how far that is: at length, and shorter.
  private static func statuses(_ state: ExplorerState) -> [String] {
    let preview = state.spectrum.flatMap { $0.isPreview ? PreviewStatus($0, state) : nil }
    switch state.activity {
    case .reading(let fraction): return ["reading \(Int(fraction * 100)) %"]
    case .leading(_, let count): return ["certified preview: \(NumberFormat.grouped(count)) triplets …", "preview …"]
    case .values(let since, let plan):
      if let preview { return preview.texts(elapsed: state.now - since, plan) }
      return ["singular values \(clock(state.now - since, plan.estimatedSeconds))"]
    case .vectors(let since, let plan):
      let vectors = "singular vectors \(clock(state.now - since, plan.estimatedSeconds))"
      return state.vectors == nil ? [vectors] : ["exact, \(vectors)", vectors]
    case .idle:
      if state.showsBrowser, let browser = state.browser { return ScanStatus.texts(browser.scan) }
      guard state.showsMatrix, let result = state.spectrum else { return [""] }
      if let preview { return preview.texts }
      let method = result.method.split(separator: " ").first.map(String.init) ?? result.method
      return [
        ["exact", method, result.seconds.map { NumberFormat.seconds($0) }].compactMap { $0 }.joined(separator: " · ")
      ]
    }
  }

  /// LAPACK cannot say how far it is: the time that went by, beside an estimate of all of it.
  static func clock(_ elapsed: Double, _ estimate: Double) -> String {
    let seconds = Int(max(0, elapsed))
    guard estimate >= 0.5 else { return "…" }
    return Double(seconds) <= estimate
      ? "\(seconds) s of about \(NumberFormat.seconds(estimate))"
      : "\(seconds) s, expected \(NumberFormat.seconds(estimate))"
  }
}

/// The second line: the views.
enum Tabs {
  static func draw(_ state: ExplorerState, row: Int, on canvas: inout Canvas) {
    if state.showsBrowser { return drawBrowser(state, row: row, on: &canvas) }
    guard state.showsMatrix, state.failure == nil else { return }
    var column = 1
    let views = state.showsLesson ? state.lesson?.step.panels ?? [] : ExplorerState.matrixViews
    let hidden = state.showsLesson ? state.lesson?.hidden ?? [] : []
    let titles = views.map { (PanelCatalog.panel($0)?.title ?? "") + (hidden.contains($0) ? " ?" : "") }
    // On narrow screens the names alone, and of those the ones around the view on the screen.
    // How to return from exploring goes before other views.
    let note = state.lesson?.isExploring == true ? mode(state).map { cellWidth($0) + 2 } ?? 0 : 0
    let room = canvas.frame.size.columns - note
    let hasKeys = !state.showsLesson && titles.reduce(1) { $0 + $1.count + 7 } <= room
    let shown =
      hasKeys
      ? 0..<views.count
      : visible(titles, around: views.firstIndex(of: state.view) ?? 0, width: room)
    if shown.lowerBound > 0 { canvas.write("‹", row, 0, .label) }
    for index in shown {
      let view = views[index]
      let text = hasKeys ? " F\(index + 2) \(titles[index]) " : " \(titles[index]) "
      let width = canvas.write(text, row, column, view == state.view ? .chosen : .label)
      canvas.hit(Rect(row: row, column: column, height: 1, width: width)) { gesture, _ in
        gesture == .press ? .show(view) : nil
      }
      column += width + (hasKeys ? 1 : 0)
    }
    if shown.upperBound < views.count { canvas.write("›", row, column, .label) }
    if let mode = mode(state) {
      let start = max(column + 1, canvas.frame.size.columns - 1 - cellWidth(mode))
      canvas.write(mode, row, start, width: canvas.frame.size.columns - start, .limit)
    }
  }

  /// The tabs that fit into `width` cells beside each other: the first ones, unless the one at `current` is not among them.
  private static func visible(_ titles: [String], around current: Int, width: Int) -> Range<Int> {
    var first = 0
    func end(from first: Int) -> Int {
      var (last, room) = (first, width - 3)
      while last < titles.count, titles[last].count + 2 <= room {
        room -= titles[last].count + 2
        last += 1
      }
      return last
    }
    while end(from: first) <= current, first < current { first += 1 }
    return first..<end(from: first)
  }

  private static func mode(_ state: ExplorerState) -> String? {
    if state.playback != nil { return "▸ playing, space pauses" }
    if !state.typed.isEmpty { return "rank \(state.typed)_  Enter sets it" }
    if state.isStudying { return "working \(StudyFrame.progressText(state))" }
    if let lesson = state.lesson, lesson.isExploring {
      return "exploring: Esc or n goes back to step \(lesson.index + 1)"
    }
    if let fraction = state.measuring { return "measuring \(Int(fraction * 100)) %" }
    return nil
  }
}

extension Tabs {
  /// The views of a file's tensors, where there are several, and what narrows or orders the list.
  private static func drawBrowser(_ state: ExplorerState, row: Int, on canvas: inout Canvas) {
    guard let browser = state.browser else { return }
    var column = 1
    for view in state.browserViews where state.browserViews.count > 1 {
      guard let panel = PanelCatalog.panel(view) else { continue }
      let width = canvas.write(" \(panel.title) ", row, column, view == state.view ? .chosen : .label)
      canvas.hit(Rect(row: row, column: column, height: 1, width: width)) { gesture, _ in
        gesture == .press ? .show(view) : nil
      }
      column += width + 1
    }
    guard state.view == .tensors else { return }
    var facts: [String] = []
    if !browser.pattern.isEmpty {
      let (stored, parts) = (browser.rows.count - browser.foundParts, browser.foundParts)
      var found = [
        stored > 0 || parts == 0
          ? "\(NumberFormat.grouped(stored)) of \(NumberFormat.grouped(browser.storedCount))" : ""
      ]
      if parts > 0 { found.append(parts == 1 ? "1 part" : "\(NumberFormat.grouped(parts)) parts") }
      let verb = browser.rows.count == 1 && parts == 1 ? "matches" : "match"
      let count = found.filter { !$0.isEmpty }.joined(separator: " and ")
      facts.append("\(count) \(verb) “\(printable(browser.filter, limit: 30))”")
    }
    if let sorting = browser.sorting, let column = ScanColumnCatalog.column(sorting.column) {
      facts.append("sorted by \(column.title), \(sorting.isDescending ? "most" : "least") first")
    }
    let text = facts.joined(separator: " · ")
    let start = max(column + 1, canvas.frame.size.columns - 1 - cellWidth(text))
    canvas.write(text, row, start, width: canvas.frame.size.columns - start, .limit)
  }
}

/// The last line: a notice, or the most useful keys; how to get help and how to quit always.
enum StatusLine {
  static func draw(_ state: ExplorerState, row: Int, on canvas: inout Canvas) {
    let width = canvas.frame.size.columns
    let bar = Rect(row: row, column: 0, height: 1, width: width)
    canvas.frame.fill(bar, " ", canvas.theme[.bar])
    if let prompt = state.prompt {
      drawPrompt(prompt, state, in: bar, on: &canvas)
      return
    }
    let right = width - drawAlways(row: row, on: &canvas) - 3
    if let notice = state.notice {
      if cellWidth(notice.text) > right - 1 {
        drawLong(notice, above: row, on: &canvas)
        return
      }
      if notice.isError {
        canvas.frame.fill(Rect(row: row, column: 0, height: 1, width: right + 1), " ", canvas.theme[.error])
      }
      canvas.write(notice.text, row, 1, width: right - 1, notice.isError ? .error : .barStrong)
      return
    }
    var column = 1
    var hints = state.failure == nil ? KeyMap.hints(state) : []
    // Where there is no room for the tabs, nothing else tells of the views.
    if ScreenLayout(canvas.frame.size).tabs == nil, let index = hints.firstIndex(where: { $0.keys == "Tab" }) {
      hints.insert(hints.remove(at: index), at: 0)
    }
    for hint in hints {
      let keys = canvas.isASCII ? spelledInASCII(hint.keys) : hint.keys
      guard column + cellWidth(keys) + 1 + cellWidth(hint.meaning) <= right else { return }
      column += canvas.write(keys, row, column, .barStrong) + 1
      column += canvas.write(hint.meaning, row, column, .bar) + 3
    }
  }

  /// Draws what takes more than the line over it, in as many lines as it takes.
  private static func drawLong(_ notice: Notice, above row: Int, on canvas: inout Canvas) {
    let width = canvas.frame.size.columns
    let role: Role = notice.isError ? .error : .barStrong
    let lines = wrapped(notice.text, width: width - 2).suffix(row)
    for (offset, line) in lines.enumerated() {
      let place = row - lines.count + 1 + offset
      let bar = Rect(row: place, column: 0, height: 1, width: width)
      canvas.frame.fill(bar, " ", canvas.theme[notice.isError ? .error : .bar])
      canvas.write(line, place, 1, width: width - 2, role)
    }
  }

  /// Draws the line being typed, its cursor, and what it may become.
  private static func drawPrompt(_ prompt: Prompt, _ state: ExplorerState, in bar: Rect, on canvas: inout Canvas) {
    let mark = prompt.kind == .command ? ":" : "/"
    let room = bar.width - 4
    canvas.write(mark, bar.row, 1, .barStrong)
    // A long line shows the part around the cursor, which stands on the cell that the next character takes.
    let ascii = canvas.isASCII
    func shown(_ part: Substring) -> String { ascii ? spelledInASCII(String(part)) : String(part) }
    let head = lastCells(room, of: shown(prompt.text.prefix(prompt.cursor)))
    let column = 2 + canvas.write(head, bar.row, 2, .bar)
    let tail = shown(prompt.text.dropFirst(prompt.cursor))
    let used = column - 2 + canvas.write(tail, bar.row, column, width: bar.width - 2 - column, .bar)
    canvas.put(canvas.frame[bar.row, column].character ?? " ", bar.row, column, .chosen)
    canvas.focus(bar.row, column)
    let others = prompt.candidates.enumerated().filter { $0.offset != prompt.candidate }.map(\.element)
    let common = sharedWords(prompt.candidates)
    let words = others.map { $0.split(separator: " ").dropFirst(common).joined(separator: " ") }
    let hint = words.isEmpty ? CommandHint.text(prompt) : words.joined(separator: "  ")
    let start = 2 + used + 3
    if start + 8 < bar.width { canvas.write(hint, bar.row, start, width: bar.width - start - 1, .bar) }
  }

  /// How many words all of `lines` begin with alike.
  private static func sharedWords(_ lines: [String]) -> Int {
    let words = lines.map { $0.split(separator: " ") }
    guard let first = words.first else { return 0 }
    return first.indices.prefix { index in words.allSatisfy { index < $0.count && $0[index] == first[index] } }.count
  }

  /// The end of `text` that takes at most `room` cells.
  private static func lastCells(_ room: Int, of text: String) -> String {
    var width = 0
    return String(
      text.reversed().prefix {
        width += cellWidth($0)
        return width <= room
      }.reversed())
  }

  /// Draws "? help   q quit" at the right end; returns the cells it takes.
  private static func drawAlways(row: Int, on canvas: inout Canvas) -> Int {
    let pairs = [("?", "help"), ("q", "quit")]
    let width = pairs.reduce(1) { $0 + $1.0.count + $1.1.count + 1 } + 3
    var column = canvas.frame.size.columns - width
    for (key, meaning) in pairs {
      column += canvas.write(key, row, column, .barStrong) + 1
      column += canvas.write(meaning, row, column, .bar) + 3
    }
    return width
  }
}

/// What the command being typed expects.
private enum CommandHint {
  static func text(_ prompt: Prompt) -> String {
    guard prompt.kind == .command else { return "Enter keeps, Esc clears" }
    guard let name = prompt.text.split(separator: " ").first else { return "Tab lists the commands, Esc closes" }
    guard let command = CommandCatalog.all.first(where: { $0.name == name }) else { return "" }
    return command.summary
  }
}
