// What is chosen, and what of the list is on the screen.
extension Browser {
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

  /// Lists anew; the chosen row stays, and where it was on the screen.
  mutating func relist() {
    let (held, offset) = (chosenRow, chosen - top)
    list()
    guard let held, let row = rows.firstIndex(of: held) else { return choose(row: chosen) }
    chosen = row
    top = max(0, min(rows.count - height, row - offset))
  }
}
