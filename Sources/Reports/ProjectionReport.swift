import Experiments
import MatrixFiles
import Preparation

/// What `project --json` prints, schema "lowrank.projection/1".
package struct ProjectionReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.projection/1"

  package var schema = Self.schemaName
  package var source: String
  package var tensor: Nullable<String>
  package var rows: Int
  package var columns: Int
  package var dtype: String
  package var preparation: PreparationRecord
  /// What the points are: "rows" or "columns".
  package var axis: String
  /// Across and up.
  package var components: [Component]
  /// Whether the points have mean zero in both components, so that energy is variance.
  package var centered: Bool
  /// The names of the points, and the classes that they are; null where there are none.
  package var labels: Nullable<[String]>
  package var classes: Nullable<[String]>
  /// Neighbours of one point in the space of `rank` components.
  package var rank: Int
  package var metric: String
  package var point: Int
  package var neighbours: [Neighbour]

  /// One axis of the picture.
  package struct Component: Codable, Hashable, Sendable {
    package var component: Int
    package var singularValue: Double
    /// σ²/Σσ².
    package var energyShare: Double
    /// σ_i·u_ji of every point.
    package var scores: [Double]
    package var loadings: [Loading]

    enum CodingKeys: String, CodingKey {
      case component, scores, loadings
      case singularValue = "singular_value"
      case energyShare = "energy_share"
    }
  }

  /// An entry of the vector on the other side; places count from 1.
  package struct Loading: Codable, Hashable, Sendable {
    package var index: Int
    package var name: String
    package var value: Double
  }

  /// A point nearby; places count from 1.
  package struct Neighbour: Codable, Hashable, Sendable {
    package var index: Int
    package var name: String
    package var distance: Double
  }

  /// Reports what was found of `matrix`, called `source`.
  package init(source: String, matrix: LoadedMatrix, preparation: Preparation, _ finding: ProjectionFinding) {
    self.source = source
    tensor = Nullable(matrix.entry.name)
    rows = matrix.shape.rows
    columns = matrix.shape.columns
    dtype = matrix.entry.type.rawValue
    self.preparation = PreparationRecord(preparation)
    axis = finding.axis.rawValue
    components = [finding.across, finding.up].map { component in
      Component(
        component: component.index, singularValue: component.value, energyShare: component.share,
        scores: component.scores,
        loadings: component.loadings.map {
          Loading(index: $0.index + 1, name: finding.loadingName($0.index), value: $0.value)
        })
    }
    centered = finding.isCentered
    labels = Nullable(finding.labels.isEmpty ? nil : finding.labels)
    classes = Nullable(finding.classes?.names)
    rank = finding.rank
    metric = finding.metric.rawValue
    point = finding.point + 1
    neighbours = finding.neighbours.map {
      Neighbour(index: $0.index + 1, name: finding.name($0.index), distance: $0.distance)
    }
  }
}
