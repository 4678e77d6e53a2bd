import Explorer
import LinearAlgebra
import RankAnalysis

/// One layer σ_i u_i v_iᵀ: its vectors as plots, the layer as a picture, and its largest loadings by name.
struct ComponentsPanel: Panel {
  let view = ExplorerView.components
  let title = "Components"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let report = Report(state), report.result.count > 0, state.failure == nil else {
      Waiting.draw(state, in: rect, on: &canvas)
      return
    }
    drawHeading(state, report, in: rect, on: &canvas)
    let body = Rect(row: rect.row + 3, column: rect.column + 1, height: rect.height - 3, width: rect.width - 2)
    guard let triplet = state.triplet, triplet.index == state.component else {
      let isThere = state.component <= state.vectors?.count ?? 0
      canvas.write(
        isThere || state.extending != nil ? "…" : state.hasVectors ? "needs more vectors …" : "needs U and V …",
        body.row, body.column, .label)
      return
    }
    let isWide = body.width >= 100
    let plots = Rect(
      row: body.row, column: body.column, height: body.height, width: isWide ? body.width * 2 / 5 : body.width / 2 - 1)
    drawPlots(triplet, in: plots, on: &canvas)
    let rest = Rect(row: body.row, column: plots.right + 2, height: body.height, width: body.right - plots.right - 2)
    let layer: Rect
    if isWide {
      let names = max(24, rest.width * 2 / 5)
      layer = Rect(row: rest.row, column: rest.column, height: rest.height, width: rest.width - names - 2)
      let half = rest.height / 2
      let list = Rect(row: rest.row, column: layer.right + 2, height: half - 1, width: names)
      drawLoadings("rows", triplet.left, report.info.labels.rows, in: list, on: &canvas)
      drawLoadings(
        "columns", triplet.right, report.info.labels.columns,
        in: Rect(row: list.bottom + 1, column: list.column, height: rest.height - half, width: names), on: &canvas)
    } else {
      let lists = min(rest.height / 2, 9)
      layer = Rect(row: rest.row, column: rest.column, height: rest.height - lists - 1, width: rest.width)
      let list = Rect(row: layer.bottom + 1, column: rest.column, height: lists, width: rest.width / 2 - 1)
      drawLoadings("rows", triplet.left, report.info.labels.rows, in: list, on: &canvas)
      drawLoadings(
        "columns", triplet.right, report.info.labels.columns,
        in: Rect(row: list.row, column: list.right + 2, height: lists, width: list.width), on: &canvas)
    }
    drawLayer(triplet, report.info, in: layer, on: &canvas)
    canvas.hit(rect) { gesture, _ in
      if case .wheel(let direction) = gesture { .stepComponent(-direction) } else { nil }
    }
  }

  private func drawHeading(_ state: ExplorerState, _ report: Report, in rect: Rect, on canvas: inout Canvas) {
    let analysis = report.analysis
    let index = state.component
    let mark = subscripted(index)
    let parts = [
      "layer \(NumberFormat.grouped(index)) of \(NumberFormat.grouped(report.result.count))",
      "σ\(mark) \(report.equals(report.sigma(index)))",
      "\(report.layerEnergy(index)) of the energy",
      index <= state.rank
        ? "kept at k = \(NumberFormat.grouped(state.rank))" : "cut at k = \(NumberFormat.grouped(state.rank))",
    ]
    var column = rect.column + 1
    for (offset, part) in parts.enumerated() where column + cellWidth(part) < rect.right {
      column += canvas.write(part, rect.row, column, offset == 0 ? .heading : .value) + 3
    }
    let hint = "↑ ↓ layer"
    if column + cellWidth(hint) < rect.right { canvas.writeRight(hint, rect.row, right: rect.right - 1, .label) }
    guard analysis.isExact, state.vectors?.isExact ?? true else {
      canvas.write(
        firstOf: [
          "a preview: whether neighbours are near needs the exact vectors; the sign is a choice",
          "a preview: the exact vectors follow", "a preview",
        ], rect.row + 1, rect.column + 1, width: rect.width - 2, .label)
      return
    }
    let equal = analysis.nearlyEqual(to: index)
    let texts: [String]
    if analysis.spectrum.values[index - 1] < analysis.spectrum.floorValue {
      texts = ["σ is below the precision floor: these vectors are rounding"]
    } else if equal.count > 1 {
      let span = "[ σ\(subscripted(equal.lowerBound)) … σ\(subscripted(equal.upperBound)) ]"
      texts = [
        "\(span) lie within 1 % of their neighbours: individual vectors not meaningful, only their span is",
        "\(span) are near their neighbours: only their span is meaningful", "\(span) are near: only their span counts",
      ]
    } else {
      texts = [
        "its neighbours are more than 1 % away; the sign is a choice: u and v may both be turned round",
        "its neighbours are more than 1 % away; the sign is a choice", "neighbours over 1 % away; the sign is a choice",
      ]
    }
    canvas.write(
      firstOf: texts, rect.row + 1, rect.column + 1, width: rect.width - 2, equal.count > 1 ? .limit : .label)
  }

  private func drawPlots(_ triplet: SingularTriplet, in rect: Rect, on canvas: inout Canvas) {
    let height = (rect.height - 1) / 2
    let mark = subscripted(triplet.index)
    let vectors = [
      ("u\(mark)", "row", triplet.left), ("v\(mark)", "column", triplet.right),
    ]
    for (offset, (name, entry, vector)) in vectors.enumerated() {
      let top = rect.row + offset * (height + 1)
      let largest = NumberFormat.plain(vector.largest.first.map { abs($0.value) } ?? 0, digits: 3)
      let count = NumberFormat.grouped(vector.count)
      let texts = [
        "\(name), one entry a \(entry), \(count); largest \(largest)",
        "\(name), \(count) \(entry)s; largest \(largest)",
        "\(name), \(count) \(entry)s",
      ]
      canvas.write(firstOf: texts, top, rect.column, width: rect.width, .label)
      SignedBars.draw(
        vector, in: Rect(row: top + 1, column: rect.column, height: height - 1, width: rect.width), on: &canvas)
    }
  }

  /// σ u vᵀ, its entries in blue and orange.
  private func drawLayer(_ triplet: SingularTriplet, _ info: MatrixInfo, in rect: Rect, on canvas: inout Canvas) {
    guard let grid = PictureRow.grid(info, width: rect.width, height: rect.height - 1) else { return }
    let width = grid.columns / info.channels
    let largest = (triplet.left.largest.first?.value).map(abs) ?? 0
    let limit = triplet.value * largest * ((triplet.right.largest.first?.value).map(abs) ?? 0)
    func mean(_ vector: VectorProfile, _ cell: Int, _ cells: Int) -> Double {
      let bins = vector.bins(cell: cell, of: cells)
      return vector.means[bins].reduce(0, +) / Double(bins.count)
    }
    // Of three channels side by side the first is drawn.
    let columns = (0..<width).map { mean(triplet.right, $0, grid.columns) * triplet.value }
    var values: [Float] = []
    for row in 0..<grid.rows {
      let factor = mean(triplet.left, row, grid.rows)
      values += columns.map { Float(factor * $0 / max(limit, .leastNormalMagnitude)) }
    }
    let mark = subscripted(triplet.index)
    let end = PictureScales.entry(limit)
    let used = 2 + canvas.write("σ\(mark)u\(mark)v\(mark)ᵀ", rect.row, rect.column, width: rect.width, .heading)
    canvas.write(
      firstOf: ["−\(end) … \(end)", "up to \(end)"], rect.row, rect.column + used, width: rect.width - used, .label)
    PictureBox(.signed(limit: 1)).draw(
      PooledPicture(grid: PictureGrid(rows: grid.rows, columns: width), values: values), in: PictureRow.below(rect),
      on: &canvas)
  }

  /// The largest entries of a vector with the names of their rows or columns.
  private func drawLoadings(
    _ title: String, _ vector: VectorProfile, _ names: [String], in rect: Rect, on canvas: inout Canvas
  ) {
    canvas.write(firstOf: ["largest \(title)", title], rect.row, rect.column, width: rect.width, .label)
    let shown = vector.largest.prefix(max(0, rect.height - 1))
    // Names that several rows share do not tell them apart.
    let isAmbiguous = Set(shown.map { $0.index < names.count ? names[$0.index] : "\($0.index)" }).count < shown.count
    for (line, loading) in shown.enumerated() {
      let row = rect.row + 1 + line
      let value = NumberFormat.plain(loading.value, digits: 3)
      let number = NumberFormat.grouped(loading.index + 1)
      let isNamed = loading.index < names.count && !names[loading.index].isEmpty
      canvas.write(
        firstOf: isNamed
          ? [names[loading.index] + (isAmbiguous ? " \(number)" : "")] : ["\(title.dropLast()) \(number)", number], row,
        rect.column, width: rect.width - cellWidth(value) - 1, .text)
      canvas.writeRight(value, row, right: rect.right, loading.value < 0 ? .energyCurve : .limit)
    }
  }
}
