import MatrixFiles
import Preparation

extension ExplorerState {
  /// The rows of the gallery that contain what was searched for, as indices of all its rows.
  package var listedRows: [Int] {
    let names = gallery.map(\.title)
    guard !filter.isEmpty else { return Array(names.indices) }
    let wanted = filter.lowercased()
    return names.indices.filter { names[$0].lowercased().contains(wanted) }
  }

  /// Actions in the gallery.
  mutating func reduceList(_ action: ExplorerAction) -> [Effect] {
    let count = listedRows.count
    let page = max(1, size.rows - 6)
    switch action {
    case .moveRow(let step), .moveRank(let step): return chooseRow(moving: step, count: count)
    case .page(let sign): return chooseRow(moving: sign * page, count: count)
    case .goToStart: return chooseRow(moving: -count, count: count)
    case .goToEnd: return chooseRow(moving: count, count: count)
    case .chooseRow(let row):
      return row == galleryRow.index ? openChosen() : chooseRow(moving: row - galleryRow.index, count: count)
    case .confirm, .moveColumn(1): return openChosen()
    case .help: overlay = .help(scroll: 0)
    case .toggleTheme: toggleTheme()
    case .beginCommand(let text): prompt = Prompt(.command, text: text)
    case .beginSearch: prompt = Prompt(.search, text: filter)
    case .toggleGhost where ghost != nil: ghost = nil
    case .back:
      if !filter.isEmpty { setFilter("") }
    default: break
    }
    return []
  }

  /// Actions while help or an explanation lies over the view.
  mutating func reduceOverlay(_ action: ExplorerAction) -> [Effect] {
    guard let open = overlay else { return [] }
    switch action {
    case .confirm:
      if case .missing(_, let row) = open { return chooseMissing(row) }
      overlay = nil
    case .chooseRow(let row):
      if case .missing(let cells, let chosen) = open {
        if row == chosen { return chooseMissing(row) }
        overlay = .missing(cells, row: row).clamped(to: layout.lastOverlayRow)
      } else {
        overlay = .explain(row: row)
      }
    case .moveRow(let step), .moveRank(let step): overlay = open.moved(by: step).clamped(to: layout.lastOverlayRow)
    case .page(let sign): overlay = open.moved(by: sign * max(1, size.rows - 6)).clamped(to: layout.lastOverlayRow)
    case .goToStart: overlay = open.clamped(to: 0)
    case .goToEnd: overlay = open.moved(by: layout.lastOverlayRow).clamped(to: layout.lastOverlayRow)
    case .explain(let row?): overlay = .explain(row: row)
    case .toggleTheme: toggleTheme()
    case .prepare(let change):
      // A command may answer the question, too.
      if case .missing = open { return prepare(change) }
    case .back, .help, .explain:
      if case .missing = open {
        // A question has nothing to explain; one that was not answered can be asked again.
        guard case .back = action else { return [] }
        overlay = nil
        if aside != nil { return returnToAside() }
        if browser != nil { return leaveMatrix() }
        isCancelled = true
      }
      overlay = nil
    default: break
    }
    return []
  }

  private mutating func chooseRow(moving step: Int, count: Int) -> [Effect] {
    galleryRow.move(by: step, count: count)
    return previewEffects()
  }

  /// Shows only rows that contain `text`; of a file, tensors whose names match it.
  mutating func setFilter(_ text: String) {
    if showsBrowser {
      browser?.setFilter(text)
    } else {
      filter = text
      galleryRow = ListSelection()
    }
  }

  /// The choices for missing cells, in the order of the list.
  package static let missingChoices: [MissingPolicy] = [.dropRows, .columnMean, .zero]

  private mutating func chooseMissing(_ row: Int) -> [Effect] {
    guard Self.missingChoices.indices.contains(row) else { return [] }
    var next = preparation
    next.reading.missing = Self.missingChoices[row]
    return prepare(.set(next))
  }

  private mutating func openChosen() -> [Effect] {
    let rows = listedRows
    guard rows.indices.contains(galleryRow.index) else { return [] }
    return open(gallery[rows[galleryRow.index]].source, tensor: nil, usualPreparation)
  }
}

extension Overlay {
  /// The overlay at `last` if it was beyond.
  func clamped(to last: Int) -> Overlay {
    switch self {
    case .help(let scroll): .help(scroll: min(scroll, last))
    case .explain(let row): .explain(row: min(row, last))
    case .missing(let cells, let row): .missing(cells, row: min(row, last))
    }
  }

  fileprivate func moved(by step: Int) -> Overlay {
    switch self {
    case .help(let scroll): .help(scroll: max(0, scroll + step))
    case .explain(let row): .explain(row: max(0, row + step))
    case .missing(let cells, let row): .missing(cells, row: max(0, row + step))
    }
  }
}
