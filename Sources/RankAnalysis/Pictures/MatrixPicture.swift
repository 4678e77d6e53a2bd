import LinearAlgebra

/// The picture of A: the exact mean of the entries under each pixel, or the nearest entry where pixels outnumber them.
///
/// Sums are in f64.
///
/// - Throws: ``Cancelled`` when `control` says so, asked about every million entries.
/// - Complexity: one pass over A.
package func pooledPicture(
  of matrix: DenseMatrix, grid: PictureGrid, control: WorkControl
) throws(Cancelled) -> PooledPicture {
  let stored = matrix.storage.shape
  let cells = matrix.isStoredTransposed ? (grid.columns, grid.rows) : (grid.rows, grid.columns)
  let axes = (PoolingAxis(length: stored.rows, cells: cells.0), PoolingAxis(length: stored.columns, cells: cells.1))
  var unit = 1.0
  var means = try groupMeans(matrix.storage, axes.0, axes.1, unit: unit, control)
  if means.contains(where: { !$0.isFinite }) {
    // Sums of finite entries left the range of f64: take them in smaller units.
    unit = 0x1p+600
    means = try groupMeans(matrix.storage, axes.0, axes.1, unit: unit, control)
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

/// The mean of every (row group, column group) of the stored matrix in units of `unit`, column-major.
private func groupMeans(
  _ matrix: AnyMatrix, _ rows: PoolingAxis, _ columns: PoolingAxis, unit: Double, _ control: WorkControl
) throws(Cancelled) -> [Double] {
  switch matrix {
  case .float(let matrix): try groupMeans(matrix, rows, columns, unit: unit, control)
  case .double(let matrix): try groupMeans(matrix, rows, columns, unit: unit, control)
  }
}

private func groupMeans<Scalar: RealScalar>(
  _ matrix: Matrix<Scalar>, _ rows: PoolingAxis, _ columns: PoolingAxis, unit: Double, _ control: WorkControl
) throws(Cancelled) -> [Double] {
  var means = [Double](repeating: 0, count: rows.groups * columns.groups)
  var sinceCheck = 0
  for group in 0..<columns.groups {
    for column in columns.boundaries[group]..<columns.boundaries[group + 1] {
      means.withUnsafeMutableBufferPointer { sums in
        matrix.withEntries { entries in
          addGroupSums(
            UnsafeBufferPointer(rebasing: entries[column * matrix.rows..<(column + 1) * matrix.rows]), rows.boundaries,
            scale: 1 / unit,
            into: UnsafeMutableBufferPointer(rebasing: sums[group * rows.groups..<(group + 1) * rows.groups]))
        }
      }
      sinceCheck += matrix.rows
      if sinceCheck >= 1 << 20 {
        sinceCheck = 0
        try control.step(Double(column) / Double(matrix.columns))
      }
    }
    for row in 0..<rows.groups {
      means[row + group * rows.groups] /= Double(rows.size(row) * columns.size(group))
    }
  }
  return means
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
