import LinearAlgebra

/// U and V pooled once, so that a picture of any A_k costs microseconds whatever m, n and k are.
///
/// Mean pooling is linear: the picture of A_k is (P·U_k) Σ_k (Q·V_k)ᵀ with P and Q the pooling of rows and columns.
/// Pictures at every few ranks are kept, and the ranks between are reached by rank-one updates: a picture is a pure
/// function of its rank.
package struct PooledFactors: Sendable {
  /// The size of every picture.
  package let grid: PictureGrid
  /// p = min(m, n), the largest rank.
  package let fullRank: Int
  private let rows: PoolingAxis
  private let columns: PoolingAxis
  /// P·u_i·σ_i and Q·v_i, one a component.
  private let left: [Float]
  private let right: [Float]
  /// The groups' picture at the ranks 0, spacing, 2·spacing …
  private let checkpoints: [Float]
  private let spacing: Int
  private let scale: Double

  /// Pools U and V of `svd` and sums the pictures that are kept, at most about 32 MiB of them.
  ///
  /// - Throws: ``Cancelled`` when `control` says so, asked once a component.
  /// - Complexity: one pass over U and V, and p rank-one updates of the picture.
  package init(_ svd: SVD, grid: PictureGrid, control: WorkControl) throws(Cancelled) {
    self.grid = grid
    fullRank = svd.singularValues.count
    rows = PoolingAxis(length: svd.shape.rows, cells: grid.rows)
    columns = PoolingAxis(length: svd.shape.columns, cells: grid.columns)
    scale = pictureScale(largest: svd.singularValues.first ?? 0)
    let inverse = 1 / scale
    left = try pooledVectors(svd.leftVectors, rows, scales: svd.singularValues.map { $0 * inverse }, control)
    right = try pooledVectors(
      svd.rightVectors, columns, scales: [Double](repeating: 1, count: fullRank), control)

    let size = rows.groups * columns.groups
    let affordable = max(2, (32 << 20) / (MemoryLayout<Float>.stride * max(1, size)))
    spacing = max(32, (fullRank + affordable - 1) / affordable)
    checkpoints = try keptPictures(
      left, right, height: rows.groups, width: columns.groups, count: fullRank, spacing: spacing, control)
  }

  /// The picture of A_k, k = `rank` in 0 … p.
  ///
  /// - Complexity: a copy and fewer than `spacing` rank-one updates of the picture, 31 of them unless p is in the
  ///   thousands and the picture large.
  package func picture(rank: Int) -> PooledPicture {
    let k = min(max(rank, 0), fullRank)
    let (height, width) = (rows.groups, columns.groups)
    let size = height * width
    let start = k / spacing
    var picture = Array(checkpoints[start * size..<(start + 1) * size])
    picture.withUnsafeMutableBufferPointer { target in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          for i in start * spacing..<k {
            addOuterProduct(
              UnsafeBufferPointer(rebasing: left[i * height..<(i + 1) * height]),
              UnsafeBufferPointer(rebasing: right[i * width..<(i + 1) * width]), into: target)
          }
        }
      }
    }
    // Without stretched sides the groups are the pixels.
    if size == grid.count { return PooledPicture(grid: grid, values: picture, scale: scale) }
    let pixels = expand(grid, rows: rows, columns: columns) { picture[$0 * width + $1] }
    return PooledPicture(grid: grid, values: pixels, scale: scale)
  }
}

/// The means of each group of every column of `vectors`, times that column's scale, column after column.
private func pooledVectors(
  _ vectors: AnyMatrix, _ axis: PoolingAxis, scales: [Double], _ control: WorkControl
) throws(Cancelled) -> [Float] {
  switch vectors {
  case .float(let matrix): try pooledVectors(matrix, axis, scales: scales, control)
  case .double(let matrix): try pooledVectors(matrix, axis, scales: scales, control)
  }
}

private func pooledVectors<Scalar: RealScalar>(
  _ vectors: Matrix<Scalar>, _ axis: PoolingAxis, scales: [Double], _ control: WorkControl
) throws(Cancelled) -> [Float] {
  var pooled = [Float](repeating: 0, count: axis.groups * scales.count)
  var sums = [Double](repeating: 0, count: axis.groups)
  for (column, scale) in scales.enumerated() {
    try control.token.check()
    sums.withUnsafeMutableBufferPointer { sums in
      sums.update(repeating: 0)
      vectors.withEntries { entries in
        addGroupSums(
          UnsafeBufferPointer(rebasing: entries[column * vectors.rows..<(column + 1) * vectors.rows]), axis.boundaries,
          scale: 1, into: sums)
      }
    }
    for group in 0..<axis.groups {
      pooled[column * axis.groups + group] = Float(sums[group] / Double(axis.size(group)) * scale)
    }
  }
  return pooled
}

/// The sums of the first 0, spacing, 2·spacing … outer products, row-major, one after the other.
private func keptPictures(
  _ left: [Float], _ right: [Float], height: Int, width: Int, count: Int, spacing: Int, _ control: WorkControl
) throws(Cancelled) -> [Float] {
  let size = height * width
  var kept: [Float] = []
  kept.reserveCapacity(size * (count / spacing + 1))
  // Summed in f64, so that the rounding of thousands of components does not add up.
  var sum = [Double](repeating: 0, count: size)
  for start in stride(from: 0, through: count, by: spacing) {
    try control.step(count == 0 ? 1 : Double(start) / Double(count))
    kept.append(contentsOf: sum.map { Float($0) })
    guard start + spacing <= count else { break }
    sum.withUnsafeMutableBufferPointer { sum in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          for i in start..<start + spacing {
            addOuterProduct(
              UnsafeBufferPointer(rebasing: left[i * height..<(i + 1) * height]),
              UnsafeBufferPointer(rebasing: right[i * width..<(i + 1) * width]), into: sum)
          }
        }
      }
    }
  }
  return kept
}

/// target += left·rightᵀ, row-major, without padding.
private func addOuterProduct(
  _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>,
  into target: UnsafeMutableBufferPointer<Float>
) {
  let width = right.count
  for (row, factor) in left.enumerated() {
    let pixels = UnsafeMutableBufferPointer(rebasing: target[row * width..<(row + 1) * width])
    var column = 0
    while column + 8 <= width {
      var sum = SIMD8<Float>.zero
      for lane in 0..<8 { sum[lane] = pixels[column + lane] + factor * right[column + lane] }
      for lane in 0..<8 { pixels[column + lane] = sum[lane] }
      column += 8
    }
    while column < width {
      pixels[column] += factor * right[column]
      column += 1
    }
  }
}

/// The same into sums in f64.
private func addOuterProduct(
  _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>,
  into target: UnsafeMutableBufferPointer<Double>
) {
  let width = right.count
  for (row, value) in left.enumerated() {
    let pixels = UnsafeMutableBufferPointer(rebasing: target[row * width..<(row + 1) * width])
    let factor = Double(value)
    var column = 0
    while column + 8 <= width {
      var sum = SIMD8<Double>.zero
      for lane in 0..<8 { sum[lane] = pixels[column + lane] + factor * Double(right[column + lane]) }
      for lane in 0..<8 { pixels[column + lane] = sum[lane] }
      column += 8
    }
    while column < width {
      pixels[column] += factor * Double(right[column])
      column += 1
    }
  }
}
