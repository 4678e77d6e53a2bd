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
      + (browser.isCollection ? [] : [.outline(scanID, source: sourceName)])
  }

  /// Takes what the listed tensors can be taken apart into. The row of a part that was opened by its name is there now.
  mutating func take(_ outline: PartsOutline, of id: MatrixID) -> [Effect] {
    guard id == scanID else { return [] }
    if browser == nil { aside?.browser.take(outline) }
    browser?.take(outline)
    if showsMatrix, let tensorName, let opened = browser?.opened, let item = browser?.item(named: tensorName),
      item != opened
    {
      browser?.opened = item
      browser?.view = .tensors
      browser?.choose(item: item)
    }
    return sightEffects()
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
}
