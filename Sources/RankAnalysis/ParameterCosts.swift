import LinearAlgebra

/// What A and its rank-k factors cost in numbers, bytes and flops. Nothing overflows: counts end at `Int.max`.
///
/// The factors are left (m × k, σ absorbed) and right (k × n): k(m + n) numbers, and beside them the means and scales that
/// were taken off A before, ``offsets`` of them.
package struct ParameterCosts: Sendable, Hashable {
  /// m × n.
  package let shape: Shape
  /// The bytes of an entry in the source; a fraction where entries share blocks.
  package let sourceElementSize: Double
  /// The bytes of an entry in factors as they would be written.
  package let factorElementSize: Int
  /// The numbers that undo centring and scaling; they are needed at every rank.
  package let offsets: Int

  /// The costs for a matrix of `shape`; element sizes in bytes, above 0; `offsets` not negative.
  package init(shape: Shape, sourceElementSize: Double, factorElementSize: Int, offsets: Int = 0) {
    precondition(sourceElementSize > 0 && factorElementSize > 0, "an element has bytes")
    self.shape = shape
    self.sourceElementSize = sourceElementSize
    self.factorElementSize = factorElementSize
    self.offsets = offsets
  }

  /// p = min(m, n), the largest rank.
  package var fullRank: Int { shape.shortSide }
  /// m·n.
  package var dense: Int { product(shape.rows, shape.columns) }
  /// k(m + n), and the offsets.
  package func factored(_ rank: Int) -> Int {
    let (sum, overflows) = product(rank, sides).addingReportingOverflow(offsets)
    return overflows ? .max : sum
  }
  /// k(m + n − k), the dimension of the set of rank-k matrices: at most m·n.
  package func degreesOfFreedom(_ rank: Int) -> Int { product(rank, sides - rank) }
  /// (k(m + n) + offsets)/(m·n), the share of the dense parameters; 0 for an empty matrix.
  package func ratio(_ rank: Int) -> Double { dense == 0 ? 0 : Double(factored(rank)) / Double(dense) }
  /// The largest k with k(m + n) < m·n, the offsets counted: past it the pair of factors holds more numbers than A.
  package var breakEvenRank: Int { largestRank(costing: sides, below: dense - offsets) }

  /// m·n in bytes of the source.
  package var denseBytes: Int {
    if sourceElementSize == sourceElementSize.rounded() { return product(dense, Int(sourceElementSize)) }
    return Int(exactly: (Double(dense) * sourceElementSize).rounded()) ?? .max
  }
  /// k(m + n) in bytes of the factors.
  package func factoredBytes(_ rank: Int) -> Int { product(factored(rank), factorElementSize) }
  /// The largest k whose factors take fewer bytes than A.
  package var byteBreakEvenRank: Int {
    largestRank(costing: product(sides, factorElementSize), below: denseBytes - product(offsets, factorElementSize))
  }

  /// The flops of A·x: 2mn.
  package var denseFlops: Int { product(2, dense) }
  /// The flops of left·(right·x): 2k(m + n); adding the means back is not counted.
  package func factoredFlops(_ rank: Int) -> Int { product(2, product(rank, sides)) }

  /// The largest k ≤ p with k(m + n) ≤ `count`.
  package func rank(parameters count: Int) -> Int {
    sides == 0 ? 0 : min(fullRank, max(0, count - offsets) / sides)
  }

  /// The largest k ≤ p with k(m + n) ≤ `share`·m·n, the share *kept*.
  ///
  /// Source: Wang et al., SVD-LLM (2024): k = ⌊mn·ρ/(m + n)⌋.
  package func rank(parameterShare share: Double) -> Int {
    guard sides > 0, share > 0 else { return 0 }
    // One unit in the last place above: a share such as 0.1 is not a binary fraction.
    let budget = Double(shape.rows) * Double(shape.columns) * share * (1 + Double.ulpOfOne) - Double(offsets)
    return Int(max(0, min(Double(fullRank), (budget / Double(sides)).rounded(.down))))
  }

  private var sides: Int { shape.rows + shape.columns }

  private func largestRank(costing cost: Int, below limit: Int) -> Int {
    cost == 0 || limit <= 0 ? 0 : min(fullRank, (limit - 1) / cost)
  }

  private func product(_ a: Int, _ b: Int) -> Int {
    let (value, overflows) = a.multipliedReportingOverflow(by: b)
    return overflows ? .max : value
  }
}
