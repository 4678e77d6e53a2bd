import Glibc

/// Where the ranks 0 … K stand on the columns of a plot of curves: each at a point, 0 at the first column and K at the last.
struct RankAxis: Hashable, Sendable {
  /// K.
  let largest: Int
  /// The columns.
  let width: Int
  /// Whether low ranks take more room.
  let isLogarithmic: Bool

  /// An axis of the ranks up to `largest` on `width` columns.
  init(largest: Int, width: Int, logarithmic: Bool) {
    self.largest = max(0, largest)
    self.width = max(1, width)
    isLogarithmic = logarithmic
  }

  /// 0 … 1 from the first to the last column.
  func position(of rank: Double) -> Double {
    guard largest > 0 else { return 0 }
    let position = isLogarithmic ? log(rank + 1) / log(Double(largest) + 1) : rank / Double(largest)
    return max(0, min(1, position))
  }

  /// The rank, not always a whole one, at a position of 0 … 1.
  func rank(at position: Double) -> Double {
    isLogarithmic ? exp(position * log(Double(largest) + 1)) - 1 : position * Double(largest)
  }

  /// The column of `rank`; those beyond the largest stand at the last.
  func column(of rank: Int) -> Int { Int((position(of: Double(rank)) * Double(width - 1)).rounded()) }

  /// The rank nearest to what stands at `column`.
  func rank(atColumn column: Int) -> Int {
    guard width > 1 else { return 0 }
    let rank = rank(at: Double(max(0, min(width - 1, column))) / Double(width - 1))
    return max(0, min(largest, Int(rank.rounded())))
  }
}
