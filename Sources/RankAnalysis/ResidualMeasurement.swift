import LinearAlgebra

/// What was measured on A − A_k itself, at full resolution.
package struct ResidualMeasurement: Hashable, Sendable {
  /// k.
  package let rank: Int
  /// ‖A − A_k‖_F / ‖A‖_F, within what the working precision allows.
  package let relativeFrobeniusError: Bounded
  /// The same as it was computed, for records: between those two ends.
  package let computedFrobeniusError: Double
  /// max |A − A_k|, in A's units. It may rise with k.
  package let largestError: Double
  /// The root mean square of A − A_k under each pixel: a mean would cancel.
  package let rootMeanSquare: PooledPicture?

  /// The same measurement with a picture of another part of the matrix.
  package func showing(_ picture: PooledPicture?) -> ResidualMeasurement {
    ResidualMeasurement(
      rank: rank, relativeFrobeniusError: relativeFrobeniusError, computedFrobeniusError: computedFrobeniusError,
      largestError: largestError, rootMeanSquare: picture)
  }
}

/// Measures A − A_k, k = `rank`, block by block; neither A_k nor the residual is ever held whole.
///
/// The product U_kΣ_k·V_kᵀ is formed in the stored precision and its residual accumulated in f64; at k = 0 the residual
/// is A itself.
///
/// - Parameters:
///   - summary: what one pass over the entries of `matrix` found; they must be finite.
///   - grid: the size of the picture of the residual; nil for none.
/// - Throws: ``Cancelled`` when `control` says so, asked about every million entries.
/// - Complexity: 2mnk flops in gemm and one pass over A; a million entries of scratch. The entries of a product of thin
///   factors are made on the way.
package func measureResidual(
  of matrix: some EntryBlocks, summary: EntrySummary, svd: SVD, rank: Int, grid: PictureGrid?, control: WorkControl
) throws(Cancelled) -> ResidualMeasurement {
  precondition(svd.shape == matrix.shape, "the SVD is not of this matrix")
  let k = min(max(rank, 0), svd.singularValues.count)
  let transposed = matrix.isStoredTransposed
  let stored = matrix.storedShape
  // Without pixels the sums still need one group.
  let pixels = grid.flatMap { $0.count > 0 ? $0 : nil } ?? PictureGrid(rows: 1, columns: 1)
  let cells = transposed ? (pixels.columns, pixels.rows) : (pixels.rows, pixels.columns)
  let rows = PoolingAxis(length: stored.rows, cells: cells.0)
  let columns = PoolingAxis(length: stored.columns, cells: cells.1)
  // Aᵀ − A_kᵀ = Aᵀ − V_kΣ_kU_kᵀ.
  let (left, right) =
    transposed ? (svd.rightVectors, svd.leftVectors) : (svd.leftVectors, svd.rightVectors)
  let values = Array(svd.singularValues.prefix(k))

  let scaling = RangeScaling(largestMagnitude: summary.largestMagnitude, worksInFloat: matrix.isFloat)
  var sums = ResidualSums(rows, columns, scaling)
  try matrix.forEachBlock { block throws(Cancelled) in
    switch (block.entries, left, right) {
    case (.float(let a), .float(let left), .float(let right)):
      try sums.add(a, of: block.columns, left, values, right, rows, columns, control)
    case (.double(let a), .double(let left), .double(let right)):
      try sums.add(a, of: block.columns, left, values, right, rows, columns, control)
    default: preconditionFailure("A, U and V must share one precision")
    }
  }

  let error = sums.relativeError(rank: k, summary)
  return ResidualMeasurement(
    rank: k, relativeFrobeniusError: sums.bounds(of: error, rank: k, summary, matrix.shape, epsilon: matrix.epsilon),
    computedFrobeniusError: error,
    largestError: sums.largest * sums.scaling.inverse,
    rootMeanSquare: grid.map { sums.picture($0, rows, columns, transposed: transposed) })
}

extension ResidualSums {
  /// The residual's norm over A's; exactly 1 at rank 0, where nothing was multiplied, and 0 for a zero matrix.
  fileprivate func relativeError(rank: Int, _ summary: EntrySummary) -> Double {
    let norm = summary.frobeniusNorm * scaling.factor
    guard norm > 0 else { return 0 }
    return rank > 0 ? squares.reduce(0, +).squareRoot() / norm : 1
  }

  fileprivate func bounds(
    of error: Double, rank: Int, _ summary: EntrySummary, _ shape: Shape, epsilon: Double
  ) -> Bounded {
    guard rank > 0, summary.frobeniusNorm > 0 else { return Bounded(error) }
    return unrounded(error, shape, epsilon: epsilon)
  }

  fileprivate func picture(
    _ grid: PictureGrid, _ rows: PoolingAxis, _ columns: PoolingAxis, transposed: Bool
  ) -> PooledPicture {
    guard grid.count > 0 else { return PooledPicture(grid: grid, values: []) }
    let height = rows.groups
    let unit = pictureScale(largest: largest * scaling.inverse)
    func value(_ row: Int, _ column: Int) -> Float {
      let count = Double(rows.size(row) * columns.size(column))
      return Float((squares[row + column * height] / count).squareRoot() * (scaling.inverse / unit))
    }
    let pixels =
      transposed
      ? expand(grid, rows: columns, columns: rows) { value($1, $0) }
      : expand(grid, rows: rows, columns: columns) { value($0, $1) }
    return PooledPicture(grid: grid, values: pixels, scale: unit)
  }
}

/// What a measured relative error says about the exact A_k.
///
/// The computed factors differ from the exact ones by rounding of relative size ρ ≤ 8·√N·eps, nearly at right angles to
/// A − A_k (a rank-k matrix moved along the rank-k matrices leaves the best one's error alone to first order), so that
/// measured² ≈ exact² + ρ²; what is left of it is a small multiple of eps.
///
/// Seen over the shapes and spectra of the solver's own bound: ρ ≤ 4.2·√N·eps, and what is left ≤ 0.12·√N·eps.
private func unrounded(_ error: Double, _ shape: Shape, epsilon: Double) -> Bounded {
  let unit = Double(shape.longSide).squareRoot() * epsilon
  let rounding = 8 * unit
  let lower = max(0, error - rounding).squareRoot() * (error + rounding).squareRoot()
  return Bounded(lower: max(0, lower - unit / 4), upper: error + unit / 4)
}
