import LinearAlgebra

/// What a rank costs: numbers, bytes and floating-point operations, exact integers. Products that would leave 64 bits
/// stay at the largest integer.
package struct ParameterCosts: Sendable, Hashable {
  /// m × n.
  package let shape: Shape
  /// The bytes of one entry of A as its file stores it.
  package let sourceElementSize: Int
  /// The bytes of one number of the factors as they would be written.
  package let factorElementSize: Int

  /// The costs for a matrix of `shape`.
  package init(shape: Shape, sourceElementSize: Int, factorElementSize: Int) {
    self.shape = shape
    self.sourceElementSize = sourceElementSize
    self.factorElementSize = factorElementSize
  }

  /// k(m + n): the numbers in the factors m × k and k × n.
  package func factored(_ rank: Int) -> Int { product(rank, shape.rows + shape.columns) }
  /// m·n.
  package var dense: Int { product(shape.rows, shape.columns) }
  /// k(m + n − k): the dimension of the rank-k matrices.
  package func degreesOfFreedom(_ rank: Int) -> Int { product(rank, shape.rows + shape.columns - rank) }
  /// k(m + n)/(mn); 0 for an empty matrix.
  package func ratio(_ rank: Int) -> Double { dense == 0 ? 0 : Double(factored(rank)) / Double(dense) }

  /// The largest k with k(m + n) < m·n.
  package var breakEvenRank: Int { largestRank(cost: shape.rows + shape.columns, below: dense) }

  /// The bytes of A as stored.
  package var denseBytes: Int { product(dense, sourceElementSize) }
  /// The bytes of the factors as they would be written.
  package func factoredBytes(_ rank: Int) -> Int { product(factored(rank), factorElementSize) }
  /// The largest k whose factors take fewer bytes than A.
  package var byteBreakEvenRank: Int {
    min(shape.shortSide, largestRank(cost: product(shape.rows + shape.columns, factorElementSize), below: denseBytes))
  }

  /// 2mn FLOPs for A·x.
  package var denseFlops: Int { product(2, dense) }
  /// 2k(m + n) FLOPs for A_k·x through the factors.
  package func factoredFlops(_ rank: Int) -> Int { product(2, factored(rank)) }

  /// The largest k ≤ p with k(m + n) ≤ `parameters`.
  package func rank(parameters: Int) -> Int {
    guard shape.count > 0, parameters > 0 else { return 0 }
    return min(shape.shortSide, parameters / (shape.rows + shape.columns))
  }

  /// The largest k ≤ p with k(m + n) ≤ `share`·mn, the share *kept*.
  package func rank(parameterShare share: Double) -> Int {
    guard shape.count > 0, share > 0 else { return 0 }
    let rank = share * Double(dense) / Double(shape.rows + shape.columns)
    return rank >= Double(shape.shortSide) ? shape.shortSide : Int(rank)
  }

  private func largestRank(cost: Int, below limit: Int) -> Int { limit > 0 && cost > 0 ? (limit - 1) / cost : 0 }

  private func product(_ a: Int, _ b: Int) -> Int {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : value
  }
}
