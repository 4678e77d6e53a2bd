import LinearAlgebra

/// What a product of factors, and a sparse part beside it, leaves of a matrix: A − BC − S over the entries that are there.
package struct FactorResidual: Hashable, Sendable {
  /// ‖A − BC − S‖_F, in A's units.
  package let norm: Double
  /// The same over ‖A‖_F; 0 for a zero matrix.
  package let relative: Double
  /// max |A − BC − S|.
  package let largest: Double
  /// The entries that were compared: those of A that are finite.
  package let entries: Int

  /// Multiplies `factors` out, strip by strip.
  ///
  /// - Parameter sparse: S, of the shape of A; nil for none.
  /// - Complexity: 2mnk flops, in strips of about a million entries.
  package init(
    of factors: FactorPair, sparse: DenseMatrix? = nil, in input: FactorizationInput, control: WorkControl
  ) throws(FactorizationError) {
    precondition(factors.shape == input.shape, "the factors must be of A's shape")
    let isTransposed = input.matrix.isStoredTransposed
    let pair = isTransposed ? factors.transposed : factors
    let scaling = RangeScaling(
      largestMagnitude: input.summary.largestMagnitude, worksInFloat: input.matrix.storage.isFloat)
    // S as it lies beside the stored entries.
    let beside = sparse.map { $0.isStoredTransposed == isTransposed ? $0.storage : $0.storage.transposed() }
    var sums = Sums()
    switch (input.matrix.storage, pair.left, pair.right) {
    case (.float(let a), .float(let b), .float(let c)):
      var s: Matrix<Float>?
      if case .float(let matrix) = beside { s = matrix }
      try sums.add(a, b, c, s, scaling.factor, control)
    case (.double(let a), .double(let b), .double(let c)):
      var s: Matrix<Double>?
      if case .double(let matrix) = beside { s = matrix }
      try sums.add(a, b, c, s, scaling.factor, control)
    default: preconditionFailure("A and its factors must share one precision")
    }
    let whole = input.summary.frobeniusNorm * scaling.factor
    norm = sums.squares.squareRoot() * scaling.inverse
    relative = whole > 0 ? sums.squares.squareRoot() / whole : 0
    largest = sums.largest * scaling.inverse
    entries = input.shape.count - input.summary.nonFiniteCount
  }
}

/// Sums over the entries, in scaled units.
private struct Sums {
  var squares = 0.0
  var largest = 0.0

  /// Adds what a − bc − s leaves.
  mutating func add<Scalar: RealScalar>(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, _ c: Matrix<Scalar>, _ s: Matrix<Scalar>?, _ factor: Double,
    _ control: WorkControl
  ) throws(FactorizationError) {
    let (m, n, k) = (a.rows, a.columns, b.columns)
    let width = max(1, (1 << 20) / max(1, m))
    for first in stride(from: 0, to: n, by: width) {
      try control.advance(Double(first) / Double(n))
      let count = min(width, n - first)
      let range = first * m..<(first + count) * m
      let strip = Matrix<Scalar>(Shape(m, count)) { target in
        s?.withEntries { _ = target.update(fromContentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
        b.withEntries { left in
          c.withEntries { right in
            multiplyAdd(
              Block(UnsafeMutablePointer(mutating: left.baseAddress), b.shape, stride: m),
              Block(
                right.baseAddress.map { UnsafeMutablePointer(mutating: $0 + first * k) }, Shape(k, count), stride: k),
              into: Block(target.baseAddress, Shape(m, count), stride: m), beta: 1)
          }
        }
      }
      let (sum, peak) = a.withEntries { entries in
        strip.withEntries { addDistances(UnsafeBufferPointer(rebasing: entries[range]), $0, factor) }
      }
      squares += sum
      largest = max(largest, peak)
    }
  }
}

/// Σ (factor·(x − y))² and the largest |factor·(x − y)| over the places where x is finite.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func addDistances<Scalar: RealScalar>(
  _ x: UnsafeBufferPointer<Scalar>, _ y: UnsafeBufferPointer<Scalar>, _ factor: Double
) -> (squares: Double, largest: Double) {
  var lanes = SIMD8<Double>.zero
  var peaks = SIMD8<Double>.zero
  let whole = x.count & ~7
  for start in stride(from: 0, to: whole, by: 8) {
    var value = SIMD8<Double>.zero
    var product = SIMD8<Double>.zero
    for lane in 0..<8 {
      value[lane] = Double(x[start + lane])
      product[lane] = Double(y[start + lane])
    }
    // A value minus itself is zero only where it is finite.
    let difference = ((value - product) * factor).replacing(with: 0, where: (value - value) .!= 0)
    lanes += difference * difference
    let magnitude = difference.replacing(with: -difference, where: difference .< 0)
    peaks.replace(with: magnitude, where: magnitude .> peaks)
  }
  var (sum, largest) = (lanes.sum(), peaks.max())
  for index in whole..<x.count where x[index].isFinite {
    let difference = (Double(x[index]) - Double(y[index])) * factor
    sum += difference * difference
    largest = max(largest, abs(difference))
  }
  return (sum, largest)
}
