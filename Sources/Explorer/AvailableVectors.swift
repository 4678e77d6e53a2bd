/// Which singular vectors of the opened matrix are there: those of the leading triplets of a preview, or all.
package struct AvailableVectors: Hashable, Sendable {
  /// l: the triplets 1 … l are there.
  package let count: Int
  /// Whether they are a full decomposition's, exact up to rounding; otherwise a subspace's best approximation of them.
  package let isExact: Bool
  /// How many there can be before the exact ones land.
  package let limit: Int

  /// The vectors of a full decomposition.
  package static func exact(_ count: Int) -> AvailableVectors {
    AvailableVectors(count: count, isExact: true, limit: count)
  }

  /// The vectors of the leading `count` triplets, which can grow to `limit`.
  package static func leading(_ count: Int, limit: Int) -> AvailableVectors {
    AvailableVectors(count: count, isExact: false, limit: max(count, limit))
  }

  /// Whether these say more than `other`: exact ones more than approximate ones, more of them more than fewer.
  package func replaces(_ other: AvailableVectors?) -> Bool {
    guard let other else { return true }
    return !other.isExact && (isExact || count > other.count)
  }
}
