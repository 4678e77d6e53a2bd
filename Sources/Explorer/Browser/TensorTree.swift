/// The tensors of a file by the segments of their names: groups, and tensors that may hold others.
///
/// A chain of groups with one child each is one group, "encoder.layer". Where a group holds one matrix and otherwise
/// vectors, as a layer's weight and bias do, it is the matrix's row and the others lie below it. Children stand in the
/// file's order, numbers in their own.
package struct TensorTree: Sendable {
  /// A group, a tensor, or both.
  package struct Node: Sendable {
    /// What of the name stands in its row: "encoder.layer", "query.weight".
    package var label: String
    /// The tensor of its row; nil for a group.
    package var item: Int?
    /// The node above; nil for the first ones.
    package var parent: Int?
    /// How many nodes lie above.
    package var depth = 0
    /// The nodes below, in their order.
    package var children: [Int] = []
    /// The tensors at and below it.
    package var tensors = 0
    /// The matrices among them.
    package var matrices = 0
    /// The elements of all of them.
    package var parameters = 0
    /// The first characters of the label that all rows beside it begin with, too, up to the end of a word: what can be
    /// left out first.
    package var shared = 0
  }

  /// The nodes; a node comes before those below it.
  package private(set) var nodes: [Node] = []
  /// The nodes at the left edge.
  package private(set) var roots: [Int] = []
  /// The node that shows each item.
  package private(set) var node: [Int] = []

  /// The tree of `items`, whose names break at `separators`.
  package init(_ items: [BrowserItem], separators: Set<Character> = [".", "/"]) {
    let root = Branch()
    for (index, item) in items.enumerated() {
      var branch = root
      for segment in Self.segments(item.name, separators) { branch = branch.child(segment) }
      branch.take(index)
    }
    node = Array(repeating: 0, count: items.count)
    roots = root.ordered.map { add($0, prefix: "", parent: nil, items) }
    findShared(roots)
    for index in nodes.indices { findShared(nodes[index].children) }
    for index in nodes.indices.reversed() {
      if let item = nodes[index].item {
        nodes[index].tensors += 1
        nodes[index].matrices += items[item].isMatrix ? 1 : 0
        nodes[index].parameters = sum(nodes[index].parameters, items[item].parameters)
      }
      if let parent = nodes[index].parent {
        nodes[parent].tensors += nodes[index].tensors
        nodes[parent].matrices += nodes[index].matrices
        nodes[parent].parameters = sum(nodes[parent].parameters, nodes[index].parameters)
      }
    }
  }

  /// Finds what the labels of `siblings` begin with.
  private mutating func findShared(_ siblings: [Int]) {
    guard siblings.count > 1, let first = siblings.first else { return }
    var shared = Array(nodes[first].label)
    for node in siblings {
      let same = zip(shared, nodes[node].label).prefix { $0 == $1 }.count
      shared.removeLast(shared.count - same)
    }
    while let last = shared.last, last.isLetter || last.isNumber { shared.removeLast() }
    for node in siblings { nodes[node].shared = shared.count }
  }

  /// Adds a row for `item`, the next one, below that of `other`.
  mutating func add(_ item: BrowserItem, _ index: Int, labelled label: String, below other: Int) {
    let parent = node[other]
    nodes.append(
      Node(
        label: label, item: index, parent: parent, depth: nodes[parent].depth + 1, tensors: 1,
        parameters: item.parameters))
    nodes[parent].children.append(nodes.count - 1)
    nodes[parent].tensors += 1
    node.append(nodes.count - 1)
  }

  /// The nodes that are closed at first: groups without a matrix, and tensors that hold others.
  package var closedAtFirst: Set<Int> {
    Set(nodes.indices.filter { !nodes[$0].children.isEmpty && (nodes[$0].item != nil || nodes[$0].matrices == 0) })
  }

  /// The nodes that can be closed.
  package var groups: [Int] { nodes.indices.filter { !nodes[$0].children.isEmpty } }

  /// The nodes that are seen while `closed` are closed, from top to bottom.
  package func visible(closed: Set<Int>) -> [Int] {
    var seen: [Int] = []
    var waiting = Array(roots.reversed())
    while let next = waiting.popLast() {
      seen.append(next)
      if !closed.contains(next) { waiting += nodes[next].children.reversed() }
    }
    return seen
  }

  /// Adds what lies at and below `branch`; returns its node.
  private mutating func add(_ branch: Branch, prefix: String, parent: Int?, _ items: [BrowserItem]) -> Int {
    let label = prefix + branch.label
    let children = branch.ordered
    if branch.items.isEmpty, children.count == 1, let only = children.first {
      return add(only, prefix: label, parent: parent, items)
    }
    // A weight stands for its group.
    let lead = branch.items.isEmpty ? Self.lead(of: children, items) : nil
    let own = lead.map { children[$0] } ?? branch
    let index = nodes.count
    let text = lead == nil ? label : label + own.label
    nodes.append(
      Node(label: parent == nil ? text : Self.withoutSeparator(text), item: own.items.first, parent: parent))
    nodes[index].depth = parent.map { nodes[$0].depth + 1 } ?? 0
    for item in own.items { node[item] = index }
    var below: [Int] = []
    // A name that stands twice has two rows.
    for item in own.items.dropFirst() { below.append(addTwin(of: index, item)) }
    for (place, child) in children.enumerated() where place != lead {
      below.append(add(child, prefix: "", parent: index, items))
    }
    nodes[index].children = below
    return index
  }

  private mutating func addTwin(of index: Int, _ item: Int) -> Int {
    nodes.append(Node(label: nodes[index].label, item: item, parent: index, depth: nodes[index].depth + 1))
    node[item] = nodes.count - 1
    return nodes.count - 1
  }

  /// The one matrix among `branches`, all of which are tensors.
  private static func lead(of branches: [Branch], _ items: [BrowserItem]) -> Int? {
    guard branches.allSatisfy({ $0.children.isEmpty && $0.items.count == 1 }) else { return nil }
    let matrices = branches.indices.filter { items[branches[$0].items[0]].isMatrix }
    guard let lead = matrices.first, matrices.count == 1 else { return nil }
    let others = branches.indices.filter { $0 != lead }.map { items[branches[$0].items[0]].entry?.axes.count }
    return others.allSatisfy { $0.map { $0 <= 1 } ?? false } ? lead : nil
  }

  /// A name may claim any depth: what follows so many segments is one.
  private static let depthLimit = 32

  /// `name` in segments, each with the separator before it.
  private static func segments(_ name: String, _ separators: Set<Character>) -> [String] {
    var segments: [String] = []
    var segment = ""
    for character in name {
      if separators.contains(character), !segment.isEmpty, segments.count < depthLimit - 1 {
        segments.append(segment)
        segment = ""
      }
      segment.append(character)
    }
    return segments + [segment]
  }

  /// A segment without the separator before it.
  fileprivate static func withoutSeparator(_ label: String) -> String {
    guard label.count > 1, let first = label.first, [".", "/", ":"].contains(first) else { return label }
    return String(label.dropFirst())
  }

  /// Names from a file may claim any shape.
  private func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflows) = a.addingReportingOverflow(b)
    return overflows ? .max : sum
  }
}

/// A segment while the tree is built.
private final class Branch {
  /// The segment with the separator before it.
  let label: String
  private(set) var items: [Int] = []
  private(set) var children: [Branch] = []
  private var places: [String: Int] = [:]

  init(_ label: String = "") { self.label = label }

  func take(_ item: Int) { items.append(item) }

  func child(_ segment: String) -> Branch {
    if let place = places[segment] { return children[place] }
    places[segment] = children.count
    children.append(Branch(segment))
    return children[children.count - 1]
  }

  /// The children; where all are numbers, in the order of the numbers.
  var ordered: [Branch] {
    let numbers = children.map { Int(TensorTree.withoutSeparator($0.label)) }
    guard numbers.allSatisfy({ $0 != nil }) else { return children }
    return children.indices.sorted { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) }.map { children[$0] }
  }
}
