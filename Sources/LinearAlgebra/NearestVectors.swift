/// How near two points are to each other.
package enum PointMetric: String, Hashable, Sendable, CaseIterable {
  /// ‖x − y‖₂.
  case euclidean
  /// 1 − xᵀy/(‖x‖‖y‖): the angle alone counts.
  case cosine
}

extension AnyMatrix {
  /// The `count` rows of W·diag(σ) nearest to row `point`, nearest first, itself left out, and their distances; W is this
  /// matrix and σ the first of its columns' weights. Rows that are zero have no angle and are left out under cosine.
  ///
  /// - Complexity: 4mk flops for m rows and k values, and a sort of m distances.
  package func nearestRows(
    to point: Int, weights: [Double], count: Int, metric: PointMetric
  ) -> [(row: Int, distance: Double)] {
    switch self {
    case .float(let matrix): nearest(matrix, point, weights, count, metric)
    case .double(let matrix): nearest(matrix, point, weights, count, metric)
    }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func nearest<Scalar: RealScalar>(
  _ w: Matrix<Scalar>, _ point: Int, _ weights: [Double], _ count: Int, _ metric: PointMetric
) -> [(row: Int, distance: Double)] {
  precondition(point >= 0 && point < w.rows && weights.count <= w.columns, "a point and weights that are there")
  guard count > 0, w.rows > 1, !weights.isEmpty else { return [] }
  // Column after column, as they lie: first sums for all rows, then exact distances of the few that may be nearest.
  var distances = [Double](repeating: 0, count: w.rows)
  var norms = [Double](repeating: 0, count: metric == .cosine ? w.rows : 0)
  w.withEntries { entries in
    distances.withUnsafeMutableBufferPointer { distances in
      norms.withUnsafeMutableBufferPointer { norms in
        for (column, weight) in weights.enumerated() {
          let start = column * w.rows
          let square = weight * weight
          let own = Double(entries[start + point])
          if metric == .cosine {
            for row in 0..<w.rows {
              let value = Double(entries[start + row])
              distances[row] += square * own * value
              norms[row] += square * value * value
            }
          } else {
            for row in 0..<w.rows {
              let difference = Double(entries[start + row]) - own
              distances[row] += square * difference * difference
            }
          }
        }
      }
    }
  }
  if metric == .cosine {
    let own = norms[point]
    guard own > 0 else { return [] }
    for row in distances.indices {
      distances[row] = norms[row] > 0 ? max(0, 1 - distances[row] / (own * norms[row]).squareRoot()) : .infinity
    }
  } else {
    for row in distances.indices { distances[row] = distances[row].squareRoot() }
  }
  return smallest(distances, count: count, except: point)
}

/// The smallest finite values with their places, in order; of equal ones the first.
private func smallest(_ values: [Double], count: Int, except left: Int) -> [(row: Int, distance: Double)] {
  var kept: [(row: Int, distance: Double)] = []
  for (row, value) in values.enumerated() where row != left && value.isFinite {
    if kept.count == count, let last = kept.last, value >= last.distance { continue }
    let place = kept.firstIndex { $0.distance > value } ?? kept.count
    kept.insert((row, value), at: place)
    if kept.count > count { kept.removeLast() }
  }
  return kept
}
