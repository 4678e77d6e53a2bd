extension ExplorerState {
  /// Actions in the gallery and the tensor chooser.
  mutating func reduceList(_ action: ExplorerAction) -> [Effect] {
    let count = view == .gallery ? gallery.count : tensors.count
    let page = max(1, size.rows - 6)
    switch action {
    case .moveRow(let step), .moveRank(let step): return chooseRow(moving: step, count: count)
    case .page(let sign): return chooseRow(moving: sign * page, count: count)
    case .goToStart: return chooseRow(moving: -count, count: count)
    case .goToEnd: return chooseRow(moving: count, count: count)
    case .chooseRow(let row):
      let chosen = view == .gallery ? galleryRow.index : tensorRow.index
      return row == chosen ? openChosen() : chooseRow(moving: row - chosen, count: count)
    case .confirm: return openChosen()
    case .help: overlay = .help(scroll: 0)
    case .toggleTheme: toggleTheme()
    case .back:
      if view == .tensors && home == .gallery {
        view = .gallery
        return previewEffects()
      }
    default: break
    }
    return []
  }

  /// Actions while help or an explanation lies over the view.
  mutating func reduceOverlay(_ action: ExplorerAction) -> [Effect] {
    guard let open = overlay else { return [] }
    switch action {
    case .moveRow(let step), .moveRank(let step): overlay = open.moved(by: step).clamped(to: layout.lastOverlayRow)
    case .page(let sign): overlay = open.moved(by: sign * max(1, size.rows - 6)).clamped(to: layout.lastOverlayRow)
    case .goToStart: overlay = open.clamped(to: 0)
    case .goToEnd: overlay = open.moved(by: layout.lastOverlayRow).clamped(to: layout.lastOverlayRow)
    case .chooseRow(let row): overlay = .explain(row: row)
    case .explain(let row?): overlay = .explain(row: row)
    case .toggleTheme: toggleTheme()
    case .back, .confirm, .help, .explain: overlay = nil
    default: break
    }
    return []
  }

  private mutating func chooseRow(moving step: Int, count: Int) -> [Effect] {
    if view == .gallery {
      galleryRow.move(by: step, count: count)
      return previewEffects()
    }
    tensorRow.move(by: step, count: count)
    return []
  }

  private mutating func openChosen() -> [Effect] {
    if view == .gallery {
      guard gallery.indices.contains(galleryRow.index) else { return [] }
      return open(gallery[galleryRow.index].source, tensor: nil)
    }
    guard tensors.indices.contains(tensorRow.index) else { return [] }
    return open(sourceName, tensor: tensors[tensorRow.index].name ?? "")
  }
}

extension Overlay {
  /// The overlay at `last` if it was beyond.
  func clamped(to last: Int) -> Overlay {
    switch self {
    case .help(let scroll): .help(scroll: min(scroll, last))
    case .explain(let row): .explain(row: min(row, last))
    }
  }

  fileprivate func moved(by step: Int) -> Overlay {
    switch self {
    case .help(let scroll): .help(scroll: max(0, scroll + step))
    case .explain(let row): .explain(row: max(0, row + step))
    }
  }
}
