import LinearAlgebra

/// One layer σ_i u_i v_iᵀ of a matrix, small enough to be drawn and read.
package struct SingularTriplet: Hashable, Sendable {
  /// i, from 1.
  package let index: Int
  /// σ_i.
  package let value: Double
  /// u_i, a value a row.
  package let left: VectorProfile
  /// v_i, a value a column.
  package let right: VectorProfile

  /// The triplet `index` (1 … p) of `svd`.
  ///
  /// - Complexity: one pass over u_i and v_i.
  package init(_ svd: SVD, index: Int) {
    precondition(index >= 1 && index <= svd.singularValues.count, "there is no such triplet")
    self.index = index
    value = svd.singularValues[index - 1]
    left = VectorProfile(svd.leftVectors, column: index - 1)
    right = VectorProfile(svd.rightVectors, column: index - 1)
  }
}

/// A singular vector: its course in at most ``VectorProfile/binLimit`` bins, and its largest entries.
package struct VectorProfile: Hashable, Sendable {
  /// An entry and its place, from 0.
  package struct Loading: Hashable, Sendable {
    package let index: Int
    package let value: Double
  }

  /// The entries it has.
  package let count: Int
  /// The mean, the smallest and the largest entry of each bin.
  package let means: [Double], lows: [Double], highs: [Double]
  /// The entries of largest magnitude, at most 64, largest first.
  package let largest: [Loading]

  /// More entries than this share bins.
  package static let binLimit = 1024

  init(_ vectors: AnyMatrix, column: Int) {
    let values = (0..<vectors.shape.rows).map { vectors[$0, column] }
    count = values.count
    let axis = PoolingAxis(length: values.count, cells: min(values.count, Self.binLimit))
    let bins = (0..<axis.groups).map { values[axis.boundaries[$0]..<axis.boundaries[$0 + 1]] }
    means = bins.map { $0.reduce(0, +) / Double($0.count) }
    lows = bins.map { $0.min() ?? 0 }
    highs = bins.map { $0.max() ?? 0 }
    largest = Self.largest(of: values)
  }

  private static func largest(of values: [Double]) -> [Loading] {
    var kept: [Loading] = []
    for (index, value) in values.enumerated() {
      if kept.count == 64, abs(value) <= abs(kept[63].value) { continue }
      // Behind equal ones, so that the first of several comes first.
      let place = kept.firstIndex { abs($0.value) < abs(value) } ?? kept.count
      kept.insert(Loading(index: index, value: value), at: place)
      if kept.count > 64 { kept.removeLast() }
    }
    return kept
  }

  /// The bins that `cell` of `cells` shows: several where bins outnumber cells.
  package func bins(cell: Int, of cells: Int) -> Range<Int> {
    guard !means.isEmpty else { return 0..<0 }
    let first = cell * means.count / cells
    return first..<max(first + 1, (cell + 1) * means.count / cells)
  }
}

extension SpectrumAnalysis {
  /// σ_i² / ‖A‖_F², the share of the energy in the layer `index` (1 … p); 0 of a zero matrix.
  package func energy(ofLayer index: Int) -> Bounded {
    let norm = spectrum.frobeniusNorm
    guard norm > 0 else { return Bounded(0) }
    let low = max(0, spectrum.lower[index - 1] / norm - spectrum.rounding)
    let high = min(1, spectrum.upper[index - 1] / norm + spectrum.rounding)
    return Bounded(lower: low * low, upper: high * high)
  }

  /// The singular values around the `index`-th (1 … p) that are each within 1 % of their neighbour: of such a group only
  /// the subspace is meaningful, for a change of A by that much turns the vectors within it at will.
  package func nearlyEqual(to index: Int) -> ClosedRange<Int> {
    let values = spectrum.values
    func isClose(_ i: Int) -> Bool { values[i - 1] - values[i] <= 0.01 * values[i - 1] }
    var (first, last) = (index, index)
    while first > 1, isClose(first - 1) { first -= 1 }
    while last < values.count, isClose(last) { last += 1 }
    return first...last
  }
}
