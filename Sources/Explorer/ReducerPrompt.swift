extension ExplorerState {
  /// Takes a key of the open line.
  mutating func edit(_ edit: LineEdit) -> [Effect] {
    guard var line = prompt else { return [] }
    switch edit {
    case .submit:
      prompt = nil
      return line.kind == .command ? run(line.text) : []
    case .cancel:
      prompt = nil
      if line.kind == .search { setFilter("") }
      if showsBrowser { return sightEffects() }
      return view == .gallery ? previewEffects() : []
    case .backspace where line.text.isEmpty:
      prompt = nil
      return []
    case .older where line.kind == .search && showsBrowser, .newer where line.kind == .search && showsBrowser:
      browser?.move(by: edit == .older ? -1 : 1)
      return sightEffects()
    case .older, .newer:
      recall(&line, older: edit == .older)
      prompt = line
    case .complete(let step): return complete(line, step)
    default:
      line.take(edit)
      prompt = line
    }
    if line.kind == .search {
      setFilter(line.text)
      return showsBrowser ? sightEffects() : previewEffects()
    }
    return []
  }

  private func recall(_ line: inout Prompt, older: Bool) {
    guard line.kind == .command else { return }
    let index = max(0, min(history.count, line.historyIndex + (older ? 1 : -1)))
    guard index != line.historyIndex else { return }
    if line.historyIndex == 0 { line.draft = line.text }
    line.historyIndex = index
    line.replace(with: index == 0 ? line.draft : history[history.count - index])
  }

  /// Offers the next way to complete the line, or finds out what ways there are.
  private mutating func complete(_ line: Prompt, _ step: Int) -> [Effect] {
    guard line.kind == .command else { return [] }
    if !line.candidates.isEmpty {
      offer(line.candidates, in: line, step)
      return []
    }
    switch CommandCatalog.completions(of: line.text, self) {
    case .words(let words): offer(words, in: line, step)
    case .path(let path): return [.complete(path)]
    }
    return []
  }

  /// Takes what a path may become, if the line still ends in it.
  mutating func takeCompletions(of path: String, _ found: [String]) {
    guard let line = prompt, line.candidates.isEmpty, line.text.hasSuffix(path) else { return }
    let head = String(line.text.dropLast(path.count))
    offer(found.map { head + $0 }, in: line, 1)
  }

  private mutating func offer(_ candidates: [String], in line: Prompt, _ step: Int) {
    guard !candidates.isEmpty else {
      notice = Notice("nothing completes this", until: now + 3)
      return
    }
    var line = line
    let index =
      line.candidate.map { ($0 + step + candidates.count) % candidates.count } ?? (step > 0 ? 0 : candidates.count - 1)
    line.replace(with: candidates[index])
    // A single one is taken; the next Tab completes what follows it.
    line.candidates = candidates.count > 1 ? candidates : []
    line.candidate = candidates.count > 1 ? index : nil
    prompt = line
  }

  /// Runs a command line.
  mutating func run(_ text: String, keepsHistory: Bool = true) -> [Effect] {
    let words = text.split(separator: " ", maxSplits: 1)
    guard let name = words.first else { return [] }
    if keepsHistory, history.last != text { history.append(text) }
    if history.count > 200 { history.removeFirst() }
    let argument = words.count > 1 ? String(words[1]).trimmed : ""
    do throws(CommandError) {
      let actions = try CommandCatalog.actions(String(name), argument, self)
      return actions.flatMap { reduce(&self, $0) }
    } catch {
      notice = Notice(error.sentence, isError: true, until: now + 12)
      return []
    }
  }
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    guard let start = firstIndex(where: { $0 != " " }), let end = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[start...end])
  }
}
