/// Every experiment that a view shows. A new one is a view, its panel, and one line here.
package enum StudyCatalog {
  /// The studies, in the order of the tabs.
  package static let all: [Study] = [
    Study(.speed, needs: .vectors) { SpeedOptions.experiment($0) },
    Study(.projection, needs: .vectors) { ProjectionOptions.experiment($0) },
  ]

  /// The study behind `view`.
  package static func study(_ view: ExplorerView) -> Study? { all.first { $0.view == view } }
}
