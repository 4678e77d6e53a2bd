import MatrixFiles

/// A part, a head or a product that is scanned because its row is on the screen: what follows from a model's tensors is
/// more than anybody looks at.
package struct ScanPart: Hashable, Sendable {
  /// Its item in the browser.
  package let item: Int
  /// The part.
  package let entry: TensorEntry

  /// The elements of the largest part that is scanned unasked.
  static let largest = 1 << 24
}

extension Browser {
  /// Whether `item` is a part that is scanned once it is seen.
  package func isScannedWhenSeen(_ item: Int) -> Bool {
    guard scan.state != .none, items[item].isDerived, let shape = items[item].entry?.matrixShape, shape.shortSide > 1
    else { return false }
    return shape.longSide <= ScanPart.largest / shape.shortSide
  }

  /// The parts on the screen that were not asked for yet.
  var unscannedParts: [ScanPart] {
    guard view == .tensors else { return [] }
    let unknown = visibleItems.filter { item in
      isScannedWhenSeen(item) && findings[item] == nil && failures[item] == nil && !scan.parts.contains(item)
    }
    return unknown.compactMap { item in items[item].entry.map { ScanPart(item: item, entry: $0) } }
  }
}
