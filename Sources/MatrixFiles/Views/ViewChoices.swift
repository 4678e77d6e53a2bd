extension TensorEntry {
  /// The views worth going through: the usual one, every other axis as the rows, the leading axes together as the rows,
  /// and slices of the first and the last axis. Empty where there is nothing to choose: up to two axes.
  package var views: [TensorView] {
    guard axes.count > 2, !axes.contains(0) else { return [] }
    let last = axes.count - 1
    return [.usual] + (1...last).map { .fold([$0]) } + (2...last).map { .fold(Array(0..<$0)) }
      + [.slice([0]), .slice([Int?](repeating: nil, count: last) + [0])]
  }
}

extension TensorView {
  /// A slice with the first of its indices moved by `distance`, as far as `entry` goes; nil for what is no slice of it.
  package func stepping(by distance: Int, in entry: TensorEntry) -> TensorView? {
    guard case .slice(var places) = self, places.count <= entry.axes.count,
      let axis = places.firstIndex(where: { $0 != nil }), let index = places[axis], entry.axes[axis] > 0
    else { return nil }
    let (moved, overflow) = index.addingReportingOverflow(distance)
    guard !overflow else { return nil }
    places[axis] = min(max(moved, 0), entry.axes[axis] - 1)
    return .slice(places)
  }
}
