import Experiments
import Explorer
import RankAnalysis

/// The products for every batch size: FLOPs at the slider's rank, and times where they were measured.
struct SpeedTable {
  private let finding: SpeedFinding
  private let state: ExplorerState

  init(_ finding: SpeedFinding, _ state: ExplorerState) {
    self.finding = finding
    self.state = state
  }

  /// The cells from which on quartiles stand beside the medians; in fewer a mark tells those that vary.
  static let spreadWidth = 116

  /// Whether any of the times shown is marked as varying.
  var hasWideSpread: Bool {
    finding.batches.contains { batch in
      let here = batch.speed(at: state.rank)?.times
      return [dense(batch), here?.factored, here?.speedup].contains { $0?.isWide == true }
    }
  }

  /// The lines that it takes.
  var height: Int { finding.batches.count + 1 }

  func draw(row: Int, in rect: Rect, on canvas: inout Canvas) {
    let isWide = rect.width >= 110
    var headings = [
      "columns of X", "A·X", "U(ΣVᵀX), k = \(NumberFormat.grouped(state.rank))", "faster by", "crossover",
    ]
    if !isWide { headings[0] = "X" }
    let showsSpread = rect.width >= Self.spreadWidth
    let widths = showsSpread ? [12, 30, 31, 20, 24] : isWide ? [14, 24, 32, 18, 22] : [6, 18, 24, 12, 20]
    func line(_ cells: [String], _ row: Int, _ role: Role) {
      var column = rect.column
      for (cell, width) in zip(cells, widths) {
        canvas.write(cell, row, column, width: min(width - 1, rect.right - column), role)
        column += width
      }
    }
    line(headings, row, .label)
    for (place, batch) in finding.batches.enumerated() {
      line(cells(batch, showsSpread), row + 1 + place, place == state.speedOptions.batch ? .value : .text)
    }
  }

  /// A's times: those of the rank whose median is the middle one.
  private func dense(_ batch: BatchSpeed) -> TimeSpread? {
    let spreads = batch.curve.compactMap { $0.times?.dense }.sorted { $0.median < $1.median }
    return spreads.isEmpty ? nil : spreads[spreads.count / 2]
  }

  private func cells(_ batch: BatchSpeed, _ showsSpread: Bool) -> [String] {
    let flops = 2 * Double(state.rank) * Double(finding.shape.rows + finding.shape.columns) * Double(batch.batch)
    let here = batch.speed(at: state.rank)?.times
    func time(_ spread: TimeSpread) -> String {
      ", " + (showsSpread ? spread.shortSecondsText : spread.mark + NumberFormat.seconds(spread.median))
    }
    func ratio(_ spread: TimeSpread) -> String {
      showsSpread ? spread.ratioText : "\(spread.mark)\(NumberFormat.plain(spread.median, digits: 2)) ×"
    }
    let crossover = batch.crossover.map(\.text) ?? (finding.isTimed ? "…" : "–")
    let predicted = batch.prediction.map { " (\(NumberFormat.grouped($0.rank)))" } ?? ""
    return [
      NumberFormat.grouped(batch.batch),
      NumberFormat.count(batch.denseFlops) + (dense(batch).map(time) ?? ""),
      NumberFormat.count(flops) + (here.map { time($0.factored) } ?? between(batch)),
      here.map { ratio($0.speedup) } ?? "–", crossover + predicted,
    ]
  }

  /// ", 12 ms–15 ms": the times at the measured ranks on both sides of the slider's.
  private func between(_ batch: BatchSpeed) -> String {
    let timed = batch.curve.filter { $0.times != nil }
    guard let below = timed.last(where: { $0.rank < state.rank })?.times,
      let above = timed.first(where: { $0.rank > state.rank })?.times
    else { return "" }
    let (low, high) = (NumberFormat.seconds(below.factored.median), NumberFormat.seconds(above.factored.median))
    return low == high ? ", \(low)" : ", \(low)–\(high)"
  }
}

extension TimeSpread {
  /// Whether the middle half of the timings is wider than a quarter of the median.
  fileprivate var isWide: Bool { upperQuartile - lowerQuartile > 0.25 * median }

  /// What stands before a median whose timings vary much.
  fileprivate var mark: String { isWide ? "~" : "" }

  /// "35 µs (34–38 µs)": a unit that all three have in common is not said again.
  fileprivate var shortSecondsText: String {
    let (low, high) = (NumberFormat.seconds(lowerQuartile), NumberFormat.seconds(upperQuartile))
    let parts = (low.split(separator: " "), high.split(separator: " "))
    let lower = parts.0.last == parts.1.last ? String(parts.0.first ?? "") : low
    return "\(NumberFormat.seconds(median)) (\(lower)–\(high))"
  }
}
