import LinearAlgebra

/// The residual A − A_k of the stored matrix, reduced to sums over the groups of a picture, in scaled units.
struct ResidualSums {
  /// Σ (A − A_k)² of every (row group, column group), column-major.
  var squares: [Double]
  /// max |A − A_k|.
  var largest: Double
  /// From A's units to those of the sums.
  let scaling: RangeScaling
}

extension ResidualSums {
  /// Nothing is added yet.
  init(_ rows: PoolingAxis, _ columns: PoolingAxis, _ scaling: RangeScaling) {
    self.init(squares: [Double](repeating: 0, count: rows.groups * columns.groups), largest: 0, scaling: scaling)
  }

  /// Streams the residual of `a`, which is these columns of A, − left·diag(values)·rightᵀ, in tiles of about a million
  /// entries.
  ///
  /// - Parameters:
  ///   - left: r × p or more columns, of which the first `values.count` count.
  ///   - right: c × p likewise, of all columns of A.
  mutating func add<Scalar: RealScalar>(
    _ a: Matrix<Scalar>, of range: Range<Int>, _ left: Matrix<Scalar>, _ values: [Double], _ right: Matrix<Scalar>,
    _ rows: PoolingAxis, _ columns: PoolingAxis, _ control: WorkControl
  ) throws(Cancelled) {
    let shape = a.shape
    let rank = values.count
    let scales = values.map { Scalar($0 * scaling.factor) }
    guard shape.count > 0, rows.groups > 0, columns.groups > 0 else { return }

    let tileColumns = min(shape.columns, max(256, tileEntries / shape.rows))
    let tileRows = min(shape.rows, max(1, tileEntries / tileColumns))
    var product = Matrix<Scalar>(zeros: Shape(tileRows, tileColumns))
    var scaledRight = Matrix<Scalar>(zeros: Shape(tileColumns, rank))
    for j in stride(from: range.lowerBound, to: range.upperBound, by: tileColumns) {
      let width = min(tileColumns, range.upperBound - j)
      copyScaledRows(right, from: j, count: width, scales, into: &scaledRight)
      for i in stride(from: 0, to: shape.rows, by: tileRows) {
        let height = min(tileRows, shape.rows - i)
        let tile = Tile(rows: i..<i + height, columns: j..<j + width)
        if rank > 0 { multiplyTile(left, scaledRight, tile, into: &product) }
        try control.step((Double(j) + Double(width) * Double(i) / Double(shape.rows)) / Double(right.rows))
        addTile(a, from: range.lowerBound, product, tile, rows, columns, into: &self)
      }
    }
  }
}

/// The entries of a tile: small enough that cancellation is prompt and the product stays in cache, large enough for gemm.
private let tileEntries = 1 << 20

private struct Tile {
  let rows: Range<Int>
  let columns: Range<Int>
}

/// target = the rows `start` ..< `start + count` of `source`, column i times scales[i].
private func copyScaledRows<Scalar: RealScalar>(
  _ source: Matrix<Scalar>, from start: Int, count: Int, _ scales: [Scalar], into target: inout Matrix<Scalar>
) {
  let stride = target.rows
  target.withMutableEntries { target in
    source.withEntries { entries in
      for (column, scale) in scales.enumerated() {
        copyScaled(
          UnsafeBufferPointer(rebasing: entries[column * source.rows + start..<column * source.rows + start + count]),
          scale, into: UnsafeMutableBufferPointer(rebasing: target[column * stride..<column * stride + count]))
      }
    }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func copyScaled<Scalar: RealScalar>(
  _ source: UnsafeBufferPointer<Scalar>, _ scale: Scalar, into target: UnsafeMutableBufferPointer<Scalar>
) {
  for index in source.indices { target[index] = source[index] * scale }
}

/// product = left[tile.rows]·scaledRightᵀ.
private func multiplyTile<Scalar: RealScalar>(
  _ left: Matrix<Scalar>, _ scaledRight: Matrix<Scalar>, _ tile: Tile, into product: inout Matrix<Scalar>
) {
  let rank = scaledRight.columns
  let stride = product.rows
  product.withMutableEntries { target in
    left.withEntries { u in
      scaledRight.withEntries { v in
        let first = u.baseAddress.map { UnsafeMutablePointer(mutating: $0 + tile.rows.lowerBound) }
        multiplyAdd(
          Block(first, Shape(tile.rows.count, rank), stride: left.rows),
          Block(
            UnsafeMutablePointer(mutating: v.baseAddress), Shape(tile.columns.count, rank), stride: scaledRight.rows),
          transposeB: true,
          into: Block(target.baseAddress, Shape(tile.rows.count, tile.columns.count), stride: stride))
      }
    }
  }
}

/// Adds the residual a − product of one tile to `sums`, each entry to its group; `a` begins with the column `first`.
private func addTile<Scalar: RealScalar>(
  _ a: Matrix<Scalar>, from first: Int, _ product: Matrix<Scalar>, _ tile: Tile, _ rows: PoolingAxis,
  _ columns: PoolingAxis,
  into sums: inout ResidualSums
) {
  let segments = rows.segments(of: tile.rows)
  let factor = sums.scaling.factor
  var largest = sums.largest
  sums.squares.withUnsafeMutableBufferPointer { squares in
    a.withEntries { entries in
      product.withEntries { multiplied in
        for segment in columns.segments(of: tile.columns) {
          let group = UnsafeMutableBufferPointer(
            rebasing: squares[segment.group * rows.groups..<(segment.group + 1) * rows.groups])
          for column in segment.range {
            let start = (column - first) * a.rows + tile.rows.lowerBound
            let other = (column - tile.columns.lowerBound) * product.rows
            largest = max(
              largest,
              addResidual(
                UnsafeBufferPointer(rebasing: entries[start..<start + tile.rows.count]),
                UnsafeBufferPointer(rebasing: multiplied[other..<other + tile.rows.count]), factor: factor, segments,
                into: group))
          }
        }
      }
    }
  }
  sums.largest = largest
}

/// Adds Σ (factor·a − b)² of each segment to its group, and returns the largest magnitude.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func addResidual<Scalar: RealScalar>(
  _ a: UnsafeBufferPointer<Scalar>, _ b: UnsafeBufferPointer<Scalar>, factor: Double, _ segments: [PoolingSegment],
  into squares: UnsafeMutableBufferPointer<Double>
) -> Double {
  var peaks = SIMD8<Double>.zero
  var peak = 0.0
  var index = 0
  for segment in segments {
    let end = index + segment.range.count
    var lanes = SIMD8<Double>.zero
    while index + 8 <= end {
      var x = SIMD8<Double>.zero
      var y = SIMD8<Double>.zero
      for lane in 0..<8 {
        x[lane] = Double(a[index + lane])
        y[lane] = Double(b[index + lane])
      }
      let residual = x * factor - y
      lanes += residual * residual
      let magnitude = residual.replacing(with: -residual, where: residual .< 0)
      peaks.replace(with: magnitude, where: magnitude .> peaks)
      index += 8
    }
    var sum = lanes.sum()
    while index < end {
      let residual = Double(a[index]) * factor - Double(b[index])
      sum += residual * residual
      peak = max(peak, abs(residual))
      index += 1
    }
    squares[segment.group] += sum
  }
  return max(peak, peaks.max())
}
