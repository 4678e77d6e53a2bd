import Explorer
import Glibc
import RankAnalysis

/// Curves over the rank: values at ranks, joined up, on one vertical axis.
struct CurvePlot {
  /// A curve.
  struct Curve {
    /// What it is called, beside its end.
    let name: String
    /// How it is coloured.
    let role: Role
    /// Whether its line has gaps, and in text a lighter mark: what tells two curves apart without colours.
    let isDotted: Bool
    /// The ranks, increasing, and a value for each.
    let ranks: [Int]
    let values: [Double]

    /// Its beginning, up to where it first falls below `bottom`.
    func above(_ bottom: Double) -> Curve {
      let count = min(values.count, (values.firstIndex { $0 < bottom } ?? values.count) + 1)
      return Curve(
        name: name, role: role, isDotted: isDotted, ranks: Array(ranks.prefix(count)),
        values: Array(values.prefix(count)))
    }
  }

  /// Where the curves are.
  let area: Rect
  /// The ranks.
  let axis: RankAxis
  /// The values.
  let values: ValueAxis
  /// What the last row says where it stands for all that lies below a logarithmic axis: "0", or "below".
  let foot: String?

  /// The cells left of the curves, for labels.
  static let gutter = 8
  /// Those to the right of them, for names.
  static let margin = 10

  /// A plot in `rect` of curves that have `values`, on the axis that `scale` makes of so many rows. Where some lie below it,
  /// the last row is theirs.
  init(_ axis: RankAxis, _ values: [Double], in rect: Rect, scale: (Int) -> ValueAxis) {
    area = rect
    self.axis = axis
    let whole = scale(rect.height)
    let isCut = rect.height > 3 && whole.below(values) > 0
    self.values = isCut ? scale(rect.height - 1) : whole
    let lowest = pow(10, self.values.bottom)
    foot = isCut ? (values.contains { $0 > 0 && $0 < lowest } ? "below" : "0") : nil
  }

  /// The room for curves inside `rect`.
  static func area(in rect: Rect) -> Rect {
    Rect(
      row: rect.row, column: rect.column + gutter, height: rect.height,
      width: max(8, rect.width - gutter - margin))
  }

  private var footRows: Int { foot == nil ? 0 : 1 }

  /// Draws ticks and their lines.
  func drawGrid(on canvas: inout Canvas) {
    if let foot { canvas.writeRight(foot, area.bottom - 1, right: area.column - 1, .label) }
    for tick in values.ticks {
      let row = area.bottom - 1 - footRows - min(area.height - 1 - footRows, tick.eighths / 8)
      canvas.writeRight(canvas.glyph(tick.label, tick.ascii), row, right: area.column - 1, .label)
      for column in stride(from: area.column, to: area.right, by: canvas.isASCII ? 2 : 1) {
        canvas.put(canvas.glyph("·", "-"), row, column, .grid)
      }
    }
  }

  /// Draws a line from top to bottom at `rank`.
  func drawLine(at rank: Int, _ role: Role, on canvas: inout Canvas) {
    let column = area.column + axis.column(of: rank)
    for row in area.row..<area.bottom { canvas.put(canvas.glyph("┊", "|"), row, column, role) }
  }

  /// Draws `curves`, the last on top, and their names where they end.
  func draw(_ curves: [Curve], on canvas: inout Canvas) {
    var taken: Set<Int> = []
    for curve in curves where !curve.ranks.isEmpty {
      if canvas.theme.display.glyphs == .braille {
        drawBraille(curve, on: &canvas)
      } else {
        drawMarks(curve, on: &canvas)
      }
    }
    for curve in curves where !curve.ranks.isEmpty {
      let end = area.bottom - 1 - Int((share(curve.values.last ?? 0) * Double(area.height - 1)).rounded())
      let rows = [end] + (1..<max(2, area.height)).flatMap { [end - $0, end + $0] }
      guard let row = rows.first(where: { (area.row..<area.bottom).contains($0) && !taken.contains($0) }) else {
        continue
      }
      taken.insert(row)
      let last = area.column + axis.column(of: curve.ranks.last ?? 0)
      canvas.write(curve.name, row, min(area.right + 1, last + 2), curve.role)
    }
  }

  /// The height of `value`, 0 at the bottom and 1 at the top.
  private func share(_ value: Double) -> Double {
    guard value > 0 || !values.isLogarithmic else { return 0 }
    let height = values.isLogarithmic ? log10(value) : value
    let share = (height - values.bottom) / (values.top - values.bottom)
    guard foot != nil else { return max(0, min(1, share)) }
    // The last row, of four dots, is not the axis's.
    let dots = Double(4 * area.height - 1)
    return share < 0 ? 0 : min(1, (4 + share * (dots - 4)) / dots)
  }

  /// The height of `curve` at a position of 0 … 1 on the axis, between its ranks on a straight line.
  private func share(of curve: Curve, at position: Double) -> Double {
    let rank = axis.rank(at: position)
    guard let after = curve.ranks.firstIndex(where: { Double($0) >= rank - 1e-9 }) else {
      return share(curve.values.last ?? 0)
    }
    guard after > 0 else { return share(curve.values[0]) }
    let (left, right) = (
      axis.position(of: Double(curve.ranks[after - 1])), axis.position(of: Double(curve.ranks[after]))
    )
    let way = right > left ? (position - left) / (right - left) : 1
    return share(curve.values[after - 1]) * (1 - way) + share(curve.values[after]) * way
  }

  /// The cells from the left up to the curve's last rank.
  private func cells(_ curve: Curve) -> Int { axis.column(of: curve.ranks.last ?? 0) + 1 }

  private func drawBraille(_ curve: Curve, on canvas: inout Canvas) {
    let line = BrailleCurve(height: area.height, width: cells(curve)) { x in
      share(of: curve, at: Double(x) / Double(max(1, 2 * axis.width - 1)))
    }
    for (place, pattern) in line.patterns.enumerated() {
      // Every other column of dots.
      let pattern = curve.isDotted ? pattern & 0x47 : pattern
      guard pattern != 0 else { continue }
      let (row, column) = (area.row + place / line.width, area.column + place % line.width)
      let other = canvas.frame[row, column].character.flatMap { BrailleCurve.pattern($0) } ?? 0
      canvas.put(BrailleCurve.character(pattern | other), row, column, curve.role)
    }
  }

  private func drawMarks(_ curve: Curve, on canvas: inout Canvas) {
    let mark: Character = curve.isDotted ? canvas.glyph("+", "x") : canvas.glyph("•", "o")
    for column in 0..<cells(curve) {
      let share = share(of: curve, at: Double(column) / Double(max(1, axis.width - 1)))
      canvas.put(
        mark, area.bottom - 1 - Int((share * Double(area.height - 1)).rounded()), area.column + column, curve.role)
    }
  }
}
