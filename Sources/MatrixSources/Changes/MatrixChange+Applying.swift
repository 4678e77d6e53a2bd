import Glibc
import LinearAlgebra
import MatrixFiles

extension MatrixChange {
  /// What becomes of `matrix` and the names of its rows and columns. Seeded: the same on every machine.
  ///
  /// - Complexity: a pass over the entries.
  func apply(to matrix: inout Matrix<Double>, _ labels: inout AxisLabels) throws(ChangeError) {
    let shape = matrix.shape
    guard shape.count > 0 else { return }
    switch self {
    case .shuffle(.rows, let seed):
      select(rows: order(shape.rows, seed), columns: Array(0..<shape.columns), of: &matrix, &labels)
    case .shuffle(.columns, let seed):
      select(rows: Array(0..<shape.rows), columns: order(shape.columns, seed), of: &matrix, &labels)
    case .shuffle(.entries, let seed): matrix = matrix.shuffled(seed: seed)
    case .shift(let rows, let columns):
      func moved(_ count: Int, by step: Int) -> [Int] {
        (0..<count).map { index in ((index - step) % count + count) % count }
      }
      select(
        rows: moved(shape.rows, by: rows), columns: moved(shape.columns, by: columns), of: &matrix, &labels)
    case .noise(let sigma, let seed):
      var generator = SeededGenerator(seed: seed)
      matrix.withMutableEntries { for index in $0.indices { $0[index] += sigma * generator.gaussian() } }
    case .outlier(let factor, let count, let seed):
      let value = factor * EntrySummary(matrix).largestMagnitude
      let places = order(shape.count, seed).prefix(count)
      matrix.withMutableEntries { for place in places { $0[place] = value } }
    case .blank(let share, let seed):
      let places = order(shape.count, seed).prefix(Int((share * Double(shape.count)).rounded()))
      matrix.withMutableEntries { for place in places { $0[place] = 0 } }
    case .add(let number): matrix.withMutableEntries { for index in $0.indices { $0[index] += number } }
    case .multiply(let factor, let column):
      if let column, !(1...shape.columns).contains(column) {
        throw ChangeError("there is no column \(column): there are \(shape.columns)")
      }
      matrix.withMutableEntries { entries in
        let changed = column.map { ($0 - 1) * shape.rows..<$0 * shape.rows } ?? entries.indices
        for index in changed { entries[index] *= factor }
      }
    case .diagonal(let number): for index in 0..<shape.shortSide { matrix[index, index] += number }
    case .log:
      guard EntrySummary(matrix).minimum > -1 else { throw ChangeError("log(1 + x) needs entries above −1") }
      matrix.withMutableEntries { for index in $0.indices { $0[index] = log1p($0[index]) } }
    case .round: matrix.withMutableEntries { for index in $0.indices { $0[index].round() } }
    case .crop(let rows, let columns):
      let (rows, columns) = (rows ?? 1...shape.rows, columns ?? 1...shape.columns)
      guard rows.upperBound <= shape.rows, columns.upperBound <= shape.columns else {
        throw ChangeError("there are \(shape.rows) rows and \(shape.columns) columns to crop from")
      }
      select(
        rows: Array(rows.lowerBound - 1..<rows.upperBound), columns: Array(columns.lowerBound - 1..<columns.upperBound),
        of: &matrix, &labels)
    case .transpose:
      matrix = matrix.transposed()
      labels = AxisLabels(rows: labels.columns, columns: labels.rows)
    }
  }

  private func select(
    rows: [Int], columns: [Int], of matrix: inout Matrix<Double>, _ labels: inout AxisLabels
  ) {
    func names(_ all: [String], _ places: [Int], of count: Int) -> [String] {
      all.count == count ? places.map { all[$0] } : []
    }
    labels = AxisLabels(
      rows: names(labels.rows, rows, of: matrix.rows), columns: names(labels.columns, columns, of: matrix.columns))
    matrix = matrix.selecting(rows: rows, columns: columns)
  }

  /// 0 ..< `count` in a random order.
  private func order(_ count: Int, _ seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    var places = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) { places.swapAt(last, generator.index(below: last + 1)) }
    return places
  }
}
