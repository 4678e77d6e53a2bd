import Explorer
import Factorizations
import LinearAlgebra
import RankAnalysis

/// Spectrum, slider, report and pictures together.
struct OverviewPanel: Panel {
  let view = ExplorerView.overview
  let title = "Overview"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    if state.display.isProjected, let report = Report(state), report.result.count > 0, state.failure == nil {
      ProjectorOverview.draw(state, report, in: rect, on: &canvas)
      return
    }
    let layout = OverviewLayout(state, in: rect)
    guard let result = state.spectrum, result.count > 0 else {
      Waiting.draw(state, in: state.failure == nil ? layout.plot : rect, on: &canvas)
      if let pictures = layout.pictures { PictureRow.draw(state, in: pictures, on: &canvas) }
      return
    }
    let plot = SpectrumPlot(state, result, in: layout.bars)
    plot.draw(curves: false, on: &canvas)
    plot.drawRules(row: layout.bars.bottom, lines: layout.ruleLines, on: &canvas)
    plot.drawSlider(row: layout.slider, on: &canvas)
    if let report = Report(state) {
      if let column = layout.report {
        ReportColumn.draw(report, state, in: column, on: &canvas)
      } else {
        canvas.write(report.line(width: rect.width - 2), layout.reportLine, rect.column + 1, .value)
      }
    }
    if let pictures = layout.pictures { PictureRow.draw(state, in: pictures, on: &canvas) }
  }

  func pictures(_ state: ExplorerState, in rect: Rect) -> PictureRequest? {
    if state.display.isProjected { return ProjectorOverview.pictures(state, in: rect) }
    guard let info = state.info, let pictures = OverviewLayout(state, in: rect).pictures else { return nil }
    return PictureRow.grid(info, in: pictures).map { PictureRequest(grid: $0) }
  }
}

/// How the overview shares its rectangle: the spectrum, rules, slider and report always, pictures where there is room.
struct OverviewLayout {
  /// Spectrum, rules and slider.
  let plot: Rect
  /// The bars.
  let bars: Rect
  let ruleLines: Int
  let slider: Int
  /// The report's column, on screens wide enough.
  let report: Rect?
  /// The report's line, on screens that are not.
  let reportLine: Int
  let pictures: Rect?

  init(_ state: ExplorerState, in rect: Rect) {
    let hasColumn = rect.width >= 76
    let minimumTop = hasColumn ? 14 : 13
    let room = rect.height - minimumTop
    let share = state.info?.isPicture == true ? 50 : 42
    let pictureHeight = room < 5 ? 0 : max(min(room, 7), min(room, rect.height * share / 100))
    let top = rect.height - pictureHeight
    let reportWidth = hasColumn ? max(32, min(44, rect.width * 31 / 100)) : 0
    let plotWidth = rect.width - reportWidth - (hasColumn ? 2 : 0)
    let below = hasColumn ? 0 : 1
    ruleLines = top >= 16 ? 2 : 1
    let barHeight = max(3, top - 2 - ruleLines - below)
    plot = Rect(row: rect.row, column: rect.column, height: top - below, width: plotWidth)
    bars = Rect(row: rect.row, column: rect.column, height: barHeight, width: plotWidth)
    slider = rect.row + barHeight + 1 + ruleLines
    report =
      hasColumn
      ? Rect(row: rect.row, column: rect.right - reportWidth - 1, height: top, width: reportWidth) : nil
    reportLine = slider + 1
    pictures =
      pictureHeight == 0
      ? nil : Rect(row: rect.row + top, column: rect.column + 1, height: pictureHeight, width: rect.width - 2)
  }
}

/// What stands where the spectrum will be.
enum Waiting {
  static func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let middle = rect.row + rect.height / 2
    if let failure = state.failure {
      for (index, line) in wrapped(failure, width: rect.width - 4).prefix(rect.height - 2).enumerated() {
        canvas.write(line, middle - 1 + index, rect.column + 2, .error)
      }
      canvas.write("q quit", min(rect.bottom - 1, middle + 3), rect.column + 2, .label)
      return
    }
    for (index, line) in lines(state).enumerated() {
      let start = rect.column + max(1, (rect.width - cellWidth(line)) / 2)
      canvas.write(line, middle + index, start, width: rect.right - start, index == 0 ? .text : .label)
    }
    if case .reading(let fraction) = state.activity, rect.width > 40 {
      let width = 32
      let middle = middle + 1
      let start = rect.column + (rect.width - width) / 2
      for column in 0..<width {
        let isDone = Double(column) < fraction * Double(width)
        canvas.put(
          canvas.glyph(isDone ? "█" : "░", isDone ? "#" : "."), middle + 1, start + column, isDone ? .kept : .grid)
      }
    }
  }
}

extension Waiting {
  /// What is being done; of long work also how long it takes, how much memory, and how to stop it.
  private static func lines(_ state: ExplorerState) -> [String] {
    switch state.activity {
    case .idle:
      if state.isCancelled { return ["cancelled", "Enter starts again"] }
      return [state.spectrum == nil ? "waiting" : "an empty matrix has no singular values"]
    case .reading(let fraction): return ["reading \(Int(fraction * 100)) %"]
    case .values(let since, let plan):
      let first = "computing the singular values " + TitleBar.clock(state.now - since, plan.estimatedSeconds)
      return plan.estimatedSeconds < 5 ? [first] : [first, forecast(plan)]
    case .leading(_, let count):
      return ["looking for the leading \(NumberFormat.grouped(count)) triplets, with bounds of all values"]
    case .vectors: return ["computing the singular vectors"]
    }
  }

  /// "about 40 s and 1.2 GiB, gesdd (divide and conquer); Esc cancels"
  private static func forecast(_ plan: SolverPlan) -> String {
    "about \(NumberFormat.seconds(plan.estimatedSeconds)) and \(NumberFormat.bytes(Int(plan.estimatedBytes))) of memory; "
      + "Esc cancels"
  }
}

/// `text` in lines of at most `width` cells, broken at spaces.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty && cellWidth(line) + 1 + cellWidth(String(word)) > width {
      lines.append(line)
      line = ""
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  return line.isEmpty ? lines : lines + [line]
}
