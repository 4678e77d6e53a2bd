import Explorer
import RankAnalysis

/// The menu of built-in matrices, with a live preview of the chosen one.
struct GalleryPanel: Panel {
  let view = ExplorerView.gallery
  let title = "Gallery"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let names = state.listedRows.map { state.gallery[$0].title }
    let width = min(rect.width / 2 - 2, max(20, (state.gallery.map { cellWidth($0.title) }.max() ?? 20) + 4))
    canvas.write("Built-in matrices", rect.row, rect.column + 2, .heading)
    let list = Rect(row: rect.row + 2, column: rect.column + 1, height: rect.height - 5, width: width)
    RowList.draw(names, chosen: state.galleryRow.index, in: list, on: &canvas)
    canvas.write("open your own:  lowrank FILE", rect.bottom - 2, rect.column + 2, width: width, .label)
    canvas.write(".csv .npy .npz .mtx .png .jpg .pgm", rect.bottom - 1, rect.column + 2, width: width, .label)
    let right = Rect(
      row: rect.row, column: list.right + 2, height: rect.height, width: rect.right - list.right - 4)
    drawPreview(state, in: right, on: &canvas)
  }

  private func drawPreview(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let rows = state.listedRows
    guard rows.indices.contains(state.galleryRow.index) else {
      canvas.write("no title contains “\(state.filter)”", rect.row, rect.column, width: rect.width, .label)
      return
    }
    let item = state.gallery[rows[state.galleryRow.index]]
    canvas.write(item.title, rect.row, rect.column, width: rect.width, .heading)
    var row = rect.row + 1
    for line in wrapped(item.teaches, width: rect.width).prefix(3) {
      canvas.write(line, row, rect.column, .text)
      row += 1
    }
    row += 1
    guard let preview = state.previews[item.source] else {
      canvas.write("computing …", row, rect.column, .label)
      return
    }
    let shape = preview.info.shape
    let facts = [
      "\(shape.rows) × \(shape.columns)", "noise rule k = \(rank(preview, "gavish_donoho"))",
      "10 % error k = \(rank(preview, "error_10"))", "break-even \(preview.spectrum.costs.breakEvenRank)",
    ]
    for line in joined(facts, width: rect.width) {
      canvas.write(line, row, rect.column, width: rect.width, .label)
      row += 1
    }
    row -= 1
    let pictureRows = min(preview.picture.grid.rows / 2, max(4, (rect.bottom - row - 2) / 2))
    let plot = Rect(
      row: row + 1, column: rect.column, height: max(3, rect.bottom - row - 3 - pictureRows), width: rect.width)
    drawSparkline(preview, in: plot, on: &canvas)
    let box = Rect(
      row: plot.bottom + 1, column: rect.column, height: pictureRows,
      width: min(rect.width, preview.picture.grid.columns))
    PictureBox(.linear(low: preview.info.minimum, high: preview.info.maximum, .grey))
      .draw(preview.picture.cropped(rows: 2 * box.height, columns: box.width), in: box, on: &canvas)
  }

  /// `facts` in as few lines as they fit into, none broken.
  private func joined(_ facts: [String], width: Int) -> [String] {
    facts.reduce(into: []) { lines, fact in
      if let last = lines.last, cellWidth(last) + 3 + cellWidth(fact) <= width {
        lines[lines.count - 1] = last + "   " + fact
      } else {
        lines.append(fact)
      }
    }
  }

  private func rank(_ preview: GalleryPreview, _ rule: String) -> Int {
    preview.spectrum.answers.first { $0.id == rule }?.rank ?? 0
  }

  private func drawSparkline(_ preview: GalleryPreview, in rect: Rect, on canvas: inout Canvas) {
    let spectrum = preview.spectrum.analysis.spectrum
    let axis = IndexAxis(count: spectrum.count, width: rect.width, logarithmic: false)
    let heights = ValueAxis(
      values: spectrum.values, floor: spectrum.floorValue, rows: rect.height, logarithmic: true)
    let kept = rank(preview, "gavish_donoho")
    for column in 0..<rect.width {
      let index = axis.indices(in: column)
      let height = heights.eighths(spectrum.values[index.lowerBound - 1])
      for step in 0..<rect.height where height > step * 8 {
        let isKept = index.lowerBound <= kept
        let block = canvas.glyph(lowerBlocks[min(8, height - step * 8)], isKept ? "#" : ".")
        canvas.put(block, rect.bottom - 1 - step, rect.column + column, isKept ? .kept : .cutTop)
      }
    }
  }
}

/// A list that keeps its chosen row in sight.
enum RowList {
  static func draw(_ rows: [String], chosen: Int, in rect: Rect, on canvas: inout Canvas) {
    let first = max(0, min(rows.count - rect.height, chosen - rect.height / 2))
    for line in 0..<min(rect.height, rows.count) {
      let index = first + line
      let isChosen = index == chosen
      if isChosen {
        canvas.frame.fill(
          Rect(row: rect.row + line, column: rect.column, height: 1, width: rect.width), " ", canvas.theme[.chosen])
        canvas.focus(rect.row + line, rect.column)
      }
      let text = (isChosen ? canvas.glyph("▸ ", "> ") : "  ") + rows[index]
      canvas.write(text, rect.row + line, rect.column, width: rect.width, isChosen ? .chosen : .text)
    }
    canvas.hit(rect) { gesture, point in
      switch gesture {
      case .press: rows.indices.contains(first + point.row - rect.row) ? .chooseRow(first + point.row - rect.row) : nil
      case .wheel(let direction): .moveRow(-direction)
      case .drag, .hover: nil
      }
    }
  }
}

extension PooledPicture {
  /// The picture shrunk to at most `rows` × `columns` pixels by skipping evenly.
  func cropped(rows: Int, columns: Int) -> PooledPicture {
    guard rows < grid.rows || columns < grid.columns else { return self }
    let target = PictureGrid(rows: min(rows, grid.rows), columns: min(columns, grid.columns))
    var result: [Float] = []
    for row in 0..<target.rows {
      for column in 0..<target.columns {
        result.append(
          values[row * grid.rows / target.rows * grid.columns + column * grid.columns / target.columns])
      }
    }
    return PooledPicture(grid: target, values: result, scale: scale)
  }
}
