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
  package internal(set) var items: [BrowserItem]
  /// The readable ones.
  package let entryCount: Int
  /// The stored ones: what follows from them comes after.
  package let storedCount: Int
  /// By the segments of their names.
  package internal(set) var tree: TensorTree
  /// By layer and role; nil where nothing repeats.
  package let map: LayerMap?
  /// What all of them come to: "104 tensors · 40 matrices · 22.7 M · f32 · 86.7 MiB".
  package internal(set) var summary: String
  /// The cells of the longest shape.
  package let shapeWidth: Int
  var longestName: Int
  private let longestLabel: Int
  /// The cells that names take at most, with what stands before them.
  package var nameWidth: Int { isFlat ? longestName : longestLabel }

  /// The rows of the list as it is shown.
  package internal(set) var rows: [Row] = []
  /// How many rows of a flat list are parts.
  package internal(set) var foundParts = 0
  /// The chosen row.
  package internal(set) var chosen = 0
  /// The first row on the screen.
  package internal(set) var top = 0
  /// The rows that there is room for.
  package internal(set) var height = 20

  /// What names must contain.
  package internal(set) var filter = ""
  /// The same, as it is matched.
  package internal(set) var pattern = FuzzyPattern("")
  /// What the list is sorted by; nil for the file's order.
  package internal(set) var sorting: Sorting?
  /// The nodes whose children are hidden.
  package internal(set) var closed: Set<Int>
  /// The ids of the columns that were asked for; nil for what fits.
  package var columns: [String]?

  /// The view to return to.
  package var view = ExplorerView.tensors
  /// The chosen cell of the map, and the part of it on the screen.
  package var cell = LayerMap.Cell()
  /// The id of the number in the map.
  package var number = "error_at_break_even"

  /// What was found of each item.
  package internal(set) var findings: [TensorFindings?]
  /// The items of which it is known what they can be taken apart into.
  var apart: Set<Int> = []
  /// How many parts those have that were too many to list.
  var unlisted: [Int: Int] = [:]
  /// How many experts each stack of them has.
  var experts: [Int: Int] = [:]
  /// Why nothing was found of an item.
  package internal(set) var failures: [Int: String] = [:]
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
    storedCount = items.count
    tree = TensorTree(items, separators: listing.isCollection ? ["/", ":"] : [".", "/"])
    map = listing.isCollection ? nil : LayerMap(items)
    summary = Self.summary(items[...], experts: [:])
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
    items.firstIndex { $0.entry?.name?.isExactly(name) == true }
      ?? items.firstIndex { $0.entry?.aliases.contains(name) == true }
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

  static func summary(_ items: ArraySlice<BrowserItem>, experts: [Int: Int]) -> String {
    let matrices = items.indices.count { items[$0].isMatrix && experts[$0] == nil }
    let refused = items.count { $0.entry == nil }
    let bytes = items.reduce(0.0) { $0 + Double($1.bytes ?? 0) }
    let types = Set(items.filter(\.isMatrix).map(\.type))
    var facts = ["\(NumberFormat.grouped(items.count)) \(items.count == 1 ? "tensor" : "tensors")"]
    if matrices != items.count {
      facts.append("\(NumberFormat.grouped(matrices)) \(matrices == 1 ? "matrix" : "matrices")")
    }
    if !experts.isEmpty {
      facts.append(experts.count == 1 ? "1 stack of experts" : "\(experts.count) stacks of experts")
    }
    if refused > 0 { facts.append("\(NumberFormat.grouped(refused)) unreadable") }
    facts.append(NumberFormat.count(items.reduce(0.0) { $0 + Double($1.parameters) }))
    if types.count <= 3 { facts += [types.sorted().joined(separator: ", ")].filter { !$0.isEmpty } }
    facts.append(NumberFormat.bytes(Int(min(bytes, 0x1p62))))
    return facts.joined(separator: " · ")
  }
}
