/// The singular values of a matrix with certain bounds, and what is needed to judge them.
///
/// Values are in A's own units, non-increasing: σ₁ ≥ … ≥ σ_p, p = min(m, n).
package struct Spectrum: Sendable, Hashable {
  /// The shape of A, m × n.
  package let shape: Shape
  /// σ₁ … σ_p, non-increasing.
  package let values: [Double]
  /// Lower bounds, parallel to ``values``; equal to them when exact.
  package let lower: [Double]
  /// Upper bounds, parallel to ``values``; equal to them when exact.
  package let upper: [Double]
  /// ‖A‖_F, from one pass over the entries.
  package let frobeniusNorm: Double
  /// Relative to σ₁: singular values below `precisionFloor`·σ₁ are rounding. f = max(N·eps of the source, the solver's
  /// own floor).
  package let precisionFloor: Double
  /// A bound, relative to ‖A‖_F, on what rounding did to the values taken together: ‖σ̂ − σ‖₂ ≤ `rounding`·‖A‖_F. Read-outs
  /// show only the digits that survive it.
  package let rounding: Double

  /// How probable it is, at most, that the bounds do not hold: 0 when they are certain.
  package let failureProbability: Double

  /// A spectrum that is only known to lie between certain bounds; its values are the lower ones.
  ///
  /// - Parameters:
  ///   - lower: p non-increasing lower bounds of σ₁ … σ_p, 0 where nothing is known.
  ///   - upper: p non-increasing upper bounds.
  ///   - failureProbability: of the upper bounds.
  package init(
    shape: Shape, lower: [Double], upper: [Double], frobeniusNorm: Double, precisionFloor: Double, rounding: Double,
    failureProbability: Double
  ) {
    precondition(lower.count == shape.shortSide && upper.count == lower.count, "a spectrum holds min(m, n) values")
    self.shape = shape
    values = lower
    self.lower = lower
    self.upper = upper
    self.frobeniusNorm = frobeniusNorm
    self.precisionFloor = precisionFloor
    self.rounding = rounding
    self.failureProbability = failureProbability
  }

  /// An exact spectrum, up to the solver's rounding.
  package init(
    shape: Shape, values: [Double], frobeniusNorm: Double, precisionFloor: Double, rounding: Double
  ) {
    precondition(values.count == shape.shortSide, "a spectrum holds min(m, n) values")
    self.shape = shape
    self.values = values
    self.lower = values
    self.upper = values
    self.frobeniusNorm = frobeniusNorm
    self.precisionFloor = precisionFloor
    self.rounding = rounding
    failureProbability = 0
  }

  /// σ₁ = ‖A‖₂; 0 for an empty matrix.
  package var largest: Double { values.first ?? 0 }
  /// p = min(m, n).
  package var count: Int { values.count }
  /// Whether the bounds coincide with the values.
  package var isExact: Bool { lower == upper }
  /// The smallest σ that is not rounding, in A's units: `precisionFloor`·σ₁.
  package var floorValue: Double { precisionFloor * largest }
}
