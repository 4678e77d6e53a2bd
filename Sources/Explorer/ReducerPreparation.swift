import MatrixFiles
import Preparation
import RankAnalysis

extension ExplorerState {
  /// Reads and prepares the matrix another way, if that is another way.
  mutating func prepare(_ change: PreparationChange) -> [Effect] {
    guard canBePrepared else { return [] }
    var next = preparation
    switch change {
    case .nextCentering:
      let all = Centering.allCases
      next.centering = all[((all.firstIndex(of: next.centering) ?? 0) + 1) % all.count]
    case .toggleStandardized:
      let isStandardized = next.centering == .columns && next.scaling == .columns
      next.centering = isStandardized ? .none : .columns
      next.scaling = isStandardized ? .none : .columns
    case .toggleTransposed: next.isTransposed.toggle()
    case .nextChannel:
      guard info?.isPicture ?? true else {
        notice = Notice("this is no picture: it has no channels", until: now + 4)
        return []
      }
      let all = PictureChannel.allCases
      next.reading.channel = all[((all.firstIndex(of: next.reading.channel) ?? 0) + 1) % all.count]
    case .nextView:
      guard let view = entry.flatMap(next.reading.view.next) else {
        notice = Notice("only a tensor of more than two axes has other views", until: now + 4)
        return []
      }
      next.reading.view = view
    case .stepSlice(let step):
      guard let view = entry.flatMap({ next.reading.view.stepping(by: step, in: $0) }) else {
        notice = Notice("no slice is shown: V or :slice goes to one of a tensor of more than two axes", until: now + 4)
        return []
      }
      if view == next.reading.view {
        notice = Notice("this is the \(step > 0 ? "last" : "first") slice", until: now + 4)
      }
      next.reading.view = view
    case .dropIdentifiers:
      guard let list = identifierColumns else {
        notice = Notice("no column numbers the rows", until: now + 4)
        return []
      }
      next.dropped = list
    case .set(let wanted): next = wanted
    }
    guard next != preparation else { return [] }
    // Where rows and columns change their meaning, ranks and layers do too.
    if next.reading.view != preparation.reading.view && !next.reading.view.isSlice(like: preparation.reading.view)
      || next.columns != preparation.columns
      || next.dropped != preparation.dropped || next.reading.label != preparation.reading.label
    {
      isRankChosen = false
      mark = nil
    }
    preparation = next
    return reopen()
  }

  /// Whether there is a matrix to make ready another way: one that was read, or could not be read as it was asked for.
  var canBePrepared: Bool { info != nil || entry != nil || overlay != nil || failure != nil || isCancelled }

  /// The columns that number the rows, and those that were dropped before.
  private var identifierColumns: ColumnList? {
    let names = info?.advice.compactMap { advice in
      if case .idLike(let names) = advice { names } else { nil }
    }.joined()
    guard let names, !names.isEmpty else { return nil }
    return ColumnList((([preparation.dropped?.description].compactMap { $0 }) + names).joined(separator: ","))
  }

  /// What the table's columns call for, with the key that does it.
  var adviceNotice: Notice? {
    guard let advice = info?.advice.first else { return nil }
    return switch advice {
    case .unequalScales(let ratio, _, _):
      Notice("column scales differ by \(NumberFormat.grouped(Int(ratio.rounded()))) ×: N centres and scales them")
    case .idLike: Notice(advice.sentence + ": X leaves \(advice.isPlural ? "them" : "it") out")
    }
  }
}

extension TableAdvice {
  fileprivate var isPlural: Bool {
    if case .idLike(let names) = self { names.count > 1 } else { false }
  }
}
