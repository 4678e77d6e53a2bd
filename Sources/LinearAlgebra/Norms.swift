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

  /// Summarises `matrix` in one pass over its entries; in two where squares would leave the range of f64.
  package init(_ matrix: AnyMatrix) {
    switch matrix {
    case .float(let matrix): self.init(matrix)
    case .double(let matrix): self.init(matrix)
    }
  }

  /// Summarises `matrix` in one pass over its entries; in two where squares would leave the range of f64.
  package init<Scalar: RealScalar>(_ matrix: Matrix<Scalar>) {
    rows = matrix.rows
    let pass = matrix.withEntries { EntryPass($0) }
    minimum = pass.minimum
    maximum = pass.maximum
    nonFiniteCount = pass.nonFiniteCount
    firstNonFiniteOffset = pass.firstNonFinite
    let magnitude = max(abs(pass.minimum), abs(pass.maximum))
    largestMagnitude = magnitude
    if magnitude == 0 || magnitude > 0x1p-400 && magnitude < 0x1p+400 {
      frobeniusNorm = pass.sumOfSquares.squareRoot()
    } else {
      // A power of two scales without rounding; its inverse must be finite too.
      let scale = max(magnitude.binade, 0x1p-1000)
      frobeniusNorm = matrix.withEntries { sumOfSquares($0, scale: scale) }.squareRoot() * scale
    }
  }

  /// What is known of entries that are not there: their norm, and a bound on all of them.
  init(frobeniusNorm: Double, bound: Double) {
    self.frobeniusNorm = frobeniusNorm
    largestMagnitude = bound
    minimum = -bound
    maximum = bound
    nonFiniteCount = 0
    rows = 0
  }

  package static func == (a: EntrySummary, b: EntrySummary) -> Bool {
    a.frobeniusNorm == b.frobeniusNorm && a.minimum == b.minimum && a.maximum == b.maximum
      && a.nonFiniteCount == b.nonFiniteCount && a.firstNonFiniteOffset == b.firstNonFiniteOffset
  }
}

/// Range and sum of squares, block by block.
private struct EntryPass {
  var minimum = 0.0
  var maximum = 0.0
  var nonFiniteCount = 0
  var firstNonFinite: Int?
  /// Σ a² over the finite entries.
  var sumOfSquares = 0.0

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  init<Scalar: RealScalar>(_ entries: UnsafeBufferPointer<Scalar>) {
    var low = Double.infinity
    var high = -Double.infinity
    for start in stride(from: 0, to: entries.count, by: blockLength) {
      let block = UnsafeBufferPointer(rebasing: entries[start..<min(start + blockLength, entries.count)])
      var (blockLow, blockHigh, sum) = finiteBlock(block)
      // One NaN or infinite entry makes the sum so; a finite sum has none.
      if !sum.isFinite { (blockLow, blockHigh, sum) = carefulBlock(block, at: start) }
      low = min(low, blockLow)
      high = max(high, blockHigh)
      sumOfSquares += sum
    }
    // A zero has no sign here.
    if low <= high { (minimum, maximum) = (low + 0, high + 0) }
  }

  /// What `block`, which begins at entry `start`, holds beside entries that are not finite, which are counted.
  private mutating func carefulBlock<Scalar: RealScalar>(
    _ block: UnsafeBufferPointer<Scalar>, at start: Int
  ) -> (low: Double, high: Double, sum: Double) {
    var low = Double.infinity
    var high = -Double.infinity
    for (offset, value) in block.enumerated() {
      if value.isFinite {
        low = min(low, Double(value))
        high = max(high, Double(value))
      } else {
        nonFiniteCount += 1
        if firstNonFinite == nil { firstNonFinite = start + offset }
      }
    }
    return (low, high, scaledBlock(block, by: 1))
  }
}

/// The entries that are summed on their own, so that the error does not grow with the number of all: 32 KiB of f64.
private let blockLength = 4096

/// The range and Σ a² of a block; if an entry is not finite, nor is the sum, and the range means nothing.
private func finiteBlock<Scalar: RealScalar>(
  _ block: UnsafeBufferPointer<Scalar>
) -> (low: Double, high: Double, sum: Double) {
  let whole = block.count & ~7
  let lanes = Scalar.lanes(of: UnsafeBufferPointer(rebasing: block[..<whole]))
  var (low, high, sum) = (lanes.lows.min(), lanes.highs.max(), lanes.sums.sum())
  for index in whole..<block.count {
    let value = Double(block[index])
    low = min(low, value)
    high = max(high, value)
    sum += value * value
  }
  return (low, high, sum)
}

/// Σ (a·inverse)² over the finite entries of a block.
@inline(__always)
private func scaledBlock<Scalar: RealScalar>(_ block: UnsafeBufferPointer<Scalar>, by inverse: Double) -> Double {
  var sums = SIMD8<Double>.zero
  let whole = block.count & ~7
  for index in stride(from: 0, to: whole, by: 8) {
    var values = eight(block, at: index) * inverse
    values.replace(with: 0, where: .!(values .== values) .| (abs8(values) .== .infinity))
    sums += values * values
  }
  var sum = sums.sum()
  for index in whole..<block.count {
    let value = Double(block[index]) * inverse
    if value.isFinite { sum += value * value }
  }
  return sum
}

/// Σ (a/scale)² over the finite entries, in f64 with independent partial sums a block.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
package func sumOfSquares<Scalar: RealScalar>(_ entries: UnsafeBufferPointer<Scalar>, scale: Double = 1) -> Double {
  var total = 0.0
  for start in stride(from: 0, to: entries.count, by: blockLength) {
    let block = UnsafeBufferPointer(rebasing: entries[start..<min(start + blockLength, entries.count)])
    total += scaledBlock(block, by: 1 / scale)
  }
  return total
}

/// Eight entries from `index` on.
@inline(__always)
private func eight<Scalar: RealScalar>(_ entries: UnsafeBufferPointer<Scalar>, at index: Int) -> SIMD8<Double> {
  var values = SIMD8<Double>.zero
  for lane in 0..<8 { values[lane] = Double(entries[index + lane]) }
  return values
}

@inline(__always)
private func abs8(_ x: SIMD8<Double>) -> SIMD8<Double> { x.replacing(with: -x, where: x .< 0) }
