/// A rank-k factorization A_k = L·R with L = U_kΣ_k (m × k) and R = V_kᵀ (k × n): k(m + n) numbers.
package struct LowRankApproximation: Sendable {
  /// L = U_k Σ_k, m × k, in A's units.
  package let left: AnyMatrix
  /// R = V_kᵀ, k × n.
  package let right: AnyMatrix
  /// σ₁ … σ_k.
  package let singularValues: [Double]

  /// The product of `left` (m × k) and `right` (k × n), with one value of `singularValues` a column of `left`.
  package init(left: AnyMatrix, right: AnyMatrix, singularValues: [Double]) {
    precondition(
      left.shape.columns == right.shape.rows && left.shape.columns == singularValues.count, "the factors must fit")
    self.left = left
    self.right = right
    self.singularValues = singularValues
  }

  /// k.
  package var rank: Int { singularValues.count }
  /// m × n.
  package var shape: Shape { Shape(left.shape.rows, right.shape.columns) }
}

/// A rank outside 0 … min(m, n).
package struct RankOutOfRange: Error, Hashable, CustomStringConvertible {
  /// The rank that was asked for.
  package let rank: Int
  /// min(m, n).
  package let limit: Int

  /// `rank` is not in 0 … `limit`.
  package init(rank: Int, limit: Int) {
    self.rank = rank
    self.limit = limit
  }

  package var description: String { "rank \(rank) is out of range: this matrix has ranks 0 to \(limit)" }
}

extension SVD {
  /// Keeps the `rank` largest singular triplets: A_k = U_k Σ_k V_kᵀ.
  ///
  /// - Parameter rank: k, in `0...min(m, n)`.
  /// - Returns: `left` = U_k Σ_k (m × k) and `right` = V_kᵀ (k × n).
  /// - Complexity: O(k(m + n)); makes no LAPACK call.
  ///
  /// Source: Eckart & Young, Psychometrika 1 (1936), 211–218.
  package func truncated(to rank: Int) throws(RankOutOfRange) -> LowRankApproximation {
    guard rank >= 0, rank <= singularValues.count else {
      throw RankOutOfRange(rank: rank, limit: singularValues.count)
    }
    let kept = Array(singularValues.prefix(rank))
    switch (leftVectors, rightVectors) {
    case (.float(let u), .float(let v)):
      return LowRankApproximation(
        left: .float(u.scaledLeadingColumns(kept)), right: .float(v.leadingColumns(rank).transposed()),
        singularValues: kept)
    case (.double(let u), .double(let v)):
      return LowRankApproximation(
        left: .double(u.scaledLeadingColumns(kept)), right: .double(v.leadingColumns(rank).transposed()),
        singularValues: kept)
    default: preconditionFailure("U and V must share one precision")
    }
  }
}

extension LowRankApproximation {
  /// A_k = L·R, all m·n entries.
  package func product() -> AnyMatrix {
    switch (left, right) {
    case (.float(let l), .float(let r)): .float(l.multiplied(by: r))
    case (.double(let l), .double(let r)): .double(l.multiplied(by: r))
    default: preconditionFailure("both factors must share one precision")
    }
  }
}

extension Matrix {
  /// The first columns, column j multiplied by `scales[j]`.
  package func scaledLeadingColumns(_ scales: [Double]) -> Matrix {
    var result = leadingColumns(scales.count)
    let rows = self.rows
    result.withMutableEntries { entries in
      for (j, scale) in scales.enumerated() {
        let factor = Scalar(scale)
        for i in j * rows..<(j + 1) * rows { entries[i] *= factor }
      }
    }
    return result
  }
}
