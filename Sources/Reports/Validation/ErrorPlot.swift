import Glibc
import RankAnalysis

/// Two errors against the rank as marks of text, on a logarithmic axis; ranks worth knowing are marked beneath.
package struct ErrorPlot: Sendable {
  private let ranks: [Int]
  private let heldOut: [Double]
  private let training: [Double]
  private let style: TextStyle
  private let height: Int
  private let margin = 7
  /// The decimal logarithms at the bottom and at the top.
  private let bottom: Double, top: Double
  /// What stands beside the row of all that lies below the axis: "0", or "below"; nil where nothing does.
  private let foot: String?
  /// The least error on the axis.
  private let limit: Double

  /// A plot of the errors at `ranks`, increasing.
  package init(ranks: [Int], heldOut: [Double], training: [Double], style: TextStyle, height: Int = 12) {
    self.ranks = ranks
    self.heldOut = heldOut
    self.training = training
    self.style = style
    self.height = height
    let held = heldOut.filter { $0 > 0 }
    let least = held.min() ?? 1
    let start = max(heldOut.first ?? 1, training.first ?? 1, least)
    // What rises far above the start runs along the top, what falls far below the minimum in a row of its own.
    let highest = max(min(held.max() ?? 1, 10 * start), start)
    let lowest = max(min(least, training.filter { $0 > 0 }.min() ?? least), least / 10, highest * 1e-12)
    top = log10(highest)
    bottom = min(log10(lowest), top - 0.3)
    let limit = pow(10, bottom) * (1 - 1e-9)
    let below = (heldOut + training).filter { !($0 >= limit) }
    foot = below.isEmpty ? nil : below.contains { $0 > 0 } ? "below" : "0"
    self.limit = limit
  }

  /// Which mark is which.
  package var legend: String { "\(marks.held) held out, \(marks.training) training" }

  private var marks: (held: Character, training: Character) { style.isUnicode ? ("●", "·") : ("o", ".") }

  /// The plot, its axis and `marks`.
  package func text(marks shown: [SpectrumPlot.Mark]) -> String {
    guard let last = ranks.last else { return "" }
    var cells = [[Character]](
      repeating: Array(repeating: " ", count: columnCount), count: height + (foot == nil ? 0 : 1))
    for column in 0..<columnCount {
      cells[row(value(training, at: column))][column] = marks.training
      cells[row(value(heldOut, at: column))][column] = marks.held
    }
    let labels = tickLabels
    var lines = cells.enumerated().map { row, line in
      let label = labels[row] ?? ""
      let side = style.isUnicode ? (label.isEmpty ? "│" : "┤") : (label.isEmpty ? "|" : "+")
      return String(repeating: " ", count: max(0, margin - 2 - label.count)) + label + " " + side + String(line)
    }
    let corner = style.isUnicode ? "└" : "+"
    let edge = String(repeating: style.isUnicode ? "─" : "-", count: columnCount)
    lines.append(String(repeating: " ", count: margin - 1) + corner + edge)
    let end = "\(last)"
    let gap = max(1, columnCount - 1 - end.count)
    lines.append(String(repeating: " ", count: margin) + "0" + String(repeating: " ", count: gap) + end)
    lines += PlotMarks.lines(
      shown.map { ($0.rank, column(of: $0.rank), style.spelled($0.label)) }, width: style.width - margin,
      isUnicode: style.isUnicode
    ).map { String(repeating: " ", count: margin) + $0 }
    return lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private var columnCount: Int { max(2, min(style.width - margin - 12, 4 * (ranks.last ?? 0) + 1)) }

  /// The column of `rank`.
  private func column(of rank: Int) -> Int {
    guard let last = ranks.last, last > 0 else { return 0 }
    return min(columnCount - 1, (rank * (columnCount - 1) + last / 2) / last)
  }

  /// The error at a column, between ranks on a line.
  private func value(_ errors: [Double], at column: Int) -> Double {
    let rank = Double(column) * Double(ranks.last ?? 0) / Double(columnCount - 1)
    guard let after = ranks.firstIndex(where: { Double($0) >= rank - 1e-9 }) else { return errors.last ?? 0 }
    guard after > 0 else { return errors[0] }
    let (low, high) = (Double(ranks[after - 1]), Double(ranks[after]))
    let way = (rank - low) / (high - low)
    return errors[after - 1] * (1 - way) + errors[after] * way
  }

  private func row(_ value: Double) -> Int {
    guard value >= limit else { return foot == nil ? height - 1 : height }
    let share = (log10(value) - bottom) / (top - bottom)
    return height - 1 - Int((max(0, min(1, share)) * Double(height - 1)).rounded())
  }

  /// Round values beside their rows: the top, and of the rest every third row's.
  private var tickLabels: [Int: String] {
    var labels: [Int: String] = [:]
    if let foot { labels[height] = foot }
    for row in stride(from: 0, to: height, by: 3) {
      let share = Double(height - 1 - row) / Double(height - 1)
      labels[row] = shortPercent(pow(10, bottom + share * (top - bottom)))
    }
    return labels
  }

  /// "12%" in at most five cells.
  private func shortPercent(_ value: Double) -> String {
    let percent = value * 100
    if percent >= 1000 || percent < 0.01 { return NumberFormat.plain(value, digits: 1) }
    return NumberFormat.plain(percent, digits: percent >= 100 ? 3 : 2) + "%"
  }
}
