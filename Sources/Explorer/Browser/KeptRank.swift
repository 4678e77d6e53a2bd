import RankAnalysis

/// What stays when one tensor is exchanged for the next.
package enum KeptQuantity: String, Hashable, Sendable, CaseIterable {
  /// k itself.
  case rank
  /// k over the break-even rank.
  case share
  /// The relative Frobenius error at k.
  case error
  /// The share of the energy that k keeps.
  case energy

  /// The quantity after this one, around.
  package var next: KeptQuantity {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  /// What is kept, in words.
  package var title: String {
    switch self {
    case .rank: "the rank"
    case .share: "the share of break-even"
    case .error: "the error"
    case .energy: "the energy"
    }
  }
}

/// A rank as it is carried from one spectrum to another.
package struct KeptRank: Hashable, Sendable {
  /// What is carried.
  package let quantity: KeptQuantity
  /// Its value: a rank, or a share of one.
  package let value: Double

  /// Carries `quantity` of `rank` in `spectrum`.
  package init(_ quantity: KeptQuantity, rank: Int, in spectrum: SolvedSpectrum) {
    self.quantity = quantity
    value =
      switch quantity {
      case .rank: Double(rank)
      case .share: Double(rank) / Double(max(1, spectrum.costs.breakEvenRank))
      case .error: spectrum.analysis.relativeFrobeniusError(rank: rank).upper
      case .energy: spectrum.analysis.energy(rank: rank).lower
      }
  }

  /// The rank that keeps it in `spectrum`: the smallest that is certainly as good, at most the full one.
  package func rank(in spectrum: SolvedSpectrum) -> Int {
    let full = spectrum.count
    func smallest(_ isEnough: (Int) -> Bool) -> Int {
      var (low, high) = (0, full)
      while low < high {
        let middle = (low + high) / 2
        if isEnough(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    switch quantity {
    case .rank: return max(0, min(full, Int(value)))
    case .share: return max(0, min(full, Int((value * Double(spectrum.costs.breakEvenRank)).rounded())))
    case .error: return smallest { spectrum.analysis.relativeFrobeniusError(rank: $0).upper <= value * (1 + 1e-9) }
    case .energy: return smallest { spectrum.analysis.energy(rank: $0).lower >= value * (1 - 1e-12) }
    }
  }

  /// What is carried, with its value: "error 9.98 %".
  package var text: String {
    switch quantity {
    case .rank: "rank \(NumberFormat.grouped(Int(value)))"
    case .share: "share of break-even \(NumberFormat.percent(Bounded(value), digits: 3))"
    case .error: "error \(NumberFormat.percent(Bounded(value), digits: 3))"
    case .energy: "energy \(NumberFormat.percent(Bounded(value), digits: 4))"
    }
  }
}
