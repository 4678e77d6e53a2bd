import LinearAlgebra

/// A − A_k as it was measured: every entry of the actual product subtracted, at full resolution.
package struct ResidualMeasurement: Sendable, Hashable {
  /// k.
  package let rank: Int
  /// ‖A − A_k‖_F / ‖A‖_F, bounded by the rounding of the working precision; 0 for a zero matrix.
  package let relativeFrobeniusError: Bounded
  /// max |A − A_k|, in A's units.
  package let largestError: Double
  /// The root of the mean square of the residual behind every pixel, if pixels were asked for.
  package let rootMeanSquare: PooledPicture?
}

/// Measures A − A_k in blocks of columns: A_k is never held whole.
///
/// - Parameters:
///   - matrix: A, m × n.
///   - summary: norms of A's entries.
///   - svd: the factors of A.
///   - rank: k, in `0...min(m, n)`.
///   - grid: the pixels for ``ResidualMeasurement/rootMeanSquare``.
///   - control: asked between blocks.
/// - Complexity: 2mnk FLOPs by gemm, and one pass over the entries.
package func measureResidual(
  of matrix: DenseMatrix, summary: EntrySummary, svd: SVD, rank: Int, grid: PictureGrid?, control: WorkControl
) throws(Cancelled) -> ResidualMeasurement {
  precondition(rank >= 0 && rank <= svd.singularValues.count, "a rank out of range")
  let isTransposed = matrix.isStoredTransposed
  let stored = grid.map { isTransposed ? PictureGrid(rows: $0.columns, columns: $0.rows) : $0 }
  let shape = matrix.storage.shape
  let rows = PixelRuns(length: shape.rows, pixels: max(1, stored?.rows ?? 1))
  let columns = PixelRuns(length: shape.columns, pixels: max(1, stored?.columns ?? 1))
  let scale = unitScale(summary.largestMagnitude)
  let (left, right) = isTransposed ? (svd.rightVectors, svd.leftVectors) : (svd.leftVectors, svd.rightVectors)
  let values = svd.singularValues.prefix(rank).map { $0 / scale }
  let sums: ResidualSums
  switch (matrix.storage, left, right) {
  case (.float(let a), .float(let l), .float(let r)):
    sums = try residualSums(a, l, values, r, scale: scale, rows: rows, columns: columns, control: control)
  case (.double(let a), .double(let l), .double(let r)):
    sums = try residualSums(a, l, values, r, scale: scale, rows: rows, columns: columns, control: control)
  default: preconditionFailure("A and its vectors must share one precision")
  }
  let norm = summary.frobeniusNorm / scale
  let error = norm > 0 ? sums.squares.reduce(0, +).squareRoot() / norm : 0
  let rounding = norm > 0 ? 4 * Double(shape.longSide).squareRoot() * matrix.storage.epsilon : 0
  var picture: PooledPicture?
  if let grid, shape.count > 0 {
    let roots = sums.squares.indices.map { index in
      let count = rows.range(index % rows.count).count * columns.range(index / rows.count).count
      return (sums.squares[index] / Double(count)).squareRoot() * scale
    }
    picture = PooledPicture(runs: roots, rows: rows, columns: columns, grid: grid, isTransposed: isTransposed)
  }
  return ResidualMeasurement(
    rank: rank, relativeFrobeniusError: Bounded(error, uncertainty: rounding), largestError: sums.largest * scale,
    rootMeanSquare: picture)
}

/// A power of two that brings `magnitude` near 1 where squares would leave the range of the scalars; 1 elsewhere.
private func unitScale(_ magnitude: Double) -> Double {
  guard magnitude > 0, magnitude > 0x1p30 || magnitude < 0x1p-30 else { return 1 }
  // The reciprocal must be representable too.
  return max(magnitude.binade, 0x1p-1022)
}

private struct ResidualSums {
  /// Σ of squares for every run of rows and columns, column-major.
  var squares: [Double]
  /// The largest magnitude.
  var largest = 0.0
}

/// About how many entries a block holds: cancellation is checked between blocks.
private let blockEntries = 1 << 19

private func residualSums<Scalar: RealScalar>(
  _ a: Matrix<Scalar>, _ left: Matrix<Scalar>, _ values: [Double], _ right: Matrix<Scalar>, scale: Double,
  rows: PixelRuns, columns: PixelRuns, control: WorkControl
) throws(Cancelled) -> ResidualSums {
  var sums = ResidualSums(squares: [Double](repeating: 0, count: rows.count * columns.count))
  guard a.shape.count > 0 else { return sums }
  let (m, n, k) = (a.rows, a.columns, values.count)
  let width = max(1, min(n, blockEntries / m))
  let runOfColumn = columns.runOfEntry
  var residual = Matrix<Scalar>(zeros: Shape(m, width))
  var scaledRight = Matrix<Scalar>(zeros: Shape(width, max(1, k)))
  for first in stride(from: 0, to: n, by: width) {
    try control.step(Double(first) / Double(n))
    let count = min(width, n - first)
    residual.withMutableEntries { block in
      copyScaled(a, columns: first..<first + count, scale: scale, into: block)
      guard k > 0 else { return }
      scaledRight.withMutableEntries { coefficients in
        scaleRows(right, rows: first..<first + count, by: values, into: coefficients, stride: width)
        left.withEntries { vectors in
          multiplyAdd(
            Block(UnsafeMutablePointer(mutating: vectors.baseAddress), Shape(m, k), stride: m),
            Block(coefficients.baseAddress, Shape(count, k), stride: width), transposeB: true,
            into: Block(block.baseAddress, Shape(m, count), stride: m), alpha: -1, beta: 1)
        }
      }
    }
    residual.withEntries { block in
      for column in 0..<count {
        addSquares(
          UnsafeBufferPointer(rebasing: block[column * m..<(column + 1) * m]), rows,
          at: runOfColumn[first + column] * rows.count, to: &sums)
      }
    }
  }
  return sums
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func copyScaled<Scalar: RealScalar>(
  _ a: Matrix<Scalar>, columns: Range<Int>, scale: Double, into block: UnsafeMutableBufferPointer<Scalar>
) {
  a.withEntries { entries in
    let start = columns.lowerBound * a.rows
    let count = columns.count * a.rows
    if scale == 1 {
      if let to = block.baseAddress, let from = entries.baseAddress { to.update(from: from + start, count: count) }
    } else {
      for index in 0..<count { block[index] = Scalar(Double(entries[start + index]) / scale) }
    }
  }
}

/// Rows of V, column j multiplied by `values[j]`.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func scaleRows<Scalar: RealScalar>(
  _ matrix: Matrix<Scalar>, rows: Range<Int>, by values: [Double], into target: UnsafeMutableBufferPointer<Scalar>,
  stride: Int
) {
  matrix.withEntries { entries in
    for (column, value) in values.enumerated() {
      let factor = Scalar(value)
      let start = column * matrix.rows + rows.lowerBound
      for row in 0..<rows.count { target[column * stride + row] = entries[start + row] * factor }
    }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func addSquares<Scalar: RealScalar>(
  _ column: UnsafeBufferPointer<Scalar>, _ rows: PixelRuns, at offset: Int, to sums: inout ResidualSums
) {
  var largest = Scalar.zero
  for run in 0..<rows.count {
    var sum = 0.0
    for row in rows.starts[run]..<rows.starts[run + 1] {
      let value = column[row]
      largest = max(largest, abs(value))
      sum += Double(value) * Double(value)
    }
    sums.squares[offset + run] += sum
  }
  sums.largest = max(sums.largest, Double(largest))
}
