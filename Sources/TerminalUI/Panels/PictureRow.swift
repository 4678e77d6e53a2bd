import Explorer
import LinearAlgebra
import RankAnalysis

/// A, A_k and A − A_k side by side.
enum PictureRow {
  private static let gap = 2

  /// The pixels of each picture inside `rect`, a title line left out.
  ///
  /// A photograph keeps its pixels square; a table fills the room there is.
  static func grid(_ info: MatrixInfo, in rect: Rect) -> PictureGrid? {
    let width = boxWidth(rect)
    let height = rect.height - 1
    guard width >= 4, height >= 2, info.shape.count > 0 else { return nil }
    guard info.isPicture else { return PictureGrid(rows: 2 * height, columns: width) }
    let scale = min(Double(2 * height) / Double(info.shape.rows), Double(width) / Double(info.shape.columns))
    let rows = max(2, Int((Double(info.shape.rows) * scale / 2).rounded()) * 2)
    return PictureGrid(
      rows: min(2 * height, rows), columns: max(1, min(width, Int((Double(info.shape.columns) * scale).rounded()))))
  }

  private static func boxWidth(_ rect: Rect) -> Int { (rect.width - 2 * gap) / 3 }

  static func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let info = state.info, info.shape.count > 0 else { return }
    let width = boxWidth(rect)
    let boxes = (0..<3).map { index in
      Rect(row: rect.row, column: rect.column + index * (width + gap), height: rect.height, width: width)
    }
    let (low, high) = shownRange(state, info)
    let range = PictureBox(low: low, high: high)
    let scale = "\(entry(low)) … \(entry(high))"
    title("A", scale, in: boxes[0], on: &canvas)
    if let pictures = state.pictures {
      range.draw(pictures.original, in: below(boxes[0]), on: &canvas)
    }
    title(state.spectrum == nil ? "Aₖ" : name(state.rank, on: canvas), "", in: boxes[1], on: &canvas)
    if let factors = state.pictures?.factors, state.spectrum != nil {
      range.draw(factors.picture(rank: state.rank), in: below(boxes[1]), on: &canvas)
    } else if state.failure == nil {
      canvas.write("needs U and V …", boxes[1].row + 1, boxes[1].column, width: width, .label)
    }
    drawResidual(state, info, in: boxes[2], on: &canvas)
  }

  /// A whole number as it is, any other to four digits.
  private static func entry(_ value: Double) -> String {
    if let whole = Int(exactly: value), abs(whole) < 10_000_000 { return "\(whole)" }
    return NumberFormat.plain(value, digits: 4)
  }

  /// What is drawn black and white: a photograph's own range, or that of a table's pooled means, whose noise is averaged
  /// away.
  private static func shownRange(_ state: ExplorerState, _ info: MatrixInfo) -> (low: Double, high: Double) {
    guard !info.isPicture, let original = state.pictures?.original, let low = original.values.min(),
      let high = original.values.max(), high > low
    else { return (info.minimum, info.maximum) }
    return (Double(low) * original.scale, Double(high) * original.scale)
  }

  /// The residual as the root-mean-square of each cell, on a logarithmic scale of A's range that does not move with the
  /// rank: it darkens as the error shrinks.
  private static func drawResidual(
    _ state: ExplorerState, _ info: MatrixInfo, in rect: Rect, on canvas: inout Canvas
  ) {
    guard let measured = state.measurement, let picture = measured.rootMeanSquare else {
      title(
        state.spectrum == nil ? "A − Aₖ" : "A − \(name(state.rank, on: canvas))", "", in: rect, on: &canvas)
      return
    }
    let heading = "A − \(name(measured.rank, on: canvas))"
    if let analysis = state.spectrum?.analysis, measured.relativeFrobeniusError.lower < analysis.errorFloor {
      title(heading, "rounding alone", in: rect, on: &canvas)
      return
    }
    let (low, high) = shownRange(state, info)
    title(heading, rect.width < 38 ? "rms, log" : "rms, log: 0.1–100 % of range", in: rect, on: &canvas)
    PictureBox(range: high > low ? high - low : max(abs(high), 1), decades: 3)
      .draw(picture, in: below(rect), on: &canvas)
  }

  private static func name(_ rank: Int, on canvas: Canvas) -> String {
    canvas.glyph("A" + subscripted(rank), "A_\(rank)")
  }

  private static func title(_ text: String, _ detail: String, in rect: Rect, on canvas: inout Canvas) {
    let used = canvas.write(text, rect.row, rect.column, width: rect.width, .heading)
    canvas.write(detail, rect.row, rect.column + used + 2, width: rect.width - used - 2, .label)
  }

  private static func below(_ rect: Rect) -> Rect {
    Rect(row: rect.row + 1, column: rect.column, height: rect.height - 1, width: rect.width)
  }
}
