import Explorer
import LinearAlgebra
import RankAnalysis

/// A, A_k and A − A_k side by side, of the whole matrix.
enum PictureRow {
  private static let gap = 2

  /// The pixels of each picture inside `rect`, a title line left out.
  ///
  /// A photograph keeps its pixels square; a table fills the room there is.
  static func grid(_ info: MatrixInfo, in rect: Rect) -> PictureGrid? {
    grid(info, width: boxes(in: rect)[0].width, height: rect.height - 1)
  }

  /// The pixels of one picture of the whole in a box of `width` × `height` cells.
  static func grid(_ info: MatrixInfo, width: Int, height: Int) -> PictureGrid? {
    guard width >= 4, height >= 2, info.shape.count > 0 else { return nil }
    guard info.isPicture else { return PictureGrid(rows: 2 * height, columns: width) }
    let shape = info.pictureShape
    let scale = min(Double(2 * height) / Double(shape.rows), Double(width) / Double(shape.columns))
    let rows = max(2, Int((Double(shape.rows) * scale / 2).rounded()) * 2)
    let columns = max(1, min(width, Int((Double(shape.columns) * scale).rounded())))
    return PictureGrid(rows: min(2 * height, rows), columns: columns * info.channels)
  }

  /// Three boxes beside one another.
  static func boxes(in rect: Rect) -> [Rect] {
    let width = (rect.width - 2 * gap) / 3
    return (0..<3).map { index in
      Rect(row: rect.row, column: rect.column + index * (width + gap), height: rect.height, width: width)
    }
  }

  static func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let info = state.info, info.shape.count > 0 else { return }
    let boxes = boxes(in: rect)
    let scales = PictureScales(state, info)
    let needsColors = info.channels == 3 && canvas.theme.display.colors != .palette
    title("A", needsColors ? "luma: colours take 256" : scales.text, in: boxes[0], on: &canvas)
    if let pictures = state.pictures {
      scales.entries.draw(pictures.original, in: below(boxes[0]), on: &canvas)
    }
    approximationTitle(state, in: boxes[1], on: &canvas)
    if state.spectrum != nil, let picture = state.pictures?.approximation(rank: shownRank(state)) {
      scales.entries.draw(picture, in: below(boxes[1]), on: &canvas)
    } else if state.failure == nil {
      canvas.write("needs U and V …", boxes[1].row + 1, boxes[1].column, width: boxes[1].width, .label)
    }
    drawResidual(state, scales, in: boxes[2], on: &canvas)
  }

  /// The residual as the root mean square of each cell.
  static func drawResidual(
    _ state: ExplorerState, _ scales: PictureScales, in rect: Rect, on canvas: inout Canvas
  ) {
    guard let measured = state.measurement, let picture = measured.rootMeanSquare,
      state.measuredRequest == state.layout.pictures
    else {
      title(
        state.spectrum == nil ? "A − Aₖ" : "A − \(name(state.rank, on: canvas))", "", in: rect, on: &canvas)
      return
    }
    let heading = "A − \(name(measured.rank, on: canvas))"
    if let analysis = state.spectrum?.analysis, measured.relativeFrobeniusError.lower < analysis.errorFloor {
      title(heading, "rounding alone", in: rect, on: &canvas)
      return
    }
    title(heading, rect.width < 38 ? "rms, log" : "rms, log: 0.1–100 % of range", in: rect, on: &canvas)
    scales.residual.draw(scales.merged(picture), in: below(rect), on: &canvas)
  }

  /// The rank whose approximation is drawn: k, or the last one whose vectors the pictures have.
  static func shownRank(_ state: ExplorerState) -> Int { min(state.rank, state.pictures?.vectors?.count ?? state.rank) }

  /// "A₄₀"; "A₆₄, A₉₀ needs more vectors" where a preview ends before k; "of a preview" where its vectors are approximate.
  static func approximationTitle(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard state.spectrum != nil else { return title("Aₖ", "", in: rect, on: &canvas) }
    let shown = shownRank(state)
    var detail = ""
    if shown < state.rank {
      let wanted = name(state.rank, on: canvas)
      detail = state.extending == nil ? "\(wanted) needs more" : "\(wanted) follows"
    } else if let vectors = state.pictures?.vectors, !vectors.isExact {
      detail = "preview"
    }
    title(name(shown, on: canvas), detail, in: rect, on: &canvas)
  }

  /// "A₄₀", or "A_40" where there are no subscripts.
  static func name(_ rank: Int, on canvas: Canvas) -> String {
    canvas.glyph("A" + subscripted(rank), "A_\(rank)")
  }

  static func title(_ text: String, _ detail: String, in rect: Rect, on canvas: inout Canvas) {
    let used = canvas.write(text, rect.row, rect.column, width: rect.width, .heading)
    canvas.write(detail, rect.row, rect.column + used + 2, width: rect.width - used - 2, .label)
  }

  /// Without the title's line.
  static func below(_ rect: Rect) -> Rect {
    Rect(row: rect.row + 1, column: rect.column, height: rect.height - 1, width: rect.width)
  }
}
