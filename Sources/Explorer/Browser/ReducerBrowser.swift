import Checkpoints
import MatrixFiles
import Preparation
import RankAnalysis

extension ExplorerState {
  /// The views of a file's tensors that there are.
  package var browserViews: [ExplorerView] {
    browser?.map == nil ? [.tensors] : [.layerMap, .tensors, .layerSpectra]
  }

  /// Whether the tensors of a file are on the screen.
  package var showsBrowser: Bool { Self.browserViews.contains(view) }

  /// Every view of a file's tensors.
  package static let browserViews: [ExplorerView] = [.layerMap, .tensors, .layerSpectra]

  /// Shows what a file lists, as a map where it is a model of layers; its scan begins, unless it is a directory.
  mutating func browse(_ listing: TensorListing) -> [Effect] {
    let effects = keep(listing)
    view = browser?.view ?? view
    return effects
  }

  /// Keeps the list of the file whose tensor was opened by its name: it stands behind the tensor, which is its chosen row.
  mutating func list(_ listing: TensorListing, of source: String) -> [Effect] {
    guard browser == nil, source == sourceName, let tensorName else { return [] }
    let effects = keep(listing)
    guard var browser, let item = browser.nearestItem(named: tensorName) else { return effects }
    browser.choose(item: item)
    browser.opened = item
    if browser.map?.place(of: item) == nil { browser.view = .tensors }
    self.browser = browser
    return effects
  }

  private mutating func keep(_ listing: TensorListing) -> [Effect] {
    let forgetting = forgetAside()
    var browser = Browser(listing)
    browser.view = browser.map == nil ? .tensors : .layerMap
    let wantsScan = scansUnasked && !browser.isCollection && browser.items.contains(where: \.isMatrix)
    if wantsScan { browser.scan.state = .running }
    self.browser = browser
    scanID = matrixID
    if home == .overview { home = .tensors }
    return forgetting + (wantsScan ? [.scan(scanID, source: sourceName)] : [])
  }

  /// Actions while a file's tensors are on the screen.
  mutating func reduceBrowser(_ action: ExplorerAction) -> [Effect] {
    guard var browser else { return [] }
    var effects: [Effect] = []
    switch action {
    case .confirm: effects = openChosen(&browser)
    case .openTensor(let item): effects = open(item: item, &browser)
    case .moveColumn(1) where view == .tensors && browser.opensRight: effects = openChosen(&browser)
    case .back: return leaveBrowser()
    case .toggleScan, .startScan: effects = steerScan(action, &browser)
    case .show(let next) where browserViews.contains(next): show(next, &browser)
    case .stepView(let step):
      let index = browserViews.firstIndex(of: view) ?? 0
      show(browserViews[(index + step + browserViews.count) % browserViews.count], &browser)
    case .showRole:
      guard browser.map != nil else {
        notice = Notice("nothing repeats over layers here: there is no map", until: now + 4)
        return []
      }
      show(view == .layerSpectra ? .layerMap : .layerSpectra, &browser)
    case .help: overlay = .help(scroll: 0)
    case .toggleTheme: toggleTheme()
    case .beginCommand(let text): prompt = Prompt(.command, text: text)
    case .beginSearch:
      show(.tensors, &browser)
      prompt = Prompt(.search, text: browser.filter)
    case .toggleGhost where ghost != nil: ghost = nil
    case .sort(let sorting):
      show(.tensors, &browser)
      browser.sort(by: sorting)
    case .columns(let ids): browser.columns = ids
    case .number(let id): browser.number = id
    case .nextNumber(let step): browser.stepNumber(step)
    case .nextColumns: browser.columns = ColumnSets.next(after: browser.columns)
    default:
      if view == .tensors { browser.reduceList(action) } else { browser.reduceMap(action, view) }
    }
    self.browser = browser
    return effects + sightEffects()
  }

  private mutating func show(_ next: ExplorerView, _ browser: inout Browser) {
    guard next != view else { return }
    // The map and the list choose the same tensor.
    if next == .tensors, let item = browser.map?.item(browser.cell.row, browser.cell.column), !browser.isFlat {
      browser.choose(item: item)
    } else if view == .tensors, let item = browser.chosenItem, let place = browser.map?.place(of: item) {
      (browser.cell.row, browser.cell.column) = place
      browser.map?.reveal(&browser.cell)
    }
    view = next
    browser.view = next
  }

