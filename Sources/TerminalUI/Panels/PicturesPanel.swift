import Explorer
import LinearAlgebra
import RankAnalysis

/// A, A_k and the residual, large: a window of entries with the whole as an inset, or the whole.
struct PicturesPanel: Panel {
  let view = ExplorerView.pictures
  let title = "Pictures"

  func pictures(_ state: ExplorerState, in rect: Rect) -> PictureRequest? {
    guard let info = state.info, info.shape.count > 0 else { return nil }
    let layout = PicturesLayout(state, in: rect)
    guard state.pictureView.isWindowed else {
      return PictureRow.grid(info, width: layout.boxes[0].width, height: layout.boxes[0].height - 1)
        .map { PictureRequest(grid: $0) }
    }
    return PictureWindow(state, info, box: PictureRow.below(layout.boxes[0])).request
  }

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let info = state.info, info.shape.count > 0, state.failure == nil else {
      Waiting.draw(state, in: rect, on: &canvas)
      return
    }
    let layout = PicturesLayout(state, in: rect)
    let scales = PictureScales(state, info)
    let window =
      state.pictureView.isWindowed
      ? PictureWindow(state, info, box: PictureRow.below(layout.boxes[0])) : nil
    drawEntries(state, scales, layout, on: &canvas)
    if state.pictureView.isBlinking {
      drawBlinking(state, info, scales, in: layout.boxes[1], on: &canvas)
    } else {
      drawApproximation(state, scales, in: layout.boxes[1], on: &canvas)
    }
    drawResidual(state, info, scales, window, layout, on: &canvas)
    drawPlace(state, info, window, row: layout.place, in: rect, on: &canvas)
    if let report = Report(state) {
      // While a lesson asks, the rank alone.
      let line = state.hidesFigures ? "k \(state.rank)" : report.line(width: rect.width - 2)
      canvas.write(line, layout.figures, rect.column + 1, width: rect.width - 2, .value)
    }
    if let window { gestures(window, state, layout, on: &canvas) }
  }

  private func drawEntries(
    _ state: ExplorerState, _ scales: PictureScales, _ layout: PicturesLayout, on canvas: inout Canvas
  ) {
    let box = layout.boxes[0]
    PictureRow.title("A", "", in: box, on: &canvas)
    if let pictures = state.pictures {
      scales.entries.draw(pictures.original, in: PictureRow.below(box), on: &canvas)
      if let inset = pictures.inset { drawInset(inset, pictures.request, state, scales, in: box, on: &canvas) }
    }
    drawLegend(scales.legend, scales.text, under: box, row: layout.legend, on: &canvas)
  }

  /// The whole, small, in the lower right corner, the window marked in it.
  private func drawInset(
    _ picture: PooledPicture, _ request: PictureRequest, _ state: ExplorerState, _ scales: PictureScales, in box: Rect,
    on canvas: inout Canvas
  ) {
    guard let info = state.info, let window = request.window else { return }
    let width = picture.grid.columns / info.channels
    let height = (picture.grid.rows + 1) / 2
    let rect = Rect(row: box.bottom - height, column: box.right - width, height: height, width: width)
    for row in rect.row - 1..<rect.bottom { canvas.put(canvas.glyph("▕", "|"), row, rect.column - 1, .label) }
    for column in rect.column..<rect.right { canvas.put(canvas.glyph("▁", "_"), rect.row - 1, column, .label) }
    scales.entries.draw(picture, in: rect, on: &canvas)
    let shape = info.pictureShape
    let top = rect.row + window.rows.lowerBound * height / shape.rows
    let bottom = rect.row + max(window.rows.upperBound - 1, 0) * height / shape.rows
    let left = rect.column + window.columns.lowerBound * width / shape.columns
    let right = rect.column + max(window.columns.upperBound - 1, 0) * width / shape.columns
    // Its corners, so that what lies inside stays in sight.
    for (row, column, glyph) in [
      (top, left, canvas.glyph("┌", "+")), (top, right, canvas.glyph("┐", "+")), (bottom, left, canvas.glyph("└", "+")),
      (bottom, right, canvas.glyph("┘", "+")),
    ] as [(Int, Int, Character)] where row < rect.bottom && column < rect.right {
      // The picture stays behind the mark.
      let style = Style(
        foreground: canvas.theme[.limit].foreground, background: canvas.frame[row, column].style.background, bold: true)
      let isDot = top == bottom && left == right
      canvas.frame.put(isDot ? canvas.glyph("□", "o") : glyph, row: row, column: column, style)
    }
  }

  private func drawApproximation(
    _ state: ExplorerState, _ scales: PictureScales, in box: Rect, on canvas: inout Canvas
  ) {
    PictureRow.approximationTitle(state, in: box, on: &canvas)
    if state.spectrum != nil, let picture = state.pictures?.approximation(rank: PictureRow.shownRank(state)) {
      scales.entries.draw(picture, in: PictureRow.below(box), on: &canvas)
    } else {
      canvas.write("needs U and V …", box.row + 1, box.column, width: box.width, .label)
    }
  }

  /// A and A_k in turns, three every two seconds.
  private func drawBlinking(
    _ state: ExplorerState, _ info: MatrixInfo, _ scales: PictureScales, in box: Rect, on canvas: inout Canvas
  ) {
    guard Int(state.now / 0.66) % 2 == 0, let original = state.pictures?.original else {
      drawApproximation(state, scales, in: box, on: &canvas)
      return
    }
    PictureRow.title("A", "in turns, b stops", in: box, on: &canvas)
    scales.entries.draw(original, in: PictureRow.below(box), on: &canvas)
  }

  /// Signed once a pixel is no more than an entry; as a root mean square where it covers several.
  private func drawResidual(
    _ state: ExplorerState, _ info: MatrixInfo, _ scales: PictureScales, _ window: PictureWindow?,
    _ layout: PicturesLayout, on canvas: inout Canvas
  ) {
    let box = layout.boxes[2]
    guard let window, window.isSigned, info.channels == 1 else {
      PictureRow.drawResidual(state, scales, in: box, on: &canvas)
      drawLegend(
        scales.residual, "0.1–100 % of \(PictureScales.entry(scales.range))", under: box, row: layout.legend,
        on: &canvas)
      return
    }
    let shown = PictureRow.shownRank(state)
    let heading = state.spectrum == nil ? "A − Aₖ" : "A − \(PictureRow.name(shown, on: canvas))"
    guard let original = state.pictures?.original, let kept = state.pictures?.approximation(rank: shown),
      let signed = SignedResidual(original, kept)
    else {
      PictureRow.title(heading, "", in: box, on: &canvas)
      return
    }
    PictureRow.title(heading, "signed", in: box, on: &canvas)
    let picture = PictureBox(.signed(limit: signed.limit))
    picture.draw(signed.picture, in: PictureRow.below(box), on: &canvas)
    let limit = PictureScales.entry(signed.limit)
    drawLegend(picture, "−\(limit) … \(limit)", under: box, row: layout.legend, on: &canvas)
  }

  private func drawLegend(_ picture: PictureBox, _ text: String, under box: Rect, row: Int, on canvas: inout Canvas) {
    let room = box.width - cellWidth(canvas.isASCII ? spelledInASCII(text) : text) - 1
    // Where there is no room for both, the figures say more than the bar.
    let width = room < 3 ? -1 : min(16, room)
    if width > 0 { picture.drawBar(in: Rect(row: row, column: box.column, height: 1, width: width), on: &canvas) }
    canvas.write(text, row, box.column + width + 1, width: box.width - width - 1, .label)
  }

  private func drawPlace(
    _ state: ExplorerState, _ info: MatrixInfo, _ window: PictureWindow?, row: Int, in rect: Rect,
    on canvas: inout Canvas
  ) {
    let shape = info.pictureShape
    let place: String
    if let part = window?.request.window {
      place =
        "rows \(part.rows.lowerBound + 1)–\(part.rows.upperBound) of \(shape.rows), columns "
        + "\(part.columns.lowerBound + 1)–\(part.columns.upperBound) of \(shape.columns) · \(window?.zoomText ?? "")"
    } else {
      place = "all of \(shape.rows) × \(shape.columns)" + (window.map { " · \($0.zoomText)" } ?? "")
    }
    let keys =
      (state.pictureView.isWindowed ? "z whole  + −  W A S D move" : "z 1:1")
      // In a lesson these keys step and reveal.
      + (state.showsLesson ? "" : "  b blink  v colours")
    canvas.write(place, row, rect.column + 1, width: rect.width - 2, .label)
    let start = rect.right - 1 - cellWidth(keys)
    if start > rect.column + cellWidth(place) + 3 { canvas.write(keys, row, start, .label) }
  }

  /// A drag moves the window, the wheel enlarges it.
  private func gestures(
    _ window: PictureWindow, _ state: ExplorerState, _ layout: PicturesLayout, on canvas: inout Canvas
  ) {
    guard let part = window.request.window else { return }
    for box in layout.boxes {
      canvas.hit(PictureRow.below(box)) { gesture, point in
        switch gesture {
        case .press, .drag:
          // The entry under the mouse comes to the middle.
          let row = part.rows.lowerBound + Int(Double(2 * (point.row - box.row - 1)) / window.pixelsPerEntry)
          let column = part.columns.lowerBound + Int(Double(point.column - box.column) / window.pixelsPerEntry)
          return gesture == .press ? .center(PictureView.Center(row: row, column: column)) : nil
        case .wheel(let direction): return .zoom(direction)
        case .hover: return nil
        }
      }
    }
  }
}

/// How the large pictures share their rectangle.
private struct PicturesLayout {
  /// A, A_k and the residual, each with a title line.
  let boxes: [Rect]
  let legend: Int
  let place: Int
  let figures: Int

  init(_ state: ExplorerState, in rect: Rect) {
    let pictures = Rect(row: rect.row, column: rect.column + 1, height: rect.height - 3, width: rect.width - 2)
    boxes = PictureRow.boxes(in: pictures)
    legend = pictures.bottom
    place = pictures.bottom + 1
    figures = pictures.bottom + 2
  }
}
