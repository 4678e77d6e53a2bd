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
  /// - Complexity: one pass over the entries, block by block.
  package init(of matrix: some EntryBlocks, channels: Int, control: WorkControl) throws(Cancelled) {
    let shape = Shape(matrix.shape.rows, matrix.shape.columns / channels)
    rows = PoolingAxis(length: shape.rows, cells: min(shape.rows, Self.blocks))
    columns = PoolingAxis(length: shape.columns, cells: min(shape.columns, Self.blocks))
    var blocks = [Double](repeating: 0, count: rows.groups * columns.groups)
    let (axes, isTransposed) = ((rows, columns), matrix.isStoredTransposed)
    // The last column of a block is compared with the first of the next.
    try matrix.forEachBlock(overlap: 1) { block throws(Cancelled) in
      switch block.entries {
      case .float(let entries):
        try Self.sum(entries, of: block.columns, isTransposed, axes.0, axes.1, into: &blocks, control)
      case .double(let entries):
        try Self.sum(entries, of: block.columns, isTransposed, axes.0, axes.1, into: &blocks, control)
      }
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

  /// Adds the differences of these columns, the first of which `matrix` begins with.
  private static func sum<Scalar: RealScalar>(
    _ matrix: Matrix<Scalar>, of range: Range<Int>, _ isTransposed: Bool, _ rows: PoolingAxis, _ columns: PoolingAxis,
    into blocks: inout [Double], _ control: WorkControl
  ) throws(Cancelled) {
    let (inner, outer) = isTransposed ? (columns, rows) : (rows, columns)
    let count = outer.boundaries.last ?? 0
    var group = 0
    for j in range.clamped(to: 0..<count) {
      if j % 256 == 0 { try control.token.check() }
      while j >= outer.boundaries[group + 1] { group += 1 }
      let hasNext = j + 1 < count
      let start = (j - range.lowerBound) * matrix.rows
      matrix.withEntries { entries in
        for part in 0..<inner.groups {
          var sum = 0.0
          let end = inner.boundaries[part + 1]
          for i in inner.boundaries[part]..<end {
            let value = Double(entries[i + start])
            if i + 1 < (inner.boundaries.last ?? 0) {
              let step = Double(entries[i + 1 + start]) - value
              sum += step * step
            }
            if hasNext {
              let step = Double(entries[i + start + matrix.rows]) - value
              sum += step * step
            }
          }
          blocks[isTransposed ? group * columns.groups + part : part * columns.groups + group] += sum
        }
      }
    }
  }
}