  /// Enter: opens a tensor, or opens and closes a group.
  private mutating func openChosen(_ browser: inout Browser) -> [Effect] {
    if view != .tensors {
      guard let item = browser.map?.item(browser.cell.row, browser.cell.column) else { return [] }
      return open(item: item, &browser)
    }
    guard let row = browser.chosenRow else { return [] }
    guard let item = browser.item(row) else {
      if case .node(let node) = row { browser.toggle(node) }
      return []
    }
    return open(item: item, &browser)
  }

  /// Opens the explorer on a tensor; the browser stays as it is.
  mutating func open(item: Int, _ browser: inout Browser) -> [Effect] {
    guard browser.items.indices.contains(item) else { return [] }
    guard let chosen = browser.items[item].entry else {
      notice = Notice(browser.items[item].refusal?.reason ?? "", isError: true)
      return []
    }
    browser.opened = item
    self.browser = browser
    var next = preparation
    // A view that was chosen for one tensor serves others of the same axes.
    if let entry, entry.axes != chosen.axes { next.reading.view = usualPreparation.reading.view }
    let effects = open(sourceName, tensor: chosen.name ?? "", next)
    // What opening changed of the scan is in the state.
    browser = self.browser ?? browser
    return effects
  }

  /// Opens a source, or a tensor of it; one that is listed, as from its row.
  mutating func open(_ source: String, named tensor: String?) -> [Effect] {
    guard let tensor, source == sourceName, var browser,
      let item = browser.item(named: tensor)
    else { return open(source, tensor: tensor, usualPreparation) }
    browser.choose(item: item)
    let effects = open(item: item, &browser)
    self.browser = browser
    return effects
  }

  /// Esc: takes back a search, an order, the view of one role; then goes back to the gallery, if that is where the file
  /// was opened.
  private mutating func leaveBrowser() -> [Effect] {
    guard var browser else { return [] }
    if view == .layerSpectra {
      show(.layerMap, &browser)
    } else if view == .tensors, !browser.pattern.isEmpty {
      browser.setFilter("")
    } else if view == .tensors, browser.sorting != nil {
      browser.sort(by: nil)
    } else if home == .gallery {
      return closeBrowser()
    }
    self.browser = browser
    return sightEffects()
  }

  /// Goes back to the gallery.
  mutating func closeBrowser() -> [Effect] {
    browser = nil
    view = .gallery
    return [.stopScan] + previewEffects()
  }

  // MARK: The scan

  private mutating func steerScan(_ action: ExplorerAction, _ browser: inout Browser) -> [Effect] {
    switch (browser.scan.state, action) {
    case (.none, _):
      guard browser.items.contains(where: \.isMatrix) else {
        notice = Notice("there is no matrix to scan", until: now + 4)
        return []
      }
      browser.scan.state = .running
      return [.scan(scanID, source: sourceName)]
    case (.finished, _):
      notice = Notice("every matrix is scanned", until: now + 4)
      return []
    case (.running, .startScan): browser.scan.isPaused = false
    case (.running, _): browser.scan.isPaused.toggle()
    }
    return [.holdScan(browser.scan.isPaused || browser.scan.isHeld)]
  }

  /// Takes what the scan of the listed file tells.
  mutating func take(_ events: [ScanEvent], of id: MatrixID) -> [Effect] {
    guard id == scanID else { return [] }
    if browser == nil { aside?.browser.take(events) }
    browser?.take(events)
    guard let scan = browser?.scan, scan.state == .finished, scan.isHeld || scan.isPaused else { return sightEffects() }
    // Nothing is left to stand back; parts that come into sight need not wait.
    browser?.scan.isHeld = false
    browser?.scan.isPaused = false
    return [.holdScan(false)] + sightEffects()
  }

  /// What the rows on the screen ask for, once each: to be scanned first, and the chosen one to be taken apart.
  mutating func sightEffects() -> [Effect] {
    guard let known = browser, showsBrowser else { return [] }
    var effects: [Effect] = []
    let wanted = known.scan.state == .running ? known.visibleMatrices.filter { known.findings[$0] == nil } : []
    if !wanted.allSatisfy(known.scan.first.contains) {
      browser?.scan.first = Set(wanted)
      effects.append(.scanFirst(scanID, wanted))
    }
    let parts = known.unscannedParts
    if !parts.isEmpty {
      browser?.scan.parts.formUnion(parts.map(\.item))
      effects.append(.scanParts(scanID, parts))
    }
    if let item = known.wantsParts, let entry = known.items[item].entry {
      effects.append(.takeApart(scanID, item: item, entry, source: sourceName))
    }
    return effects
  }

