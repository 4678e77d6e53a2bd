import Experiments
import Explorer
import RankAnalysis

/// Time, or FLOPs where none is taken, of the factors against the rank, beside A's, which does not depend on it.
struct SpeedPlot {
  private let finding: SpeedFinding
  private let batch: BatchSpeed
  private let state: ExplorerState
  private let area: Rect
  /// The cells between the axes.
  private let plot: Rect

  /// The cells left of the plot, for labels.
  private static let gutter = 9

  /// A plot in `area`, its last line the axis of ranks.
  init(_ finding: SpeedFinding, _ batch: BatchSpeed, _ state: ExplorerState, in area: Rect) {
    self.finding = finding
    self.batch = batch
    self.state = state
    self.area = area
    plot = Rect(
      row: area.row + 1, column: area.column + Self.gutter, height: max(1, area.height - 3),
      width: max(4, area.width - Self.gutter - 1))
  }

  private var count: Int { finding.shape.shortSide }

  /// What was measured, or counted: rank 0 takes nothing.
  private var points: [(rank: Int, value: Double)] {
    let measured = batch.curve.compactMap { speed -> (rank: Int, value: Double)? in
      guard finding.isTimed else { return (speed.rank, speed.factoredFlops) }
      return speed.times.map { (speed.rank, $0.factored.median) }
    }
    return finding.isTimed ? measured : [(0, 0)] + measured
  }

  /// A's, once a time is there.
  private var dense: Double? {
    guard finding.isTimed else { return batch.denseFlops }
    let medians = batch.curve.compactMap { $0.times?.dense.median }.sorted()
    return medians.isEmpty ? nil : medians[medians.count / 2]
  }

  func draw(on canvas: inout Canvas) {
    drawMarks(on: &canvas)
    canvas.hit(plot) { [plot, count] gesture, point in
      switch gesture {
      case .press, .drag:
        let share = Double(point.column - plot.column) / Double(max(1, plot.width - 1))
        return .setRank(Int((max(0, min(1, share)) * Double(count)).rounded()))
      case .wheel(let direction): return .moveRank(direction)
      case .hover: return nil
      }
    }
    guard let dense, let highest = (points.map(\.value) + [dense]).max(), highest > 0 else {
      canvas.write(
        finding.isTimed ? "not timed yet" : "no FLOPs", plot.row + plot.height / 2, plot.column + 2, .label)
      return
    }
    drawDense(dense, highest, on: &canvas)
    drawCurve(highest, on: &canvas)
  }

  private func column(_ rank: Int) -> Int {
    plot.column + Int((Double(min(rank, count)) / Double(max(1, count)) * Double(plot.width - 1)).rounded())
  }

  private func row(_ value: Double, _ highest: Double) -> Int {
    plot.bottom - 1 - Int((value / highest * Double(plot.height - 1)).rounded())
  }

  private func text(_ value: Double) -> String {
    finding.isTimed ? NumberFormat.seconds(value) : NumberFormat.count(value)
  }

  private func drawDense(_ dense: Double, _ highest: Double, on canvas: inout Canvas) {
    let line = row(dense, highest)
    for column in plot.column..<plot.right { canvas.put(canvas.glyph("─", "-"), line, column, .energyCurve) }
    canvas.writeRight("A·X", line, right: plot.column - 1, .energyCurve)
    // The line's value beside its name, the others where they do not stand on these.
    var free = Set(plot.row..<plot.bottom).subtracting([line])
    func label(_ text: String, _ row: Int) {
      guard free.remove(row) != nil else { return }
      canvas.writeRight(text, row, right: plot.column - 1, .label)
    }
    label(text(dense), line + 1 < plot.bottom - 1 || line == plot.row ? line + 1 : line - 1)
    label("0", plot.bottom - 1)
    if highest > dense { label(text(highest), plot.row) }
  }

  private func drawCurve(_ highest: Double, on canvas: inout Canvas) {
    let points = points
    guard points.count > 1 else {
      for point in points { canvas.put(canvas.glyph("•", "o"), row(point.value, highest), column(point.rank), .kept) }
      return
    }
    func value(_ rank: Double) -> Double? {
      guard let next = points.firstIndex(where: { Double($0.rank) >= rank }) else { return nil }
      guard next > 0 else { return rank == Double(points[0].rank) ? points[0].value : nil }
      let (a, b) = (points[next - 1], points[next])
      return a.value + (b.value - a.value) * (rank - Double(a.rank)) / Double(b.rank - a.rank)
    }
    if canvas.theme.display.glyphs == .braille {
      let first = column(points[0].rank) - plot.column
      let last = column(points[points.count - 1].rank) - plot.column
      guard last > first else { return }
      let curve = BrailleCurve(height: plot.height, width: last - first + 1) { x in
        let rank = (Double(first) + Double(x) / 2) / Double(plot.width - 1) * Double(count)
        return (value(min(Double(points[points.count - 1].rank), max(Double(points[0].rank), rank))) ?? 0) / highest
      }
      for (place, pattern) in curve.patterns.enumerated() where pattern != 0 {
        canvas.put(
          BrailleCurve.character(pattern), plot.row + place / curve.width,
          plot.column + first + place % curve.width, .kept)
      }
    }
    for point in points {
      canvas.put(canvas.glyph("•", "o"), row(point.value, highest), column(point.rank), .kept)
    }
  }

  /// Upright lines at break-even and at the crossover, the slider's rank below.
  private func drawMarks(on canvas: inout Canvas) {
    func line(_ rank: Int, _ glyph: Character, _ role: Role) {
      for row in plot.row..<plot.bottom { canvas.put(glyph, row, column(rank), role) }
    }
    line(finding.breakEvenRank, canvas.glyph("┊", ":"), .limit)
    if let crossover = batch.crossover { line(crossover.rank, canvas.glyph("│", "|"), .errorCurve) }
    if let prediction = batch.prediction {
      canvas.put(canvas.glyph("▽", "v"), plot.row, column(prediction.rank), .errorCurve)
    }
    let axis = plot.bottom
    canvas.put(canvas.glyph("▲", "^"), axis, column(state.rank), .value)
    canvas.writeRight("k", axis, right: plot.column - 1, .label)
    let label = "k = \(NumberFormat.grouped(state.rank))"
    let start = column(state.rank) + 2
    if start + cellWidth(label) <= plot.right {
      canvas.write(label, axis, start, .value)
    } else {
      canvas.writeRight(label, axis, right: column(state.rank) - 1, .value)
    }
    var marks = [canvas.glyph("┊", ":") + " break-even \(NumberFormat.grouped(finding.breakEvenRank))"]
    if let crossover = batch.crossover { marks.append(canvas.glyph("│", "|") + " crossover \(crossover.text)") }
    if let prediction = batch.prediction {
      marks.append(canvas.glyph("▽", "v") + " predicted \(NumberFormat.grouped(prediction.rank))")
    }
    let line = joined(marks, width: area.width, isASCII: canvas.isASCII)
    canvas.write(line, axis + 1, area.column, width: area.width, .label)
  }
}
