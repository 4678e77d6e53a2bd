import Glibc
import RankAnalysis

/// A spectrum as bars of text: σ_i/σ₁ upwards on a logarithmic axis, i to the right.
///
/// Ranks worth knowing are marked under the axis. Where there are more values than columns, a column shows the largest
/// of those it stands for. Where values are only bounded, the bars reach to the lower ends and a shade to the upper ones.
package struct SpectrumPlot: Sendable {
  /// A rank to mark, and what to call it.
  package struct Mark: Hashable, Sendable {
    package var rank: Int
    package var label: String

    /// Marks `rank` as `label`.
    package init(rank: Int, label: String) {
      self.rank = rank
      self.label = label
    }
  }

  private let values: [Double]
  private let upper: [Double]
  private let lowest: Double
  private let style: TextStyle
  private let height: Int
  private let margin = 7

  /// A plot of non-increasing `values` relative to the first; those below `floor` (relative too) are rounding and not
  /// drawn.
  ///
  /// - Parameter upper: upper ends, where `values` are lower ones.
  package init(_ values: [Double], upTo upper: [Double]? = nil, floor: Double, style: TextStyle, height: Int = 12) {
    let largest = values.first ?? 0
    self.upper = largest > 0 ? (upper ?? values).map { min(1, $0 / largest) } : values.map { _ in 0 }
    self.values = largest > 0 ? values.map { $0 / largest } : values.map { _ in 0 }
    self.style = style
    self.height = height
    let smallest = self.values.last { $0 > max(floor, 1e-300) } ?? 1
    // Whole decades, at least one.
    lowest = min(-1, log10(smallest).rounded(.down))
  }

  /// The plot, its axis and `marks`.
  package func text(marks: [Mark]) -> String {
    guard let first = values.first, first > 0 else { return "" }
    let labels = tickLabels()
    var lines = (0..<height).map { row in
      var line = pad(labels[row], to: margin - 2) + " " + (labels[row].isEmpty ? axis.side : axis.tick)
      for column in 0..<columnCount { line += String(glyph(column, row)) }
      return line
    }
    lines.append(String(repeating: " ", count: margin - 1) + axis.corner + baseLine())
    lines.append(String(repeating: " ", count: margin) + indexLabels())
    lines += PlotMarks.lines(
      marks.map { ($0.rank, column(of: max(1, $0.rank)), style.spelled($0.label)) },
      width: style.width - margin, isUnicode: style.isUnicode
    ).map { String(repeating: " ", count: margin) + $0 }
    let buried = upper.count { $0 <= 0 || log10($0) < lowest }
    if buried > 0 { lines[height - 1] += style.isUnicode ? " \(buried) below ↓" : " \(buried) below" }
    return lines.map { trimmed($0) + "\n" }.joined()
  }

  // MARK: Columns

  /// Columns of one value, when there is room: at most four wide, so that few values do not look like a wall.
  private var barWidth: Int { max(1, min(4, (style.width - margin - 12) / max(1, values.count))) }

  private var columnCount: Int { min(values.count * barWidth, max(1, style.width - margin - 12)) }

  /// The first value (from zero) that `column` stands for.
  private func index(of column: Int) -> Int {
    values.count * barWidth <= columnCount ? column / barWidth : column * values.count / columnCount
  }

  /// The column in the middle of the `rank`-th value's bar.
  private func column(of rank: Int) -> Int {
    if values.count * barWidth <= columnCount { return (rank - 1) * barWidth + (barWidth - 1) / 2 }
    return min(columnCount - 1, (rank - 1) * columnCount / values.count)
  }

  private func glyph(_ column: Int, _ row: Int) -> Character {
    // A gap between broad bars.
    if barWidth > 1, values.count * barWidth <= columnCount, column % barWidth == barWidth - 1 { return " " }
    let step = eighths(values[index(of: column)], row)
    // The half of a cell or more.
    if step == 0, eighths(upper[index(of: column)], row) >= 4 { return style.isUnicode ? "░" : "-" }
    return style.isUnicode ? Array(" ▁▂▃▄▅▆▇█")[step] : Array("  ...::##")[step]
  }

  /// How much of a cell of `row` a bar of `value` fills, 0 … 8.
  private func eighths(_ value: Double, _ row: Int) -> Int {
    guard value > 0 else { return 0 }
    let level = (1 - log10(value) / lowest) * Double(height)
    let eighths = Int(((level - Double(height - 1 - row)) * 8).rounded())
    // What is above the axis shows, however little.
    let isFoot = row == height - 1 && log10(value) >= lowest
    return min(8, max(isFoot ? 1 : 0, eighths))
  }

  // MARK: Axes

  private var axis: (side: String, tick: String, corner: String, line: String, mark: String) {
    style.isUnicode ? ("│", "┤", "└", "─", "┴") : ("|", "+", "+", "-", "+")
  }

  /// Powers of ten beside their rows; every second, third … where decades are narrower than a row.
  private func tickLabels() -> [String] {
    var labels = [String](repeating: "", count: height)
    let decades = Int(-lowest)
    let step = max(1, (2 * decades + height - 1) / height)
    for decade in stride(from: 0, through: decades, by: step) {
      let row = Int((Double(decade) / Double(decades) * Double(height)).rounded())
      guard row < height else { continue }
      labels[row] = decade == 0 ? "1" : style.isUnicode ? "10" + superscripted(-decade) : "1e-\(decade)"
    }
    return labels
  }

  /// The ranks that are named on the axis: the first, the last, and round ones between.
  private var namedRanks: [Int] {
    let count = values.count
    let wanted = max(1, columnCount / 10)
    var step = 1
    for candidate in sequence(first: 1, next: { $0 * 10 }).prefix(9) {
      for factor in [1, 2, 5] where step * wanted < count { step = candidate * factor }
    }
    let between = stride(from: step, to: count, by: step).filter {
      $0 > 1 && column(of: count) - column(of: $0) > String(count).count + 2 && column(of: $0) > column(of: 1) + 2
    }
    return [1] + between + (count > 1 ? [count] : [])
  }

  private func baseLine() -> String {
    var line = [String](repeating: axis.line, count: columnCount)
    for rank in namedRanks { line[column(of: rank)] = axis.mark }
    return line.joined()
  }

  private func indexLabels() -> String {
    var line = [Character](repeating: " ", count: style.width)
    for rank in namedRanks {
      let label = Array(String(rank))
      let start = max(0, column(of: rank) - label.count / 2)
      for (offset, character) in label.enumerated() where start + offset < line.count {
        line[start + offset] = character
      }
    }
    return trimmed(String(line))
  }

  private func pad(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
