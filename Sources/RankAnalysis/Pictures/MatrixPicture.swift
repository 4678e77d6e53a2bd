import LinearAlgebra

/// The picture of A: the exact mean of the entries under each pixel, or the nearest entry where pixels outnumber them.
///
/// Sums are in f64.
///
/// - Throws: ``Cancelled`` when `control` says so, asked about every million entries.
/// - Complexity: one pass over A; of a product of thin factors over those alone, and 2r flops a pixel.
package func pooledPicture(
  of matrix: some EntryBlocks, grid: PictureGrid, control: WorkControl
) throws(Cancelled) -> PooledPicture {
  let stored = matrix.storedShape
  let cells = matrix.isStoredTransposed ? (grid.columns, grid.rows) : (grid.rows, grid.columns)
  let axes = (PoolingAxis(length: stored.rows, cells: cells.0), PoolingAxis(length: stored.columns, cells: cells.1))
  let (means, unit) =
    if let factors = matrix.factors {
      (try groupMeans(factors, axes.0, axes.1, control), 1.0)
    } else {
      try finiteMeans(matrix, axes.0, axes.1, control)
    }
  let scale = pictureScale(largest: means.reduce(0) { max($0, abs($1)) } * unit)
  let values = means.map { Float($0 * (unit / scale)) }
  let height = axes.0.groups
  let pixels =
    matrix.isStoredTransposed
    ? expand(grid, rows: axes.1, columns: axes.0) { values[$1 + $0 * height] }
    : expand(grid, rows: axes.0, columns: axes.1) { values[$0 + $1 * height] }
  return PooledPicture(grid: grid, values: pixels, scale: scale)
}

/// The mean of every (row group, column group) of the product: that of L's rows times that of R's columns.
private func groupMeans(
  _ factors: ThinFactors, _ rows: PoolingAxis, _ columns: PoolingAxis, _ control: WorkControl
) throws(Cancelled) -> [Double] {
  let inner = PoolingAxis(length: factors.innerSide, cells: factors.innerSide)
  let left = try pooled(factors.left, rows, inner, control.part(0..<0.5))
  let right = try pooled(factors.right, inner, columns, control.part(0.5..<1))
  var product = left.means.multiplied(by: right.means)
  for factor in [left.unit, right.unit, factors.scale] where factor != 1 { product.scale(by: factor) }
  return product.withEntries { Array($0) }
}

/// The means of a factor's groups as a matrix of row groups × column groups, in units of `unit`.
private func pooled(
  _ factor: DenseMatrix, _ rows: PoolingAxis, _ columns: PoolingAxis, _ control: WorkControl
) throws(Cancelled) -> (means: Matrix<Double>, unit: Double) {
  let (height, width) = factor.isStoredTransposed ? (columns, rows) : (rows, columns)
  let (values, unit) = try finiteMeans(factor, height, width, control)
  let means = Matrix<Double>(Shape(height.groups, width.groups)) { _ = $0.update(fromContentsOf: values) }
  return (factor.isStoredTransposed ? means.transposed() : means, unit)
}

/// The mean of every (row group, column group) of the stored matrix, column-major, in units of `unit`: 1, unless sums of
/// finite entries leave the range of f64.
private func finiteMeans(
  _ matrix: some EntryBlocks, _ rows: PoolingAxis, _ columns: PoolingAxis, _ control: WorkControl
) throws(Cancelled) -> (means: [Double], unit: Double) {
  let means = try groupMeans(matrix, rows, columns, unit: 1, control)
  guard means.contains(where: { !$0.isFinite }) else { return (means, 1) }
  let unit = 0x1p+600
  return (try groupMeans(matrix, rows, columns, unit: unit, control), unit)
}

private func groupMeans(
  _ matrix: some EntryBlocks, _ rows: PoolingAxis, _ columns: PoolingAxis, unit: Double, _ control: WorkControl
) throws(Cancelled) -> [Double] {
  var means = [Double](repeating: 0, count: rows.groups * columns.groups)
  try matrix.forEachBlock { block throws(Cancelled) in
    switch block.entries {
    case .float(let entries): try addSums(entries, of: block.columns, rows, columns, unit: unit, to: &means, control)
    case .double(let entries): try addSums(entries, of: block.columns, rows, columns, unit: unit, to: &means, control)
    }
  }
  for group in 0..<columns.groups {
    for row in 0..<rows.groups {
      means[row + group * rows.groups] /= Double(rows.size(row) * columns.size(group))
    }
  }
  return means
}

/// Adds the entries of these columns, the first of which `matrix` begins with, to the sums of their groups.
private func addSums<Scalar: RealScalar>(
  _ matrix: Matrix<Scalar>, of range: Range<Int>, _ rows: PoolingAxis, _ columns: PoolingAxis, unit: Double,
  to means: inout [Double], _ control: WorkControl
) throws(Cancelled) {
  var sinceCheck = 0
  for segment in columns.segments(of: range) {
    let group = segment.group
    for column in segment.range {
      means.withUnsafeMutableBufferPointer { sums in
        matrix.withEntries { entries in
          let start = (column - range.lowerBound) * matrix.rows
          addGroupSums(
            UnsafeBufferPointer(rebasing: entries[start..<start + matrix.rows]), rows.boundaries, scale: 1 / unit,
            into: UnsafeMutableBufferPointer(rebasing: sums[group * rows.groups..<(group + 1) * rows.groups]))
        }
      }
      sinceCheck += matrix.rows
      if sinceCheck >= 1 << 20 {
        sinceCheck = 0
        try control.step(Double(column) / Double(columns.boundaries.last ?? 1))
      }
    }
  }
}

/// Adds the scaled sum of each group of `entries` to `sums`.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
func addGroupSums<Scalar: RealScalar>(
  _ entries: UnsafeBufferPointer<Scalar>, _ boundaries: [Int], scale: Double,
  into sums: UnsafeMutableBufferPointer<Double>
) {
  for group in sums.indices {
    var start = boundaries[group]
    let end = boundaries[group + 1]
    var lanes = SIMD4<Double>.zero
    while start + 4 <= end {
      lanes +=
        SIMD4(
          Double(entries[start]), Double(entries[start + 1]), Double(entries[start + 2]), Double(entries[start + 3]))
        * scale
      start += 4
    }
    var sum = lanes.sum()
    while start < end {
      sum += Double(entries[start]) * scale
      start += 1
    }
    sums[group] += sum
  }
}
