import LinearAlgebra

/// What is projected.
package enum ProjectionAxis: String, Hashable, Sendable, CaseIterable {
  /// The rows: points UΣ, loadings V.
  case rows
  /// The columns: points VΣ, loadings U.
  case columns
}

/// One of the two components that span the picture.
package struct ProjectionComponent: Hashable, Sendable {
  /// i, from 1.
  package let index: Int
  /// σ_i.
  package let value: Double
  /// σ_i²/Σσ².
  package let share: Double
  /// σ_i·w_ji for every point j.
  package let scores: [Double]
  /// The largest entries of the vector on the other side, by size, with their places.
  package let loadings: [Loading]

  /// An entry of a singular vector, and where it stands.
  package struct Loading: Hashable, Sendable {
    package let index: Int
    package let value: Double
  }
}

/// Rows or columns of a matrix as points in the plane of two components.
package struct ProjectionFinding: Sendable {
  /// What the points are.
  package let axis: ProjectionAxis
  /// Across and up.
  package let across: ProjectionComponent, up: ProjectionComponent
  /// Whether the scores have mean zero, so that energy is variance.
  package let isCentered: Bool
  /// The points' names; empty where there are none.
  package let labels: [String]
  /// The classes that the names are; nil where they are names of single points.
  package let classes: PointClasses?
  /// The names of what the loadings belong to; empty where there are none.
  package let loadingLabels: [String]
  /// Those of the names of listed loadings that more than one has.
  package let sharedLoadingLabels: Set<String>
  /// The point that is looked at.
  package let point: Int
  /// k of the space in which neighbours are near.
  package let rank: Int
  /// How near is meant.
  package let metric: PointMetric
  /// The points nearest to ``point``, nearest first.
  package let neighbours: [Neighbour]

  /// A point that is near.
  package struct Neighbour: Hashable, Sendable {
    package let index: Int
    package let distance: Double
  }

  /// The number of points.
  package var count: Int { across.scores.count }

  /// The name of a point: its own and its number where names repeat, "row 7" where it has none.
  package func name(_ index: Int) -> String {
    let number = "\(axis == .rows ? "row" : "column") \(index + 1)"
    guard index < labels.count, !labels[index].isEmpty else { return number }
    return classes == nil ? labels[index] : "\(labels[index]), \(number)"
  }

  /// The name of what a loading belongs to: its own, with its number where another has it too; "column 7" where it has none.
  package func loadingName(_ index: Int) -> String {
    let number = "\(axis == .rows ? "column" : "row") \(index + 1)"
    guard index < loadingLabels.count, !loadingLabels[index].isEmpty else { return number }
    let name = loadingLabels[index]
    return sharedLoadingLabels.contains(name) ? "\(name), \(number)" : name
  }

  /// The share of the neighbours of ``point`` that are of its class; nil where there are no classes or no neighbours.
  package var agreement: Double? {
    guard let classes, !neighbours.isEmpty else { return nil }
    return Double(neighbours.count { classes.of[$0.index] == classes.of[point] }) / Double(neighbours.count)
  }
}
