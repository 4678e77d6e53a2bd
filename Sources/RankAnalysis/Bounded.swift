/// A figure that lies between two certain ends; equal ends when it is exact.
package struct Bounded: Hashable, Sendable {
  /// The lower end.
  package let lower: Double
  /// The upper end, not below ``lower``.
  package let upper: Double

  /// A figure between `lower` and `upper`.
  package init(lower: Double, upper: Double) {
    self.lower = min(lower, upper)
    self.upper = max(lower, upper)
  }

  /// `value` known to within `uncertainty` on either side, and not below zero.
  package init(_ value: Double, uncertainty: Double = 0) {
    self.init(lower: max(0, value - uncertainty), upper: value + uncertainty)
  }

  /// The midpoint.
  package var middle: Double { lower + (upper - lower) / 2 }

  /// Whether both ends are one.
  package var isExact: Bool { lower == upper }

  /// Whether the ends differ by more than a factor of 1.1, so that the one that matters says more than both.
  package var isWide: Bool { upper > 1.1 * lower }

  /// Both ends times `factor`, which is not negative.
  package func scaled(by factor: Double) -> Bounded { Bounded(lower: lower * factor, upper: upper * factor) }
}
