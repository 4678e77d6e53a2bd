/// What one pass over the entries tells: norms, range, and whether every entry is finite.
///
/// All sums are accumulated in f64, on entries scaled by the largest magnitude where squares would leave the range of
/// f64.
package struct EntrySummary: Sendable, Hashable {
  /// ‖A‖_F; infinite only if the norm itself exceeds the range of f64.
  package var frobeniusNorm: Double
  /// max |a_ij|.
  package var largestMagnitude: Double
  /// The smallest and the largest finite entry; both 0 when there is none.
  package var minimum: Double
  /// The largest finite entry.
  package var maximum: Double
  /// The number of NaN and infinite entries.
  package var nonFiniteCount: Int
  /// The first of them in storage order, row and column counted from zero in the *stored* matrix.
  package var firstNonFinite: (row: Int, column: Int)? {
    firstNonFiniteOffset.map { ($0 % max(1, rows), $0 / max(1, rows)) }
  }
  private var firstNonFiniteOffset: Int?
  private let rows: Int

  /// Summarises `matrix` in two passes over its entries.
  package init(_ matrix: AnyMatrix) {
    switch matrix {
    case .float(let matrix): self.init(matrix)
    case .double(let matrix): self.init(matrix)
    }
  }

  /// Summarises `matrix` in two passes over its entries.
  package init<Scalar: RealScalar>(_ matrix: Matrix<Scalar>) {
    rows = matrix.rows
    let range = matrix.withEntries { entryRange($0) }
    minimum = range.minimum
    maximum = range.maximum
    nonFiniteCount = range.nonFiniteCount
    firstNonFiniteOffset = range.firstNonFinite
    let magnitude = max(abs(range.minimum), abs(range.maximum))
    largestMagnitude = magnitude
    frobeniusNorm = 0
    if magnitude > 0 {
      // A power of two scales without rounding; its inverse must be finite too.
      let scale = magnitude > 0x1p-400 && magnitude < 0x1p+400 ? 1.0 : max(magnitude.binade, 0x1p-1000)
      frobeniusNorm = matrix.withEntries { sumOfSquares($0, scale: scale) }.squareRoot() * scale
    }
  }

  package static func == (a: EntrySummary, b: EntrySummary) -> Bool {
    a.frobeniusNorm == b.frobeniusNorm && a.minimum == b.minimum && a.maximum == b.maximum
      && a.nonFiniteCount == b.nonFiniteCount && a.firstNonFiniteOffset == b.firstNonFiniteOffset
  }
}

private struct EntryRange {
  var minimum = Double.infinity
  var maximum = -Double.infinity
  var nonFiniteCount = 0
  var firstNonFinite: Int?
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func entryRange<Scalar: RealScalar>(_ entries: UnsafeBufferPointer<Scalar>) -> EntryRange {
  var range = EntryRange()
  var low = Scalar.infinity
  var high = -Scalar.infinity
  for (offset, value) in entries.enumerated() {
    if value.isFinite {
      low = min(low, value)
      high = max(high, value)
    } else {
      range.nonFiniteCount += 1
      if range.firstNonFinite == nil { range.firstNonFinite = offset }
    }
  }
  range.minimum = low <= high ? Double(low) : 0
  range.maximum = low <= high ? Double(high) : 0
  return range
}

/// Σ (a/scale)² over the finite entries, in f64 with independent partial sums a block, so that the error does not grow
/// with the number of entries.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
package func sumOfSquares<Scalar: RealScalar>(_ entries: UnsafeBufferPointer<Scalar>, scale: Double = 1) -> Double {
  let inverse = 1 / scale
  var total = 0.0
  var index = 0
  while index < entries.count {
    let end = min(index + 4096, entries.count)
    var lanes = SIMD8<Double>.zero
    while index + 8 <= end {
      var block = SIMD8<Double>.zero
      for lane in 0..<8 { block[lane] = Double(entries[index + lane]) }
      block *= inverse
      block.replace(with: 0, where: .!(block .== block) .| (abs8(block) .== .infinity))
      lanes += block * block
      index += 8
    }
    var partial = lanes.sum()
    while index < end {
      let value = Double(entries[index]) * inverse
      if value.isFinite { partial += value * value }
      index += 1
    }
    total += partial
  }
  return total
}

@inline(__always)
private func abs8(_ x: SIMD8<Double>) -> SIMD8<Double> { x.replacing(with: -x, where: x .< 0) }
