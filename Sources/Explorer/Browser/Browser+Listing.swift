import Checkpoints

// Which rows there are, and in which order.
extension Browser {
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

  mutating func list() {
    guard isFlat else {
      rows = tree.visible(closed: closed).map { .node($0) }
      foundParts = 0
      return
    }
    // Where nothing is searched for, parts stand in the tree; those that were looked at have something to be sorted by.
    var listed = pattern.isEmpty ? items.indices.filter { !items[$0].isDerived || findings[$0] != nil } : matching
    if let sorting, let column = ScanColumnCatalog.column(sorting.column) {
      var keys = Array(repeating: ScanValue.none, count: items.count)
      for item in listed { keys[item] = value(column, of: item) }
      listed = sorted(listed, by: keys, isDescending: sorting.isDescending)
    }
    rows = listed.map { .item($0) }
    foundParts = listed.count { $0 >= storedCount }
  }

  /// More parts than this that match alike stand in the file's order, below everything else.
  private static let scoredParts = 256

  /// The items that match what is searched for, best first. A part is one where the tensor that it follows from is not:
  /// whoever searches for a weight does not mean all of its heads.
  private var matching: [Int] {
    var isMatching = items[..<storedCount].map { pattern.matches($0.folded) }
    var scored = isMatching.indices.filter { isMatching[$0] }
    var parts: [Int] = []
    for item in storedCount..<items.count {
      let isFollowing = origin(of: item).map { isMatching[$0] } ?? false
      isMatching.append(isFollowing || pattern.matches(items[item].folded))
      if !isFollowing, isMatching[item] { parts.append(item) }
    }
    if parts.count <= Self.scoredParts {
      scored += parts
      parts = []
    }
    // Of names that match about as well a matrix comes before its bias, whose name is shorter.
    let scores = scored.map { (item: $0, score: (pattern.score(items[$0].folded) ?? 0) + (items[$0].isMatrix ? 8 : 0)) }
    return scores.sorted { ($1.score, $0.item) < ($0.score, $1.item) }.map(\.item) + parts
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
}
