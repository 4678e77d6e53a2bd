/// Points that share labels: classes, where the labels of many points are few.
package struct PointClasses: Hashable, Sendable {
  /// The classes, in order: numbers by value, words by letters.
  package let names: [String]
  /// The class of every point.
  package let of: [Int]
  /// How many points each class has.
  package let counts: [Int]

  /// As many classes as glyphs can tell apart.
  package static let limit = 12

  /// The classes of `labels`; nil where there are none, only one, more than ``limit``, or as many as half of the points.
  package init?(_ labels: [String]) {
    var found: Set<String> = []
    for label in labels {
      found.insert(label)
      guard found.count <= Self.limit else { return nil }
    }
    guard found.count > 1, found.count * 2 <= labels.count else { return nil }
    names = found.sorted { a, b in
      if let x = Double(a), let y = Double(b) { return x < y }
      return a < b
    }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    of = labels.map { places[$0] ?? 0 }
    var counts = [Int](repeating: 0, count: names.count)
    for index in of { counts[index] += 1 }
    self.counts = counts
  }
}
