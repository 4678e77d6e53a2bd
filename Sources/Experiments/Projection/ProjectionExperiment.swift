import LinearAlgebra
import Preparation
import RankAnalysis

extension ExperimentError {
  /// A matrix of one row or column cannot be drawn in a plane.
  package static var oneComponent: ExperimentError {
    .refused("this matrix has only one component, and a plane takes two: take one of at least 2 rows and columns")
  }
}

/// Draws rows or columns in the coordinates of two components, and finds the neighbours of one of them.
///
/// The subject's SVD must be known.
///
/// Source: Jolliffe, Principal Component Analysis, 2nd ed. (2002), ch. 5; Gabriel, Biometrika 58 (1971), 453–467.
package struct ProjectionExperiment: Experiment {
  /// What the points are.
  package var axis: ProjectionAxis
  /// The components across and up, from 1.
  package var across: Int, up: Int
  /// The k of the space in which neighbours are near; 0 has none.
  package var rank: Int
  /// The point whose neighbours are found.
  package var point: Int
  /// How many neighbours.
  package var neighbours: Int
  /// How near is meant.
  package var metric: PointMetric
  /// How many loadings of each component.
  package var loadings: Int

  /// The picture of `axis` in two components; numbers beyond the last mean the last.
  package init(
    axis: ProjectionAxis = .rows, across: Int = 1, up: Int = 2, rank: Int = 2, point: Int = 0, neighbours: Int = 8,
    metric: PointMetric = .euclidean, loadings: Int = 12
  ) {
    self.axis = axis
    self.across = across
    self.up = up
    self.rank = rank
    self.point = point
    self.neighbours = neighbours
    self.metric = metric
    self.loadings = loadings
  }

  package func run(
    on subject: ExperimentSubject, control: WorkControl, report: (ProjectionFinding) -> Void
  ) throws(ExperimentError) -> ProjectionFinding {
    guard let svd = subject.svd, let analysis = subject.analysis else {
      throw .refused("The singular vectors are not there yet.")
    }
    let count = svd.singularValues.count
    try ExperimentError.requireEntries(subject.prepared.loaded.shape)
    guard count > 1 else { throw .oneComponent }
    let labels = subject.prepared.loaded.labels
    let (points, others) = axis == .rows ? (svd.leftVectors, svd.rightVectors) : (svd.rightVectors, svd.leftVectors)
    let (names, otherNames) = axis == .rows ? (labels.rows, labels.columns) : (labels.columns, labels.rows)
    func component(_ index: Int) -> ProjectionComponent {
      let place = max(0, min(count, index) - 1)
      let share = analysis.energy(rank: place + 1).middle - analysis.energy(rank: place).middle
      return ProjectionComponent(
        index: place + 1, value: svd.singularValues[place], share: share,
        scores: points.column(place, scaledBy: svd.singularValues[place]),
        loadings: largest(others.column(place, scaledBy: 1)))
    }
    let (x, y) = (component(across), component(up))
    let point = max(0, min(points.shape.rows - 1, self.point))
    if control.token.isCancelled { throw .cancelled }
    let near = points.nearestRows(
      to: point, weights: Array(svd.singularValues.prefix(rank)), count: neighbours, metric: metric)
    return ProjectionFinding(
      axis: axis, across: x, up: y, isCentered: isCentered(x.scores) && isCentered(y.scores), labels: names,
      classes: PointClasses(names), loadingLabels: otherNames,
      sharedLoadingLabels: shared(otherNames, by: x.loadings + y.loadings),
      point: point, rank: min(rank, count), metric: metric,
      neighbours: near.map { ProjectionFinding.Neighbour(index: $0.row, distance: $0.distance) })
  }

  /// Those of the names of `loadings` that `names` holds more than once.
  private func shared(_ names: [String], by loadings: [ProjectionComponent.Loading]) -> Set<String> {
    var counts: [String: Int] = [:]
    for loading in loadings where loading.index < names.count { counts[names[loading.index]] = 0 }
    for name in names { if let count = counts[name] { counts[name] = count + 1 } }
    return Set(counts.filter { $0.value > 1 }.keys)
  }

  private func largest(_ vector: [Double]) -> [ProjectionComponent.Loading] {
    let order = vector.indices.sorted { (abs(vector[$0]), $1) > (abs(vector[$1]), $0) }
    return order.prefix(loadings).map { ProjectionComponent.Loading(index: $0, value: vector[$0]) }
  }

  /// Whether the mean is nothing beside the spread, by what f32 leaves of it.
  private func isCentered(_ scores: [Double]) -> Bool {
    let sum = scores.reduce(0, +)
    let squares = scores.reduce(0) { $0 + $1 * $1 }
    return sum * sum <= 1e-8 * squares * Double(scores.count)
  }
}
