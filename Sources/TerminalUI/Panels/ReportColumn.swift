import Explorer

/// The report as a column: labels left, figures right, groups apart where there is room.
enum ReportColumn {
  static func draw(_ report: Report, _ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let rows = report.rows
    let groups = rows.count(where: \.startsGroup)
    let gauge = 1
    let spare = rect.height - min(rows.count + gauge, rect.height)
    var gaps = min(groups, spare)
    var row = rect.row
    for (index, item) in rows.enumerated() where row < rect.bottom {
      if item.startsGroup && gaps > 0 {
        row += 1
        gaps -= 1
      }
      guard row < rect.bottom else { return }
      drawRow(item, index, row: row, in: rect, on: &canvas)
      row += 1
      if item.label == "ratio" && row < rect.bottom {
        drawGauge(report.costs.ratio(state.rank), row: row, in: rect, on: &canvas)
        row += 1
      }
    }
  }

  private static func drawRow(_ item: ReportRow, _ index: Int, row: Int, in rect: Rect, on canvas: inout Canvas) {
    canvas.writeRight(item.value, row, right: rect.right, item.role)
    let value = canvas.isASCII ? spelledInASCII(item.value) : item.value
    canvas.write(item.label, row, rect.column, width: rect.width - cellWidth(value) - 1, .label)
    canvas.hit(Rect(row: row, column: rect.column, height: 1, width: rect.width)) { gesture, _ in
      gesture == .press ? .explain(row: index) : nil
    }
  }

  private static func drawGauge(_ ratio: Double, row: Int, in rect: Rect, on canvas: inout Canvas) {
    let filled = min(rect.width, Int((ratio * Double(rect.width)).rounded()))
    for column in 0..<rect.width {
      let isFilled = column < filled
      let role: Role = isFilled ? (ratio < 1 ? .kept : .limit) : .grid
      canvas.put(canvas.glyph(isFilled ? "█" : "░", isFilled ? "#" : "."), row, rect.column + column, role)
    }
  }
}
