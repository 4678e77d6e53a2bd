import Experiments
import LinearAlgebra

/// What the projection view shows.
package struct ProjectionOptions: Hashable, Sendable {
  /// What the points are.
  package var axis = ProjectionAxis.rows
  /// The components across and up, from 1.
  package var across = 1, up = 2
  /// The point that is looked at.
  package var point = 0
  /// How near neighbours are meant.
  package var metric = PointMetric.euclidean

  /// What is projected in `state`; neighbours are near in the space of the slider's rank.
  static func experiment(_ state: ExplorerState) -> ProjectionExperiment? {
    guard let count = state.spectrum?.count, count > 0 else { return nil }
    let options = state.projectionOptions
    return ProjectionExperiment(
      axis: options.axis, across: min(count, options.across), up: min(count, options.up), rank: state.rank,
      point: options.point, metric: options.metric)
  }
}

/// A change of what the projection view shows.
package enum ProjectionChange: Hashable, Sendable {
  /// Rows, or columns.
  case toggleAxis
  /// The next or previous component across, or up.
  case stepAcross(Int), stepUp(Int)
  /// Distance or angle.
  case nextMetric
  /// This point.
  case point(Int)
  /// The nearest point in a direction: right and up count from left and below.
  case move(right: Int, up: Int)
}

extension ExplorerState {
  /// Changes the projection view.
  mutating func reduceProjection(_ change: ProjectionChange) {
    guard view == .projection, fullRank > 0 else { return }
    switch change {
    case .toggleAxis:
      projectionOptions.axis = projectionOptions.axis == .rows ? .columns : .rows
      projectionOptions.point = 0
    case .stepAcross(let step): stepComponent(\.across, \.up, step)
    case .stepUp(let step): stepComponent(\.up, \.across, step)
    case .nextMetric:
      projectionOptions.metric = projectionOptions.metric == .euclidean ? .cosine : .euclidean
    case .point(let point): projectionOptions.point = max(0, point)
    case .move(let right, let up):
      guard let finding = finding(ProjectionFinding.self, of: .projection) else { return }
      projectionOptions.point =
        finding.nearest(from: projectionOptions.point, right: Double(right), up: Double(up)) ?? projectionOptions.point
    }
  }

  /// Steps one of the two components, past the other; of two in all they change places.
  private mutating func stepComponent(
    _ moved: WritableKeyPath<ProjectionOptions, Int>, _ other: WritableKeyPath<ProjectionOptions, Int>, _ step: Int
  ) {
    guard fullRank > 1 else { return }
    let held = min(fullRank, projectionOptions[keyPath: other])
    var next = stepped(projectionOptions[keyPath: moved], step)
    if next == held, fullRank > 2 { next = stepped(next, step.signum()) }
    if next == held { projectionOptions[keyPath: other] = min(fullRank, projectionOptions[keyPath: moved]) }
    projectionOptions[keyPath: moved] = next
  }

  private func stepped(_ component: Int, _ step: Int) -> Int {
    (min(component, fullRank) - 1 + step + fullRank) % fullRank + 1
  }
}

extension ProjectionFinding {
  /// The ranges of both axes, never empty.
  package var ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>) { (range(across.scores), range(up.scores)) }

  private func range(_ scores: [Double]) -> ClosedRange<Double> {
    var (low, high) = (Double.infinity, -Double.infinity)
    for score in scores {
      low = min(low, score)
      high = max(high, score)
    }
    guard low < high else { return (low.isFinite ? low - 1 : -1)...(low.isFinite ? low + 1 : 1) }
    return low...high
  }

  /// The point next to `start` in a direction, by the picture's own scales; what lies aside counts three times.
  func nearest(from start: Int, right: Double, up: Double) -> Int? {
    guard start < count else { return nil }
    let (x, y) = ranges
    let (width, height) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    var best: (index: Int, cost: Double)?
    for index in 0..<count where index != start {
      let dx = (across.scores[index] - across.scores[start]) / width
      let dy = (self.up.scores[index] - self.up.scores[start]) / height
      let ahead = dx * right + dy * up
      guard ahead > 1e-9 else { continue }
      let cost = ahead + 3 * abs(dx * up - dy * right)
      if cost < best?.cost ?? .infinity { best = (index, cost) }
    }
    return best?.index
  }
}
