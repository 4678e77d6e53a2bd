import LinearAlgebra

/// A as a picture: the mean of the entries behind every pixel.
///
/// One pass over the entries, in f64; cancellable.
package func pooledPicture(
  of matrix: DenseMatrix, grid: PictureGrid, control: WorkControl
) throws(Cancelled) -> PooledPicture {
  guard matrix.shape.count > 0 else {
    return PooledPicture(grid: grid, values: Array(repeating: 0, count: grid.rows * grid.columns))
  }
  let stored = matrix.isStoredTransposed ? PictureGrid(rows: grid.columns, columns: grid.rows) : grid
  let rows = PixelRuns(length: matrix.storage.shape.rows, pixels: stored.rows)
  let columns = PixelRuns(length: matrix.storage.shape.columns, pixels: stored.columns)
  var means = [Double](repeating: 0, count: rows.count * columns.count)
  for run in 0..<columns.count {
    try control.step(Double(run) / Double(columns.count))
    let range = columns.range(run)
    switch matrix.storage {
    case .float(let entries): addRunMeans(entries, range, rows, &means, at: run * rows.count)
    case .double(let entries): addRunMeans(entries, range, rows, &means, at: run * rows.count)
    }
    for index in run * rows.count..<(run + 1) * rows.count { means[index] /= Double(range.count) }
  }
  return PooledPicture(
    runs: means, rows: rows, columns: columns, grid: grid, isTransposed: matrix.isStoredTransposed)
}

/// Adds the means over the runs of rows, column by column of `range`, to `means` from `offset` on.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func addRunMeans<Scalar: RealScalar>(
  _ matrix: Matrix<Scalar>, _ range: Range<Int>, _ rows: PixelRuns, _ means: inout [Double], at offset: Int
) {
  matrix.withEntries { entries in
    for column in range {
      let start = column * matrix.rows
      for run in 0..<rows.count {
        var sum = 0.0
        for row in rows.starts[run]..<rows.starts[run + 1] { sum += Double(entries[start + row]) }
        means[offset + run] += sum / Double(rows.starts[run + 1] - rows.starts[run])
      }
    }
  }
}

/// The pooled factors of A, from which the picture of A_k is drawn at once: mean pooling is linear, so that
/// P A_k Qᵀ = (P U_k) Σ_k (Q V_k)ᵀ.
///
/// The pictures at every ``spacing`` ranks are kept: any other is at most that many rank-one updates away, whatever m, n
/// and k are, and depends on k alone.
package struct PooledFactors: Sendable {
  private let grid: PictureGrid
  private let rows: PixelRuns, columns: PixelRuns
  /// P U Σ and Q V, column-major by runs.
  private let left: [Double], right: [Double]
  private let checkpoints: [[Float]]
  private let spacing: Int

  /// The most bytes that the kept pictures take.
  private static let checkpointBudget = 32 << 20

  /// Pools the vectors of `svd`: one pass over U and V, and p rank-one updates of a picture.
  package init(_ svd: SVD, grid: PictureGrid, control: WorkControl) throws(Cancelled) {
    self.grid = grid
    rows = PixelRuns(length: svd.shape.rows, pixels: grid.rows)
    columns = PixelRuns(length: svd.shape.columns, pixels: grid.columns)
    let p = svd.singularValues.count
    var left = pooledVectors(svd.leftVectors, rows)
    right = pooledVectors(svd.rightVectors, columns)
    for index in 0..<p {
      for row in index * rows.count..<(index + 1) * rows.count { left[row] *= svd.singularValues[index] }
    }
    self.left = left
    let size = rows.count * columns.count
    spacing = max(32, (p * size * MemoryLayout<Float>.stride / Self.checkpointBudget + 1))
    var checkpoints = [[Float](repeating: 0, count: size)]
    var running = [Double](repeating: 0, count: size)
    for index in 0..<p {
      try control.token.check()
      addOuterProduct(index, left: left, right: right, rows: rows.count, columns: columns.count, to: &running)
      if (index + 1) % spacing == 0 { checkpoints.append(running.map { Float($0) }) }
    }
    self.checkpoints = checkpoints
  }

  /// A_k, pooled.
  package func picture(rank: Int) -> PooledPicture {
    let base = min(rank / spacing, checkpoints.count - 1)
    var values = checkpoints[base].map { Double($0) }
    for index in base * spacing..<max(base * spacing, rank) {
      addOuterProduct(index, left: left, right: right, rows: rows.count, columns: columns.count, to: &values)
    }
    return PooledPicture(runs: values, rows: rows, columns: columns, grid: grid, isTransposed: false)
  }
}

/// The mean of every vector over every run: runs × p, column-major.
private func pooledVectors(_ vectors: AnyMatrix, _ runs: PixelRuns) -> [Double] {
  var means = [Double](repeating: 0, count: runs.count * vectors.shape.columns)
  for column in 0..<vectors.shape.columns {
    switch vectors {
    case .float(let entries): addRunMeans(entries, column..<column + 1, runs, &means, at: column * runs.count)
    case .double(let entries): addRunMeans(entries, column..<column + 1, runs, &means, at: column * runs.count)
    }
  }
  return means
}

/// picture ← picture + left_i · right_iᵀ.
private func addOuterProduct(
  _ index: Int, left: [Double], right: [Double], rows: Int, columns: Int, to picture: inout [Double]
) {
  left.withUnsafeBufferPointer { left in
    right.withUnsafeBufferPointer { right in
      picture.withUnsafeMutableBufferPointer { picture in
        for column in 0..<columns {
          let factor = right[index * columns + column]
          for row in 0..<rows { picture[column * rows + row] += factor * left[index * rows + row] }
        }
      }
    }
  }
}
