extension TensorEntry {
  /// The views worth going through: the usual one, every other axis as the rows, the leading axes together as the rows,
  /// and slices of the first and the last axis, in the order in which a key goes through them. Empty where there is
  /// nothing to choose: up to two axes. ``matrixShape(_:)`` tells what each gives, ``TensorView/title(of:)`` its name.
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

extension TensorView {
  /// Whether both are slices that hold the same axes at an index: rows and columns then mean the same.
  package func isSlice(like other: TensorView) -> Bool {
    guard case .slice(let places) = self, case .slice(let others) = other else { return false }
    func held(_ places: [Int?]) -> [Int] { places.indices.filter { places[$0] != nil } }
    return held(places) == held(others)
  }

  /// The view after this one among those of `entry`, around; a slice is followed by what follows its first one. Nil
  /// where there is nothing to choose.
  package func next(in entry: TensorEntry) -> TensorView? {
    let views = entry.views
    guard !views.isEmpty else { return nil }
    let index = views.firstIndex { $0 == self || $0.isSlice(like: self) }
    return views[index.map { ($0 + 1) % views.count } ?? 0]
  }
}
