import Checkpoints
import MatrixFiles
import RankAnalysis

/// The tensors of a file on the screen: the tree or list, what is chosen in it, and what a scan found.
///
/// The rows are computed when something changes, never while drawing.
package struct Browser: Sendable {
  /// A row of the list.
  package enum Row: Hashable, Sendable {
    /// A node of the tree.
    case node(Int)
    /// A tensor of a flat list.
    case item(Int)
  }

  /// What a list is sorted by.
  package struct Sorting: Hashable, Sendable {
    /// The id of a ``ScanColumn``.
    package var column: String
    /// Largest first.
    package var isDescending: Bool
  }

  /// The file's format.
  package let format: String
  /// Whether its tensors are files.
  package let isCollection: Bool
  /// The tensors, readable ones first, each part in the file's order; then what was found to follow from them.
  package private(set) var items: [BrowserItem]
  /// The readable ones.
  package let entryCount: Int
  /// By the segments of their names.
  package private(set) var tree: TensorTree
  /// By layer and role; nil where nothing repeats.
  package let map: LayerMap?
  /// What all of them come to: "104 tensors · 40 matrices · 22.7 M · f32 · 86.7 MiB".
  package let summary: String
  /// The cells of the longest shape.
  package let shapeWidth: Int
  private let longestName: Int
  private let longestLabel: Int
  /// The cells that names take at most, with what stands before them.
  package var nameWidth: Int { isFlat ? longestName : longestLabel }

  /// The rows of the list as it is shown.
  package private(set) var rows: [Row] = []
  /// The chosen row.
  package private(set) var chosen = 0
  /// The first row on the screen.
  package private(set) var top = 0
  /// The rows that there is room for.
  package private(set) var height = 20

  /// What names must contain.
  package private(set) var filter = ""
  /// The same, as it is matched.
  package private(set) var pattern = FuzzyPattern("")
  /// What the list is sorted by; nil for the file's order.
  package private(set) var sorting: Sorting?
  /// The nodes whose children are hidden.
  package private(set) var closed: Set<Int>
  /// The ids of the columns that were asked for; nil for what fits.
  package var columns: [String]?

  /// The view to return to.
  package var view = ExplorerView.tensors
  /// The chosen cell of the map, and the part of it on the screen.
  package var cell = LayerMap.Cell()
  /// The id of the number in the map.
  package var number = "error_at_break_even"

  /// What was found of each item.
  package private(set) var findings: [TensorFindings?]
  /// The items of which it is known what they can be taken apart into.
  private var apart: Set<Int> = []
  /// Why nothing was found of an item.
  package private(set) var failures: [Int: String] = [:]
  /// The item that is opened in the explorer.
  package var opened: Int?
  /// How far the scan is.
  package var scan = ScanProgress()

  /// The browser of `listing`.
  package init(_ listing: TensorListing) {
    format = listing.format
    isCollection = listing.isCollection
    items = listing.tensors.map { BrowserItem($0) } + listing.unreadable.map { BrowserItem($0) }
    entryCount = listing.tensors.count
    tree = TensorTree(items, separators: listing.isCollection ? ["/", ":"] : [".", "/"])
    map = listing.isCollection ? nil : LayerMap(items)
    summary = Self.summary(items)
    shapeWidth = items.map(\.shape.count).max() ?? 0
    longestName = items.map(\.name.count).max() ?? 0
    longestLabel = tree.nodes.map { 2 * $0.depth + 2 + $0.label.count + ($0.children.isEmpty ? 0 : 4) }.max() ?? 0
    // Where nothing is a matrix, what there is says why.
    closed = items.contains(where: \.isMatrix) ? tree.closedAtFirst : []
    findings = Array(repeating: nil, count: items.count)
    list()
    // Files of one directory stand below it: the first of them is chosen.
    if isCollection { choose(row: rows.firstIndex { item($0) != nil } ?? 0) }
  }

  /// Whether the list is flat: sorted or searched.
  package var isFlat: Bool { sorting != nil || !pattern.isEmpty }

  /// The item that `row` shows; nil for a group.
  package func item(_ row: Row) -> Int? {
    switch row {
    case .node(let node): tree.nodes[node].item
    case .item(let item): item
    }
  }

  /// The item of the tensor called `name`, by any of its names.
  package func item(named name: String) -> Int? {
    items.firstIndex { $0.entry?.name == name } ?? items.firstIndex { $0.entry?.aliases.contains(name) == true }
  }

  /// The same; of what is not listed yet, the item of the tensor whose part it is.
  func nearestItem(named name: String) -> Int? {
    var name = name
    while true {
      if let found = item(named: name) { return found }
      guard let slash = name.lastIndex(of: "/") else { return nil }
      name = String(name[..<slash])
    }
  }

  /// The chosen row; nil where the list is empty.
  package var chosenRow: Row? { rows.indices.contains(chosen) ? rows[chosen] : nil }

  /// The item of the chosen row.
  package var chosenItem: Int? { chosenRow.flatMap(item) }

  /// The items on the screen of `view`, as far as they are matrices.
  package var visibleMatrices: [Int] {
    if view != .tensors, let map { return map.visible(cell, isOneRole: view == .layerSpectra) }
    return visibleItems.filter { items[$0].isMatrix }
  }

  /// The items of the list on the screen.
  var visibleItems: [Int] { rows[min(top, rows.count)..<min(rows.count, top + height)].compactMap(item) }

  // MARK: Moving

  /// Chooses the row `step` further.
  package mutating func move(by step: Int) { choose(row: chosen + step) }

  /// Chooses a row, which comes into sight.
  package mutating func choose(row: Int) {
    chosen = max(0, min(rows.count - 1, row))
    reveal()
  }

  /// Chooses the row of `item`, opening what hides it.
  package mutating func choose(item: Int) {
    if !isFlat {
      var hiding: [Int] = []
      var above = tree.nodes[tree.node[item]].parent
      while let node = above {
        if closed.contains(node) { hiding.append(node) }
        above = tree.nodes[node].parent
      }
      if !hiding.isEmpty {
        closed.subtract(hiding)
        list()
      }
    }
    if let row = rows.firstIndex(where: { self.item($0) == item }) { choose(row: row) }
    if let place = map?.place(of: item) { (cell.row, cell.column) = place }
  }

  /// Moves the list by `step` rows; the chosen row stays on the screen.
  package mutating func scroll(by step: Int) {
    top = max(0, min(rows.count - height, top + step))
    chosen = max(top, min(top + height - 1, chosen, rows.count - 1))
  }

  /// There is room for so many rows of the list, and for so many of the map.
  package mutating func fit(height: Int, mapRows: Int, mapColumns: Int) {
    self.height = max(1, height)
    reveal()
    (cell.height, cell.width) = (max(1, mapRows), max(1, mapColumns))
    map?.reveal(&cell)
  }

  private mutating func reveal() {
    top = max(0, min(top, chosen, rows.count - height))
    top = max(top, chosen - height + 1)
  }

  // MARK: What is listed

  /// Shows only what matches `text`, best first.
  package mutating func setFilter(_ text: String) {
    let held = chosenItem
    let wasEmpty = pattern.isEmpty
    filter = text
    pattern = FuzzyPattern(text)
    list()
    // While a pattern grows the best match is chosen; without one, what was found stays.
    if pattern.isEmpty, !wasEmpty, let held { choose(item: held) } else if !pattern.isEmpty { choose(row: 0) }
  }

  /// Sorts by a column, or as the file does.
  package mutating func sort(by sorting: Sorting?) {
    let held = chosenItem
    self.sorting = sorting
    list()
    if let held, sorting == nil { choose(item: held) } else { choose(row: 0) }
  }

  /// Opens or closes a node; what it opens comes into sight, as far as there is room below it.
  package mutating func toggle(_ node: Int) {
    guard !tree.nodes[node].children.isEmpty else { return }
    if closed.remove(node) == nil { closed.insert(node) }
    relist(holding: node)
    let below = rows[min(rows.count, chosen + 1)...].prefix { row in
      if case .node(let other) = row { tree.nodes[other].depth > tree.nodes[node].depth } else { false }
    }
    top = max(top, min(chosen, chosen + below.count - height + 1))
  }

  /// Closes every group, or opens them all where every one is closed; tensors that hold others stay closed.
  package mutating func toggleAll() {
    let groups = tree.groups
    let inner = tree.closedAtFirst
    let isClosed = groups.allSatisfy(closed.contains)
    var node = chosenRow.flatMap { if case .node(let node) = $0 { node } else { nil } }
    closed = isClosed ? inner : Set(groups)
    if !isClosed { while let now = node, let parent = tree.nodes[now].parent { node = parent } }
    relist(holding: node)
  }

  /// Lists anew; `node` stays chosen.
  private mutating func relist(holding node: Int?) {
    list()
    choose(row: node.flatMap { rows.firstIndex(of: .node($0)) } ?? chosen)
  }

  private mutating func list() {
    guard isFlat else {
      rows = tree.visible(closed: closed).map { .node($0) }
      return
    }
    var listed = Array(items.indices)
    if !pattern.isEmpty {
      // Of names that match about as well a matrix comes before its bias, whose name is shorter.
      let scored = listed.compactMap { index in
        pattern.score(items[index].folded).map { (index: index, score: $0 + (items[index].isMatrix ? 8 : 0)) }
      }
      listed = scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.map(\.index)
    }
    if let sorting, let column = ScanColumnCatalog.column(sorting.column) {
      let keys = items.indices.map { value(column, of: $0) }
      listed = sorted(listed, by: keys, isDescending: sorting.isDescending)
    }
    rows = listed.map { .item($0) }
  }

  /// What is not known comes last, whichever way it is sorted.
  private func sorted(_ listed: [Int], by keys: [ScanValue], isDescending: Bool) -> [Int] {
    let known = listed.filter { keys[$0] != .none }
    let unknown = listed.filter { keys[$0] == .none }
    return known.sorted { a, b in
      if keys[a] == keys[b] { return a < b }
      return isDescending ? keys[b] < keys[a] : keys[a] < keys[b]
    } + unknown
  }

  /// What `column` says of an item.
  package func value(_ column: ScanColumn, of item: Int) -> ScanValue {
    guard let entry = items[item].entry else { return .none }
    return column.value(entry, findings[item])
  }

  // MARK: What follows from a tensor

  /// Whether it is known what `item` can be taken apart into.
  func knowsParts(of item: Int) -> Bool { apart.contains(item) }

  /// Takes what `item` can be taken apart into: rows below its own, hidden at first.
  mutating func take(parts: [TensorEntry], of item: Int) {
    guard items.indices.contains(item), apart.insert(item).inserted, !parts.isEmpty else { return }
    let first = items.count
    items += parts.map { BrowserItem($0, isDerived: true) }
    findings += Array(repeating: nil, count: parts.count)
    let added = (first..<items.count).map { (index: $0, item: items[$0]) }
    // A row that already shows others stays as it is, with the parts below them.
    if tree.nodes[tree.node[item]].children.isEmpty { closed.insert(tree.node[item]) }
    tree.add(added, below: item, called: items[item].name)
    if !isFlat { relist(holding: chosenRow.flatMap { if case .node(let node) = $0 { node } else { nil } }) }
  }

  // MARK: What was found

  /// Takes what a scan tells.
  package mutating func take(_ events: [ScanEvent]) {
    for event in events {
      switch event {
      case .found(let index, let found, _):
        if findings.indices.contains(index) { findings[index] = found }
        scan.parts.remove(index)
      case .failed(let index, let sentence):
        failures[index] = sentence
        scan.parts.remove(index)
      case .progress(let done, let count): (scan.done, scan.count) = (done, count)
      case .finished: scan.state = .finished
      }
    }
    guard sorting != nil else { return }
    let held = chosenItem
    list()
    if let held, let row = rows.firstIndex(of: .item(held)) {
      // The chosen tensor stays where it is on the screen.
      let offset = chosen - top
      chosen = row
      top = max(0, min(rows.count - height, row - offset))
    }
  }

  /// The item whose parts it takes to show the chosen row.
  var wantsParts: Int? {
    guard view == .tensors, !isFlat, let item = chosenItem, items[item].isMatrix || items[item].isDerived,
      !knowsParts(of: item)
    else { return nil }
    return item
  }

  private static func summary(_ items: [BrowserItem]) -> String {
    let matrices = items.count(where: \.isMatrix)
    let refused = items.count { $0.entry == nil }
    let bytes = items.reduce(0.0) { $0 + Double($1.bytes ?? 0) }
    let types = Set(items.filter(\.isMatrix).map(\.type))
    var facts = ["\(NumberFormat.grouped(items.count)) \(items.count == 1 ? "tensor" : "tensors")"]
    if matrices != items.count {
      facts.append("\(NumberFormat.grouped(matrices)) \(matrices == 1 ? "matrix" : "matrices")")
    }
    if refused > 0 { facts.append("\(NumberFormat.grouped(refused)) unreadable") }
    facts.append(NumberFormat.count(items.reduce(0.0) { $0 + Double($1.parameters) }))
    if types.count <= 3 { facts += [types.sorted().joined(separator: ", ")].filter { !$0.isEmpty } }
    facts.append(NumberFormat.bytes(Int(min(bytes, 0x1p62))))
    return facts.joined(separator: " · ")
  }
}
