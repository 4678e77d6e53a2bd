// Keys in the list and in the map.
extension Browser {
  /// Whether → opens the explorer: on a tensor that has nothing below it to show.
  var opensRight: Bool {
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
