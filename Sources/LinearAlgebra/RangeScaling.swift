/// An exact power of two between a matrix's own units and units in which its entries are near 1.
///
/// Squares and products of entries near either end of a scalar's range leave that range. Multiplied by ``factor`` they
/// do not, and no bit of an entry that matters is lost. In the ordinary range the factor is 1.
package struct RangeScaling: Hashable, Sendable {
  /// What entries are multiplied by, a power of two.
  package let factor: Double
  /// What results are multiplied by to be in A's units again: 1 / ``factor``, exactly.
  package let inverse: Double

  /// No scaling.
  package static let none = RangeScaling(exponent: 0)

  /// The scaling for a matrix with max |a_ij| = `largestMagnitude`, computed with in f32 or f64.
  ///
  /// It scales from 2^±40 on in f32 and from 2^±400 on in f64, whatever leaves those squares inside the range.
  package init(largestMagnitude: Double, worksInFloat: Bool) {
    let edge = worksInFloat ? 0x1p+40 : 0x1p+400
    guard largestMagnitude > 0, largestMagnitude.isFinite, largestMagnitude >= edge || largestMagnitude <= 1 / edge
    else {
      self = .none
      return
    }
    // Within the limit both the factor and its inverse are normal numbers, for subnormal entries too.
    let limit = worksInFloat ? 120 : 1000
    self.init(exponent: min(limit, max(-limit, Int(largestMagnitude.exponent))))
  }

  private init(exponent: Int) {
    factor = Double(sign: .plus, exponent: -exponent, significand: 1)
    inverse = Double(sign: .plus, exponent: exponent, significand: 1)
  }
}

extension Matrix {
  /// Multiplies every entry by `factor`.
  package mutating func scale(by factor: Scalar) {
    withMutableEntries { multiplyEntries($0, by: factor) }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func multiplyEntries<Scalar: RealScalar>(_ entries: UnsafeMutableBufferPointer<Scalar>, by factor: Scalar) {
  for index in entries.indices { entries[index] *= factor }
}
