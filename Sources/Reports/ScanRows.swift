import Checkpoints
import MatrixFiles

/// A scan as lines of text, one a matrix, of which each can be printed as soon as its findings are there.
package struct ScanRows: Sendable {
  private let format: ScanFormat
  private let columns: [ScanColumn]
  private let widths: [Int]
  private let style: TextStyle

  /// Rows of `entries`, all that will follow.
  ///
  /// - Parameter width: what a line may take; names are shortened to fit it. Nil shortens none.
  package init(
    _ format: ScanFormat, columns: [ScanColumn], entries: [TensorEntry], style: TextStyle, width: Int? = nil
  ) {
    self.format = format
    self.columns = columns
    self.style = style
    var widths = columns.map { column in
      let title = style.spelled(column.title).count
      let cells = column.width ?? entries.map { column.text($0, nil, isUnicode: style.isUnicode).count }.max() ?? 0
      return max(title, cells)
    }
    if let width, let name = columns.firstIndex(where: { $0.id == "name" }) {
      let others = widths.reduce(0) { $0 + $1 + 2 } - widths[name]
      widths[name] = min(widths[name], max(16, width - others))
    }
    self.widths = widths
  }

  /// What stands above the rows; empty for JSON Lines.
  package var header: String {
    switch format {
    case .jsonl: ""
    case .csv: columns.map { Self.quoted($0.id) }.joined(separator: ",") + "\n"
    case .table: line(columns.map { style.spelled($0.title) })
    case .markdown:
      markdown(columns.map { style.spelled($0.title) })
        + markdown(columns.map { $0.alignment == .left ? ":--" : "--:" })
    }
  }

  /// The row of `entry`, ending in a newline.
  ///
  /// - Throws: `EncodingError` when a number is not finite.
  package func row(_ entry: TensorEntry, _ findings: TensorFindings) throws -> String {
    switch format {
    case .jsonl: try JSONText.line(findings)
    case .csv: columns.map { Self.exact($0.value(entry, findings)) }.joined(separator: ",") + "\n"
    case .table: line(columns.map { shown($0, entry, findings) })
    case .markdown: markdown(columns.map { Self.escaped(shown($0, entry, findings)) })
    }
  }

  /// A cell's text; names come from elsewhere and stay as they are.
  private func shown(_ column: ScanColumn, _ entry: TensorEntry, _ findings: TensorFindings) -> String {
    let text = column.text(entry, findings, isUnicode: style.isUnicode)
    return column.id == "name" ? text : style.spelled(text)
  }

  private func line(_ cells: [String]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let shown = columns[index].id == "name" ? shortened(cell, widths[index]) : cell
      let padding = String(repeating: " ", count: max(0, widths[index] - shown.count))
      line += (index > 0 ? "  " : "") + (columns[index].alignment == .left ? shown + padding : padding + shown)
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private func markdown(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

  /// `text` without its middle where it is longer than `width`: the ends of names tell most.
  private func shortened(_ text: String, _ width: Int) -> String {
    guard text.count > width else { return text }
    let gap = style.isUnicode ? "…" : "..."
    let kept = width - gap.count
    return text.prefix(kept / 2) + gap + text.suffix(kept - kept / 2)
  }

  private static func exact(_ value: ScanValue) -> String {
    switch value {
    case .number(let number): "\(number)"
    case .integer(let number): String(number)
    case .text(let text): quoted(printable(text, limit: 100_000))
    case .none: ""
    }
  }

  /// A field, in quotes where it must be.
  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { "\",\r\n".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// `text` with what Markdown would take for its own.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += "\\|`*_<[".contains($1) ? "\\\($1)" : String($1) }
  }
}
