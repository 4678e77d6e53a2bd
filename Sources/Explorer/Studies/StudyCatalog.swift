/// Every experiment that a view shows. A new one is a view, its panel, and one line here.
package enum StudyCatalog {
  /// The studies, in the order of the tabs.
  package static let all: [Study] = [
    Study(.validation, needs: .values) { $0.validationOptions.experiment },
    Study(.court, needs: .values, isSoonSeen: true) { $0.court.experiment },
    Study(.speed, needs: .vectors) { SpeedOptions.experiment($0) },
    Study(.projection, needs: .vectors) { ProjectionOptions.experiment($0) },
    Study(.race, needs: .values, settle: 0.2) { $0.raceOptions.experiment(rank: $0.rank) },
  ]

  /// The study behind `view`.
  package static func study(_ view: ExplorerView) -> Study? { all.first { $0.view == view } }
}
