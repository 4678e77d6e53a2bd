/// Columns of text that line up.
package struct TextTable: Sendable {
  /// Which side the cells of a column are flush with.
  package enum Alignment: Hashable, Sendable { case left, right }

  private let alignments: [Alignment]
  private let style: TextStyle
  private var rows: [[String]]

  /// A table headed by `titles`; cells beyond a row's own are empty.
  package init(_ titles: [(String, Alignment)], style: TextStyle) {
    alignments = titles.map(\.1)
    self.style = style
    rows = [titles.map { style.spelled($0.0) }]
  }

  /// Adds one row of cells.
  package mutating func append(_ cells: [String]) {
    precondition(cells.count <= alignments.count, "more cells than columns")
    rows.append(cells.map(style.spelled))
  }

  /// The table, one line a row, two blanks before each line and between columns, none at the end of a line.
  package var text: String {
    let widths = alignments.indices.map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += "  " + (alignments[column] == .left ? cell + padding : padding + cell)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
