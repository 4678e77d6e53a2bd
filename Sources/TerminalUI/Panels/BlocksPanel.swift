import Explorer
import LinearAlgebra
import RankAnalysis

/// A beside its two factors, to one scale, and what they cost in three ways, each with its own break-even.
struct BlocksPanel: Panel {
  let view = ExplorerView.blocks
  let title = "Blocks"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    guard let report = Report(state), report.result.count > 0, state.failure == nil else {
      Waiting.draw(state, in: rect, on: &canvas)
      return
    }
    let gauges = Gauge.all(report)
    let isRoomy = rect.height >= 20
    let gaugeHeight = gauges.count * (isRoomy ? 3 : 2) + 1
    let blocks = Rect(
      row: rect.row, column: rect.column + 2, height: rect.height - gaugeHeight - 1, width: rect.width - 4)
    drawBlocks(report, in: blocks, on: &canvas)
    var row = blocks.bottom + 1
    for gauge in gauges {
      gauge.draw(row: row, in: rect, on: &canvas)
      row += isRoomy ? 3 : 2
    }
    canvas.write(firstOf: verdicts(report), rect.bottom - 1, rect.column + 2, width: rect.width - 4, .label)
  }

  /// Where the factors stand between nothing and everything, at length and in short.
  private func verdicts(_ report: Report) -> [String] {
    let (k, breakEven) = (report.rank, report.costs.breakEvenRank)
    if k <= breakEven {
      let left = breakEven - k
      guard left > 0 else {
        let text = "the last rank whose factors hold fewer numbers than A"
        return ["this is " + text, text]
      }
      let room = "room for \(NumberFormat.grouped(left)) more \(left == 1 ? "rank" : "ranks")"
      return [room + " before break-even, where the factors hold as many numbers as A", room + " before break-even"]
    }
    let comparison = report.costs.factored(k) == report.costs.dense ? "as many numbers as" : "more numbers than"
    let text = "past break-even: the factors hold \(comparison) A"
    guard k < report.result.count else { return [text] }
    return [text + ", though A_k itself has fewer degrees of freedom", text]
  }

  /// A and its factors beside one another on one scale, so that areas compare. Entries are square – a cell is as wide as
  /// one pixel and as tall as two – unless that would leave A a sliver: then rows and columns have a scale each.
  private func drawBlocks(_ report: Report, in rect: Rect, on canvas: inout Canvas) {
    let scale = BlockScale(report.shape, fullRank: report.result.count, in: rect)
    let (m, n, k) = (report.shape.rows, report.shape.columns, report.rank)
    let role: Role = k > report.costs.breakEvenRank ? .limit : .kept
    let top = rect.row + 1
    let a = Block(row: top, column: rect.column, height: scale.rows(m), width: scale.columns(n))
    let names = ("A \(m) × \(n)", canvas.glyph("UΣ", "US") + " \(m) × \(k)", "Vᵀ \(k) × \(n)")
    let leftColumn = max(Int(a.right.rounded(.up)), rect.column + cellWidth(names.0)) + 3
    let left = Block(row: top, column: leftColumn, height: scale.rows(m), width: scale.columns(k))
    let rightColumn = leftColumn + max(Int(scale.columns(report.result.count).rounded(.up)), cellWidth(names.1)) + 3
    let right = Block(row: top, column: rightColumn, height: scale.rows(k), width: scale.columns(n))
    a.draw(.cut, shade: canvas.glyph("▒", ":"), on: &canvas)
    left.draw(role, shade: canvas.glyph("█", "#"), on: &canvas)
    right.draw(role, shade: canvas.glyph("█", "#"), on: &canvas)
    canvas.write(names.0, rect.row, rect.column, .value)
    canvas.write(names.1, rect.row, leftColumn, role)
    canvas.write(names.2, rect.row, rightColumn, width: rect.right - rightColumn, role)
    canvas.write(canvas.glyph("≈", "~"), top + Int(a.height / 2), leftColumn - 2, .label)
    let below = min(rect.bottom - 1, top + Int(a.height.rounded(.up)))
    let counts = "\(NumberFormat.grouped(report.costs.dense)) numbers"
    canvas.write(counts, below, rect.column, width: rect.width, .label)
    let factored =
      "\(NumberFormat.grouped(k * m)) + \(NumberFormat.grouped(k * n))"
      + (report.costs.offsets > 0 ? " + \(NumberFormat.grouped(report.costs.offsets))" : "")
      + " = \(NumberFormat.grouped(report.costs.factored(k)))"
    let start = max(leftColumn, rect.column + cellWidth(counts) + 2)
    canvas.write(factored, below, start, width: rect.right - start, role)
    let note = scale.isSquare ? "" : "rows and columns to a scale each"
    if start + cellWidth(factored) + 3 + cellWidth(note) < rect.right {
      canvas.writeRight(note, below, right: rect.right, .label)
    }
  }
}

/// How many cells a number of entries takes across and down.
private struct BlockScale {
  private let entriesPerColumn: Double
  private let entriesPerRow: Double
  /// Whether an entry is as wide as it is tall.
  let isSquare: Bool

  /// The largest scale for A (n wide), the left factor (p wide at most) and the right one (n wide) inside `rect`, less
  /// the gaps between them, a line of names above and one of counts below.
  init(_ shape: Shape, fullRank: Int, in rect: Rect) {
    let (m, n) = (Double(shape.rows), Double(shape.columns))
    let across = max((2 * n + Double(fullRank)) / (Double(rect.width) - 6), 1e-9)
    let down = max(m / Double(max(1, rect.height - 2)), 1e-9)
    let square = max(across, down / 2)
    isSquare = n / square >= 8 && m / square / 2 >= 3
    entriesPerColumn = isSquare ? square : across
    entriesPerRow = isSquare ? 2 * square : down
  }

  func columns(_ count: Int) -> Double { Double(count) / entriesPerColumn }
  func rows(_ count: Int) -> Double { Double(count) / entriesPerRow }
}

/// A rectangle that need not end at cells: its sides are drawn to half a cell.
private struct Block {
  let row: Int, column: Int
  let height: Double, width: Double

  var right: Double { Double(column) + width }

  func draw(_ role: Role, shade: Character, on canvas: inout Canvas) {
    guard height > 0, width > 0 else { return }
    let (halfRows, halfColumns) = (max(1, Int((2 * height).rounded())), max(1, Int((2 * width).rounded())))
    for line in 0..<(halfRows + 1) / 2 {
      for cell in 0..<(halfColumns + 1) / 2 {
        let isHalfTall = 2 * line + 1 == halfRows
        let isHalfWide = 2 * cell + 1 == halfColumns
        let glyph: Character =
          canvas.isASCII || shade != "█"
          ? shade : isHalfTall && isHalfWide ? "▘" : isHalfTall ? "▀" : isHalfWide ? "▌" : shade
        canvas.put(glyph, row + line, column + cell, role)
      }
    }
  }
}
