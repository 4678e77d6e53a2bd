import MatrixFiles

// What follows from the stored tensors.
extension Browser {
  /// Whether it is known what `item` can be taken apart into.
  func knowsParts(of item: Int) -> Bool { apart.contains(item) }

  /// How many parts `item` has that have no rows yet.
  package func unlistedParts(of item: Int) -> Int { unlisted[item] ?? 0 }

  /// How many experts are stacked in `item`, where it is a stack of them: no matrix, but a matrix each.
  package func expertCount(of item: Int) -> Int? { experts[item] }

  /// The item that `item` follows from; nil for a stored tensor.
  func origin(of item: Int) -> Int? {
    items[item].isDerived ? tree.nodes[tree.node[item]].parent.flatMap { tree.nodes[$0].item } : nil
  }

  /// Takes what `item` can be taken apart into: rows below its own, hidden at first.
  mutating func take(parts: [TensorEntry], of item: Int) {
    guard items.indices.contains(item), !knowsParts(of: item) else { return }
    add(PartsOutline.parts(parts, below: items[item].name), below: item)
    unlisted[item] = nil
    if !isFlat { relist() }
  }

  /// Takes what all of the tensors can be taken apart into.
  package mutating func take(_ outline: PartsOutline) {
    for (item, parts) in outline.parts where items.indices.contains(item) && !knowsParts(of: item) {
      add(parts, below: item)
      // What a part has in turn came with it.
      apart.formUnion(items.count - parts.reduce(0) { $0 + 1 + $1.parts.count }..<items.count)
    }
    unlisted = outline.unlisted.filter { !knowsParts(of: $0.key) }
    experts = outline.experts
    longestName = max(longestName, outline.longestName)
    summary = Self.summary(items[..<storedCount], experts: experts)
    relist()
  }

  private mutating func add(_ parts: [PartsOutline.Part], below item: Int) {
    apart.insert(item)
    guard !parts.isEmpty else { return }
    // A row that already shows others stays as it is, with the parts below them.
    if tree.nodes[tree.node[item]].children.isEmpty { closed.insert(tree.node[item]) }
    for part in parts {
      items.append(part.item)
      findings.append(nil)
      let index = items.count - 1
      tree.add(part.item, index, labelled: part.label, below: item)
      if !part.parts.isEmpty { add(part.parts, below: index) }
    }
  }

  /// The item whose parts it takes to show the chosen row.
  var wantsParts: Int? {
    guard view == .tensors, !isFlat, let item = chosenItem, items[item].isMatrix || items[item].isDerived,
      !knowsParts(of: item)
    else { return nil }
    return item
  }
}
