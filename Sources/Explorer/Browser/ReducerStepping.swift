import RankAnalysis

// From one tensor to the next inside the explorer.
extension ExplorerState {
  /// Opens the tensor after (+1) or before (−1) this one, in the order of the list or map it was opened from; k keeps what
  /// ``keeping`` says.
  mutating func stepTensor(_ step: Int) -> [Effect] {
    guard var browser, let opened = browser.opened else {
      notice = Notice("there is no list of tensors to step through", until: now + 4)
      return []
    }
    let order = browser.order
    guard let index = order.firstIndex(of: opened), order.indices.contains(index + step) else {
      let place = step > 0 ? "last" : "first"
      notice = Notice(
        order.count == 1 ? "the only matrix of the list" : "the \(place) matrix of the list", until: now + 6)
      return []
    }
    let (before, shown) = (carriedRank, view)
    browser.choose(item: order[index + step])
    browser.map?.reveal(&browser.cell)
    let wasChosen = isRankChosen
    let effects = open(item: order[index + step], &browser)
    view = shown
    carried = before
    isRankChosen = wasChosen
    return effects
  }

  /// What the next tensor's rank is to keep: what was carried here, unless the slider was moved since; nothing where the
  /// slider stands where it starts at everywhere.
  private var carriedRank: KeptRank? {
    if let carried, carried.quantity == keeping { return carried }
    guard let spectrum, isRankChosen || keeping != .error else { return nil }
    return KeptRank(keeping, rank: rank, in: spectrum)
  }

  /// Sets the rank that keeps what is carried, in a spectrum that has just arrived; whether there was something.
  mutating func carryRank(to spectrum: SolvedSpectrum) -> Bool {
    guard let carried else { return false }
    isRankChosen = true
    rank = carried.rank(in: spectrum)
    notice = Notice(
      "k = \(NumberFormat.grouped(rank)) keeps \(carried.text); K keeps \(keeping.next.title)", until: now + 12)
    return true
  }

  /// The next quantity to keep, around.
  mutating func keep(_ quantity: KeptQuantity) {
    keeping = quantity
    carried = nil
    notice = Notice("from tensor to tensor, k keeps \(quantity.title)", until: now + 6)
  }
}

extension Browser {
  /// The matrices in the order in which they are stepped through: as they are listed, or as they stand in the map. From a
  /// part or head of one the others are steps, too.
  var order: [Int] {
    switch view {
    case .layerMap: return map?.items ?? []
    case .layerSpectra: return map?.items(role: cell.column) ?? []
    default:
      let isPart = opened.map { items[$0].isDerived } ?? false
      return rows.compactMap(item).filter { items[$0].isMatrix || $0 == opened || isPart && items[$0].isDerived }
    }
  }
}
