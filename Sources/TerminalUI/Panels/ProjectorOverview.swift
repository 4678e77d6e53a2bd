import Explorer
import LinearAlgebra
import RankAnalysis

/// The overview for a room that looks at one screen: a large spectrum, A_k of a picture, and three large figures.
enum ProjectorOverview {
  static func draw(_ state: ExplorerState, _ report: Report, in rect: Rect, on canvas: inout Canvas) {
    let layout = ProjectorLayout(state, in: rect, isASCII: canvas.isASCII)
    let plot = SpectrumPlot(state, report.result, in: layout.bars, rightMargin: 6)
    plot.draw(curves: false, on: &canvas)
    plot.drawRules(row: layout.bars.bottom, lines: 1, on: &canvas)
    plot.drawSlider(row: layout.bars.bottom + 2, on: &canvas)
    if let picture = layout.picture { drawApproximation(state, in: picture, on: &canvas) }
    let width = layout.figures.width / 3
    for (index, figure) in figures(report).enumerated() {
      let box = Rect(
        row: layout.figures.row, column: layout.figures.column + index * width, height: layout.figures.height,
        width: width - 2)
      draw(figure, in: box, on: &canvas)
    }
  }

  /// The picture of A_k, where A is a picture and there is room.
  static func pictures(_ state: ExplorerState, in rect: Rect) -> PictureRequest? {
    let isASCII = state.display.glyphs == .ascii
    guard let info = state.info, let box = ProjectorLayout(state, in: rect, isASCII: isASCII).picture else {
      return nil
    }
    return PictureRow.grid(info, width: box.width, height: box.height - 1).map { PictureRequest(grid: $0) }
  }

  private struct Figure {
    /// What it is, at length and in short.
    let labels: [String]
    let value: String
    let role: Role
  }

  private static func figures(_ report: Report) -> [Figure] {
    let (analysis, rank) = (report.analysis, report.rank)
    let ratio = report.costs.ratio(rank)
    let error = analysis.errorText(rank: rank, digits: 3)
    return [
      Figure(
        labels: ["rank of \(NumberFormat.grouped(report.result.count))"], value: NumberFormat.grouped(rank), role: .kept
      ),
      Figure(labels: ["error ‖A−Aₖ‖/‖A‖", "error"], value: error, role: .value),
      Figure(
        labels: ["of A’s parameters", "parameters"], value: NumberFormat.percent(Bounded(ratio), digits: 3),
        role: ratio < 1 ? .value : .limit),
    ]
  }

  private static func draw(_ figure: Figure, in rect: Rect, on canvas: inout Canvas) {
    canvas.write(firstOf: figure.labels, rect.row, rect.column, width: rect.width, .label)
    if BigText.canDraw(figure.value), BigText.width(figure.value) <= rect.width {
      BigText.draw(figure.value, row: rect.row + 1, column: rect.column, figure.role, on: &canvas)
    } else {
      canvas.write(figure.value, rect.row + 2, rect.column, width: rect.width, figure.role)
    }
  }

  private static func drawApproximation(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let info = state.info else { return }
    PictureRow.approximationTitle(state, in: rect, on: &canvas)
    if let picture = state.pictures?.approximation(rank: PictureRow.shownRank(state)) ?? state.pictures?.original {
      PictureScales(state, info).entries.draw(picture, in: PictureRow.below(rect), on: &canvas)
    }
  }
}

/// How the projector's overview shares its rectangle.
private struct ProjectorLayout {
  let bars: Rect
  let picture: Rect?
  let figures: Rect

  init(_ state: ExplorerState, in rect: Rect, isASCII: Bool) {
    let figureHeight = 1 + BigText.height(isASCII: isASCII)
    let top = rect.height - figureHeight - 1
    let isPicture = state.info?.isPicture == true
    let pictureWidth = isPicture ? min(rect.width * 2 / 5, 2 * (top - 1)) : 0
    bars = Rect(
      row: rect.row, column: rect.column, height: max(3, top - 3),
      width: rect.width - pictureWidth - (isPicture ? 2 : 0))
    picture =
      isPicture
      ? Rect(row: rect.row, column: rect.right - pictureWidth - 1, height: top, width: pictureWidth) : nil
    figures = Rect(
      row: rect.bottom - figureHeight, column: rect.column + 2, height: figureHeight, width: rect.width - 4)
  }
}
