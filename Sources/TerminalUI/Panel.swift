import Explorer
import RankAnalysis

/// Something that draws a view of the state: one file each, registered in ``PanelCatalog``.
///
/// The same state on the same rectangle always draws the same cells.
package protocol Panel: Sendable {
  /// The view it draws.
  var view: ExplorerView { get }
  /// Its name on the tab.
  var title: String { get }
  /// Draws `state` inside `rect`.
  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas)
  /// The pictures that there is room for inside `rect`; nil where it shows none.
  func pictures(_ state: ExplorerState, in rect: Rect) -> PictureRequest?
}

extension Panel {
  package func pictures(_ state: ExplorerState, in rect: Rect) -> PictureRequest? { nil }
}

/// Every panel, in the order of the tabs.
package enum PanelCatalog {
  package static let all: [any Panel] = [
    GalleryPanel(), LessonMenuPanel(), LayerMapPanel(), TensorPanel(), LayerSpectraPanel(), OverviewPanel(),
    SpectrumPanel(),
    NumbersPanel(), PicturesPanel(), ComponentsPanel(),
    BlocksPanel(), ValidationPanel(), CourtPanel(), SpeedPanel(), ProjectionPanel(), RacePanel(),
  ]

  /// The panel that draws `view`.
  package static func panel(_ view: ExplorerView) -> (any Panel)? { all.first { $0.view == view } }
}
