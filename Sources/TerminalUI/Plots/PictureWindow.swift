import Explorer
import RankAnalysis

/// The window of entries that a box of cells shows, two pixels a cell.
struct PictureWindow {
  /// What the queue is asked for.
  let request: PictureRequest
  /// The pixels along an entry's side; less than 1 where a pixel covers several.
  let pixelsPerEntry: Double

  /// Whether a pixel shows one entry, or part of one.
  var isSigned: Bool { pixelsPerEntry >= 1 }

  /// "1:1", "4:1" enlarged, "1:2" reduced.
  var zoomText: String { pixelsPerEntry >= 1 ? "\(Int(pixelsPerEntry)):1" : "1:\(Int((1 / pixelsPerEntry).rounded()))" }

  /// The window of `state` in a box; its middle where the user put it, or where the detail is strongest.
  ///
  /// A matrix that is smaller than the box is enlarged by the largest power of two that fits.
  init(_ state: ExplorerState, _ info: MatrixInfo, box: Rect) {
    let shape = info.pictureShape
    let (pixelRows, pixelColumns) = (max(2, 2 * box.height), max(1, box.width))
    var base = 0
    while base < 5, shape.rows << (base + 1) <= pixelRows, shape.columns << (base + 1) <= pixelColumns { base += 1 }
    let zoom = max(PictureView.zooms.lowerBound, min(PictureView.zooms.upperBound, base + state.pictureView.zoom))
    let (enlarged, reduced) = (1 << max(0, zoom), 1 << max(0, -zoom))
    pixelsPerEntry = Double(enlarged) / Double(reduced)
    let height = min(shape.rows, max(1, pixelRows * reduced / enlarged))
    let width = min(shape.columns, max(1, pixelColumns * reduced / enlarged))
    let grid = PictureGrid(
      rows: max(1, height * enlarged / reduced), columns: max(1, width * enlarged / reduced) * info.channels)
    if height == shape.rows && width == shape.columns {
      request = PictureRequest(grid: grid)
      return
    }
    let part: EntryWindow
    if let center = state.pictureView.center {
      let top = max(0, min(shape.rows - height, center.row - height / 2))
      let left = max(0, min(shape.columns - width, center.column - width / 2))
      part = EntryWindow(rows: top..<top + height, columns: left..<left + width)
    } else {
      part =
        state.detail?.strongest(height: height, width: width)
        ?? EntryWindow(
          rows: (shape.rows - height) / 2..<(shape.rows - height) / 2 + height,
          columns: (shape.columns - width) / 2..<(shape.columns - width) / 2 + width)
    }
    let inset = PictureRow.grid(info, width: box.width * 3 / 10, height: box.height * 3 / 10)
    request = PictureRequest(grid: grid, window: part, inset: inset, wantsDetail: state.detail == nil)
  }
}

/// A − A_k pixel by pixel, with its sign.
struct SignedResidual {
  let picture: PooledPicture
  /// The scale's end: 1, 2 or 5 times a power of ten that 98 % of the magnitudes stay below.
  let limit: Double

  /// The difference of two pictures on one grid.
  init?(_ original: PooledPicture, _ approximation: PooledPicture) {
    guard original.grid == approximation.grid, !original.values.isEmpty else { return nil }
    let values = zip(original.values, approximation.values).map {
      Float((Double($0) * original.scale - Double($1) * approximation.scale) / original.scale)
    }
    picture = PooledPicture(grid: original.grid, values: values, scale: original.scale)
    let magnitudes = values.map(abs).sorted()
    let bound = Double(magnitudes[min(magnitudes.count - 1, magnitudes.count * 98 / 100)]) * original.scale
    limit = SignedResidual.rounded(bound)
  }

  /// The next 1, 2 or 5 times a power of ten.
  private static func rounded(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    var power = 1.0
    while power > value { power /= 10 }
    while power * 10 <= value { power *= 10 }
    return [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= value } ?? 10 * power
  }
}
