import LinearAlgebra
import RankAnalysis

extension ExplorerState {
  /// Actions of the large pictures.
  mutating func reducePictures(_ action: ExplorerAction) {
    guard view == .pictures else {
      if case .nextColorMap = action { pictureView.map = pictureView.map.next }
      return
    }
    switch action {
    case .toggleWindow: pictureView.isWindowed.toggle()
    case .zoom(let step): zoom(by: step)
    case .pan(let rows, let columns): pan(rows: rows, columns: columns)
    case .center(let center):
      pictureView.isWindowed = true
      pictureView.center = center
    case .toggleBlink: pictureView.isBlinking.toggle()
    case .nextColorMap: pictureView.map = pictureView.map.next
    default: break
    }
  }

  /// The window on the screen, once the layout knows of one.
  private var window: EntryWindow? { layout.pictures?.window }

  /// Enlarging from the whole begins where one entry is one pixel.
  private mutating func zoom(by step: Int) {
    if !pictureView.isWindowed {
      if step > 0 { pictureView.isWindowed = true }
      return
    }
    if step < 0, window == nil {
      pictureView.isWindowed = false
      return
    }
    rememberCenter()
    let zooms = PictureView.zooms
    pictureView.zoom = max(zooms.lowerBound, min(zooms.upperBound, pictureView.zoom + step))
  }

  private mutating func pan(rows: Double, columns: Double) {
    guard pictureView.isWindowed, let window, let shape = info?.pictureShape else { return }
    let (height, width) = (window.rows.count, window.columns.count)
    let row = (window.rows.lowerBound + window.rows.upperBound) / 2 + Int((rows * Double(height)).rounded())
    let column = (window.columns.lowerBound + window.columns.upperBound) / 2 + Int((columns * Double(width)).rounded())
    // The middle of a window that stays inside.
    pictureView.center = PictureView.Center(
      row: max(height / 2, min(shape.rows - (height + 1) / 2, row)),
      column: max(width / 2, min(shape.columns - (width + 1) / 2, column)))
  }

  /// Keeps the middle where it is while the window changes its size.
  private mutating func rememberCenter() {
    guard pictureView.center == nil, let window else { return }
    pictureView.center = PictureView.Center(
      row: (window.rows.lowerBound + window.rows.upperBound) / 2,
      column: (window.columns.lowerBound + window.columns.upperBound) / 2)
  }
}
