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
    guard let info = state.info else { return }
    let width = boxWidth(rect)
    let boxes = (0..<3).map { index in
      Rect(row: rect.row, column: rect.column + index * (width + gap), height: rect.height, width: width)
    }
    let range = PictureBox(ramp: .grey, low: info.minimum, high: info.maximum)
    let scale = "\(entry(info.minimum)) … \(entry(info.maximum))"
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

  /// The residual as the root-mean-square of each cell, brightened by a power of two that its title states.
  private static func drawResidual(
    _ state: ExplorerState, _ info: MatrixInfo, in rect: Rect, on canvas: inout Canvas
  ) {
    guard let measured = state.measurement, let picture = measured.rootMeanSquare else {
      title(state.spectrum == nil ? "A − Aₖ" : "A − \(name(state.rank, on: canvas))", "", in: rect, on: &canvas)
      return
    }
    let range = info.maximum > info.minimum ? info.maximum - info.minimum : max(abs(info.maximum), 1)
    if let analysis = state.spectrum?.analysis, measured.relativeFrobeniusError.lower < analysis.errorFloor {
      title("A − \(name(measured.rank, on: canvas))", "rounding alone", in: rect, on: &canvas)
      return
    }
    let largest = Double(picture.values.max() ?? 0) * picture.scale
    var gain = 1.0
    while gain < 0x1p20 && largest * gain * 2 <= range { gain *= 2 }
    title(
      "A − \(name(measured.rank, on: canvas))", "rms ×\(NumberFormat.grouped(Int(gain)))", in: rect, on: &canvas)
    PictureBox(ramp: .heat, low: 0, high: range / gain).draw(picture, in: below(rect), on: &canvas)
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
