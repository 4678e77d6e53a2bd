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
}
