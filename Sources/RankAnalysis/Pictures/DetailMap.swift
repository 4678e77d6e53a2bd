import LinearAlgebra

/// Where in a picture neighbouring entries differ most: Σ (differences to the right and below)² on a coarse grid.
package struct DetailMap: Sendable {
  private let rows: PoolingAxis
  private let columns: PoolingAxis
  /// Sums over all blocks above and to the left: one row and column more than there are blocks.
  private let sums: [Double]

  /// The blocks a side of the coarse grid, where the matrix has so many entries.
  private static let blocks = 64

  /// Looks at the first channel of `matrix`.
  ///
  /// - Throws: ``Cancelled`` when `control` says so.
  /// - Complexity: one pass over the entries.
  package init(of matrix: DenseMatrix, channels: Int, control: WorkControl) throws(Cancelled) {
    let shape = Shape(matrix.shape.rows, matrix.shape.columns / channels)
    rows = PoolingAxis(length: shape.rows, cells: min(shape.rows, Self.blocks))
    columns = PoolingAxis(length: shape.columns, cells: min(shape.columns, Self.blocks))
    var blocks = [Double](repeating: 0, count: rows.groups * columns.groups)
    switch matrix.storage {
    case .float(let entries):
      try Self.sum(entries, isTransposed: matrix.isStoredTransposed, rows, columns, into: &blocks, control)
    case .double(let entries):
      try Self.sum(entries, isTransposed: matrix.isStoredTransposed, rows, columns, into: &blocks, control)
    }
    let width = columns.groups + 1
    var sums = [Double](repeating: 0, count: (rows.groups + 1) * width)
    for i in 0..<rows.groups {
      for j in 0..<columns.groups {
        sums[(i + 1) * width + j + 1] =
          blocks[i * columns.groups + j] + sums[i * width + j + 1] + sums[(i + 1) * width + j] - sums[i * width + j]
      }
    }
    self.sums = sums
  }

  /// The window of `height` × `width` entries in which the differences are largest; the whole where it is no larger.
  package func strongest(height: Int, width: Int) -> EntryWindow {
    let (m, n) = (rows.boundaries.last ?? 0, columns.boundaries.last ?? 0)
    guard height < m || width < n, m > 0, n > 0 else { return EntryWindow(rows: 0..<m, columns: 0..<n) }
    let (tall, wide) = (min(height, m), min(width, n))
    // In blocks, at least one.
    let blockRows = max(1, min(rows.groups, tall * rows.groups / m))
    let blockColumns = max(1, min(columns.groups, wide * columns.groups / n))
    var best = (row: 0, column: 0, sum: -1.0)
    for row in 0...(rows.groups - blockRows) {
      for column in 0...(columns.groups - blockColumns) {
        let sum = self.sum(row..<row + blockRows, column..<column + blockColumns)
        if sum > best.sum { best = (row, column, sum) }
      }
    }
    let first = min(rows.boundaries[best.row], m - tall)
    let left = min(columns.boundaries[best.column], n - wide)
    return EntryWindow(rows: first..<first + tall, columns: left..<left + wide)
  }

  private func sum(_ rowRange: Range<Int>, _ columnRange: Range<Int>) -> Double {
    let width = columns.groups + 1
    func at(_ row: Int, _ column: Int) -> Double { sums[row * width + column] }
    return at(rowRange.upperBound, columnRange.upperBound) - at(rowRange.lowerBound, columnRange.upperBound)
      - at(rowRange.upperBound, columnRange.lowerBound) + at(rowRange.lowerBound, columnRange.lowerBound)
  }

  private static func sum<Scalar: RealScalar>(
    _ matrix: Matrix<Scalar>, isTransposed: Bool, _ rows: PoolingAxis, _ columns: PoolingAxis,
    into blocks: inout [Double], _ control: WorkControl
  ) throws(Cancelled) {
    let (inner, outer) = isTransposed ? (columns, rows) : (rows, columns)
    var group = 0
    for j in 0..<(outer.boundaries.last ?? 0) {
      if j % 256 == 0 { try control.token.check() }
      while j >= outer.boundaries[group + 1] { group += 1 }
      let hasNext = j + 1 < (outer.boundaries.last ?? 0)
      matrix.withEntries { entries in
        for part in 0..<inner.groups {
          var sum = 0.0
          let end = inner.boundaries[part + 1]
          for i in inner.boundaries[part]..<end {
            let value = Double(entries[i + j * matrix.rows])
            if i + 1 < (inner.boundaries.last ?? 0) {
              let step = Double(entries[i + 1 + j * matrix.rows]) - value
              sum += step * step
            }
            if hasNext {
              let step = Double(entries[i + (j + 1) * matrix.rows]) - value
              sum += step * step
            }
          }
          blocks[isTransposed ? group * columns.groups + part : part * columns.groups + group] += sum
        }
      }
    }
  }
}
