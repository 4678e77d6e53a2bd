import Glibc

/// Where the singular values 1 … p stand on `width` columns: shared by the bars, the rules' ticks and the slider, so
/// that they always line up.
package struct IndexAxis: Hashable, Sendable {
  /// p.
  package let count: Int
  /// The columns of the plot. The slider has one more: its thumb for k = p.
  package let width: Int
  /// The first index of every column; `count + 1` ends the last one. Never decreasing.
  private let starts: [Int]

  /// An axis of `count` values on `width` columns.
  package init(count: Int, width: Int, logarithmic: Bool) {
    self.count = count
    self.width = max(1, width)
    let columns = self.width
    var starts = (0...columns).map { column -> Int in
      if logarithmic && count > 1 {
        return min(count, max(1, Int(exp(log(Double(count) + 1) * Double(column) / Double(columns)))))
      }
      return column * count / columns + 1
    }
    starts[columns] = count + 1
    self.starts = starts
  }

  /// The indices drawn in `column`: several when there are more values than columns; the same one in several columns
  /// when there are fewer.
  package func indices(in column: Int) -> ClosedRange<Int> {
    let first = starts[column]
    return first...max(first, starts[column + 1] - 1)
  }

  /// The first column that draws `index`, 1 … p.
  package func column(of index: Int) -> Int {
    var low = 0
    var high = width
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < index { low = middle + 1 } else { high = middle }
    }
    return low < width && starts[low] == index ? low : max(0, low - 1)
  }

  /// The column of the slider's thumb at rank k: beneath the first bar that is cut, or behind the last at k = p.
  package func thumb(at rank: Int) -> Int { rank >= count ? width : column(of: rank + 1) }

  /// The rank that puts the thumb at `column`.
  package func rank(at column: Int) -> Int {
    column >= width ? count : max(0, starts[max(0, column)] - 1)
  }
}