  /// Lets the scan stand back while an opened matrix is read and solved, and go on after.
  mutating func holdScanEffects() -> [Effect] {
    guard let scan = browser?.scan, scan.state == .running else { return [] }
    let isBusy =
      showsMatrix && failure == nil && !isCancelled
      && (activity != .idle || spectrum?.isPreview == false && vectors?.isExact != true)
    guard isBusy != scan.isHeld else { return [] }
    browser?.scan.isHeld = isBusy
    return scan.isPaused ? [] : [.holdScan(isBusy)]
  }
}

extension Browser {
  /// Whether → opens the explorer: on a tensor that has nothing below it to show.
  fileprivate var opensRight: Bool {
    guard let row = chosenRow else { return false }
    guard case .node(let node) = row else { return true }
    return tree.nodes[node].children.isEmpty && tree.nodes[node].item != nil
  }

  /// Moves and folds in the list.
  mutating func reduceList(_ action: ExplorerAction) {
    switch action {
    case .moveRow(let step), .moveRank(let step): move(by: step)
    case .scroll(let step): scroll(by: step)
    case .page(let sign): move(by: sign * max(1, height - 1))
    case .goToStart: choose(row: 0)
    case .goToEnd: choose(row: rows.count - 1)
    case .chooseRow(let row): choose(row: row)
    case .moveColumn(let direction): fold(direction)
    case .toggleGroups: if !isFlat { toggleAll() }
    case .nextSorting: sort(by: nextSorting)
    case .reverseSorting:
      if var sorting {
        sorting.isDescending.toggle()
        sort(by: sorting)
      }
    case .sortBy(let id):
      if var sorting, sorting.column == id {
        sorting.isDescending.toggle()
        sort(by: sorting)
      } else {
        sort(by: Sorting(column: id))
      }
    default: break
    }
  }

  /// ← closes a node or goes to the one above; → opens it.
  private mutating func fold(_ direction: Int) {
    guard case .node(let node) = chosenRow else { return }
    let isOpen = !tree.nodes[node].children.isEmpty && !closed.contains(node)
    if direction > 0 {
      if !isOpen { toggle(node) }
    } else if isOpen {
      toggle(node)
    } else if let parent = tree.nodes[node].parent, let row = rows.firstIndex(of: .node(parent)) {
      choose(row: row)
    }
  }

  /// The order after this one: by each column that is shown, then the file's.
  private var nextSorting: Sorting? {
    let ids = ["name"] + (columns ?? ColumnSets.usual)
    let sortable = ids.filter { $0 != "sparkline" }
    guard let sorting, let index = sortable.firstIndex(of: sorting.column) else {
      return sortable.dropFirst().first.map { Sorting(column: $0) }
    }
    // The name is the order that stands last.
    let next = index == 0 ? sortable.count : index + 1
    return next < sortable.count ? Sorting(column: sortable[next]) : index == 0 ? nil : Sorting(column: sortable[0])
  }

  /// Moves in the map, or in the spectra of one role, whose columns are the roles.
  mutating func reduceMap(_ action: ExplorerAction, _ view: ExplorerView) {
    guard let map else { return }
    switch action {
    case .moveRow(let step), .moveRank(let step): map.move(&cell, rows: step, columns: 0)
    case .moveColumn(let step): map.move(&cell, rows: 0, columns: step)
    case .scroll(let step): map.move(&cell, rows: step, columns: 0)
    case .page(let sign): map.move(&cell, rows: sign * max(1, cell.height - 1), columns: 0)
    case .goToStart: map.move(&cell, rows: -map.layers.count, columns: 0)
    case .goToEnd: map.move(&cell, rows: map.layers.count, columns: 0)
    case .chooseCell(let row, let column): map.move(&cell, rows: row - cell.row, columns: column - cell.column)
    default: break
    }
  }

  /// The number of the map after this one, around.
  mutating func stepNumber(_ step: Int) {
    let ids = ColumnSets.numbers
    let index = ids.firstIndex(of: number) ?? 0
    number = ids[(index + step + ids.count) % ids.count]
  }
}

extension Browser.Sorting {
  /// By `column`: what there is most of first where it is a size, the least first otherwise.
  package init(column: String) {
    self.init(column: column, isDescending: ["shape", "bytes", "parameters", "rows", "columns"].contains(column))
  }
}
