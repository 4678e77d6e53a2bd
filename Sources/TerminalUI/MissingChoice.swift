import Explorer
import MatrixFiles
import RankAnalysis

/// The question what becomes of cells without a number.
enum MissingChoice {
  static func draw(_ cells: MissingCells, chosen: Int, in rect: Rect, on canvas: inout Canvas) {
    let count = NumberFormat.grouped(cells.count)
    let found =
      "\(count) \(cells.count == 1 ? "cell holds" : "cells hold") no number (missing, NaN or infinite), in "
      + "\(NumberFormat.grouped(cells.rows)) of \(NumberFormat.grouped(cells.allRows)) rows; the first is at \(cells.first)."
    var row = rect.row
    for line in wrapped(found, width: rect.width) {
      canvas.write(line, row, rect.column, .text)
      row += 1
    }
    canvas.write("What becomes of them?", row + 1, rect.column, .heading)
    let left = NumberFormat.grouped(cells.allRows - cells.rows)
    let choices = ExplorerState.missingChoices.map { policy in
      switch policy {
      case .dropRows: "drop these rows: \(left) of \(NumberFormat.grouped(cells.allRows)) stay"
      case .columnMean: "put in the mean of the column's other cells"
      case .zero: "put in zero"
      }
    }
    let list = Rect(row: row + 3, column: rect.column, height: choices.count, width: rect.width)
    RowList.draw(choices, chosen: chosen, in: list, on: &canvas)
    canvas.writeRight("Enter chooses · Esc closes", rect.bottom - 1, right: rect.right, .label)
  }
}
