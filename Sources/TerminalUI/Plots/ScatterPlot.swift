import Experiments
import Explorer
import RankAnalysis

/// Points in the plane of two components: the glyphs of their classes, dots of braille, or, where they lie thick, shades.
struct ScatterPlot {
  private let finding: ProjectionFinding
  private let marks: [ClassMark]
  /// The cells between the axes.
  private let plot: Rect
  private let x: ClosedRange<Double>, y: ClosedRange<Double>

  /// A scatter of `finding` in `plot`; every class has its mark.
  init(_ finding: ProjectionFinding, _ marks: [ClassMark], in plot: Rect) {
    self.finding = finding
    self.marks = marks
    self.plot = plot
    (x, y) = finding.ranges
  }

  /// The cell of a point, `across` × `up` of them a character cell.
  private func place(_ index: Int, across: Int = 1, up: Int = 1) -> (row: Int, column: Int) {
    let (width, height) = (plot.width * across, plot.height * up)
    let column = (finding.across.scores[index] - x.lowerBound) / (x.upperBound - x.lowerBound) * Double(width - 1)
    let row = (finding.up.scores[index] - y.lowerBound) / (y.upperBound - y.lowerBound) * Double(height - 1)
    return (height - 1 - Int(row.rounded()), Int(column.rounded()))
  }

  func draw(on canvas: inout Canvas) {
    drawAxes(on: &canvas)
    var first = [Int32](repeating: -1, count: plot.height * plot.width)
    if finding.classes != nil {
      drawClasses(&first, on: &canvas)
    } else {
      drawCounts(&first, on: &canvas)
      drawNames(on: &canvas)
    }
    drawChosen(on: &canvas)
    canvas.hit(plot) { [finding, plot] gesture, point in
      guard gesture == .press || gesture == .drag || gesture == .hover else {
        if case .wheel(let direction) = gesture { return .moveRank(direction) }
        return nil
      }
      let cell = (point.row - plot.row) * plot.width + point.column - plot.column
      guard first.indices.contains(cell), first[cell] >= 0, Int(first[cell]) != finding.point else { return nil }
      return .project(.point(Int(first[cell])))
    }
  }

  /// The lines through zero, where they are in sight.
  private func drawAxes(on canvas: inout Canvas) {
    if x.contains(0) {
      let column = Int((-x.lowerBound / (x.upperBound - x.lowerBound) * Double(plot.width - 1)).rounded())
      for row in plot.row..<plot.bottom { canvas.put(canvas.glyph("┊", ":"), row, plot.column + column, .grid) }
    }
    if y.contains(0) {
      let row = Int((-y.lowerBound / (y.upperBound - y.lowerBound) * Double(plot.height - 1)).rounded())
      for column in plot.column..<plot.right {
        canvas.put(canvas.glyph("┈", "."), plot.bottom - 1 - row, column, .grid)
      }
    }
  }

  /// In each cell the mark of the class that most of its points belong to; bold where there are many.
  private func drawClasses(_ first: inout [Int32], on canvas: inout Canvas) {
    guard let classes = finding.classes else { return }
    let kinds = classes.names.count
    var counts = [Int32](repeating: 0, count: first.count * kinds)
    for index in 0..<finding.count {
      let (row, column) = place(index)
      let cell = row * plot.width + column
      if first[cell] < 0 { first[cell] = Int32(index) }
      counts[cell * kinds + classes.of[index]] += 1
    }
    for cell in first.indices where first[cell] >= 0 {
      let here = counts[cell * kinds..<(cell + 1) * kinds]
      let largest = here.max() ?? 0
      guard let kind = here.firstIndex(of: largest).map({ $0 - cell * kinds }) else { continue }
      var style = marks[kind].style
      if here.reduce(0, +) > 4 { style.isBold = true }
      canvas.frame.put(
        marks[kind].glyph, row: plot.row + cell / plot.width, column: plot.column + cell % plot.width, style)
    }
  }

  /// Dots where points are few; shades of how many where a cell would be full of them.
  private func drawCounts(_ first: inout [Int32], on canvas: inout Canvas) {
    var counts = [Int32](repeating: 0, count: first.count)
    var patterns = [UInt8](repeating: 0, count: first.count)
    let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    for index in 0..<finding.count {
      let (row, column) = place(index, across: 2, up: 4)
      let cell = row / 4 * plot.width + column / 2
      if first[cell] < 0 { first[cell] = Int32(index) }
      counts[cell] += 1
      patterns[cell] |= bits[row % 4][column % 2]
    }
    let isThick = isThick
    for cell in first.indices where counts[cell] > 0 {
      let character: Character =
        isThick
        ? shade(counts[cell], on: canvas)
        : canvas.theme.display.glyphs == .braille
          ? BrailleCurve.character(patterns[cell]) : counts[cell] > 1 ? canvas.glyph("●", "O") : canvas.glyph("•", "o")
      canvas.put(character, plot.row + cell / plot.width, plot.column + cell % plot.width, .kept)
    }
  }

  /// Whether cells hold more points than dots can show.
  private var isThick: Bool { finding.count > plot.width * plot.height * 2 }

  private func shade(_ count: Int32, on canvas: Canvas) -> Character {
    let step = count < 2 ? 0 : count < 8 ? 1 : count < 32 ? 2 : count < 128 ? 3 : 4
    return Array(canvas.isASCII ? ".:+*#" : "·░▒▓█")[step]
  }

  /// What the shades mean; nil where there are none.
  func shadeLegend(isASCII: Bool) -> String? {
    guard finding.classes == nil, isThick else { return nil }
    return isASCII
      ? ". 1  : 2  + 8  * 32  # 128 points or more a cell" : "· 1  ░ 2  ▒ 8  ▓ 32  █ 128 points or more a cell"
  }

  /// The names of single points beside them, as far as there is room; those of the neighbours first.
  private func drawNames(on canvas: inout Canvas) {
    guard !finding.labels.isEmpty, finding.count <= 600 else { return }
    var taken: [Int: [Range<Int>]] = [:]
    let near = [finding.point] + finding.neighbours.map(\.index)
    let isNear = Set(near)
    for index in near + (0..<finding.count).filter({ !isNear.contains($0) }) {
      let name = finding.labels[index]
      let (row, column) = place(index)
      // Beside the point where there is room for all of it, before it otherwise.
      let width = cellWidth(name)
      let start = column + width < plot.width ? column : column - width + 1
      guard !name.isEmpty, start >= 0, start + width <= plot.width else { continue }
      let cells = start..<start + width
      // A blank before and after keeps names apart.
      let room = start - 1..<start + width + 1
      if taken[row]?.contains(where: { $0.overlaps(room) }) == true { continue }
      taken[row, default: []].append(cells)
      canvas.write(name, plot.row + row, plot.column + start, isNear.contains(index) ? .limit : .text)
    }
  }

  /// The point that is looked at, and its neighbours.
  private func drawChosen(on canvas: inout Canvas) {
    for index in finding.neighbours.map(\.index) where finding.classes != nil || finding.labels.isEmpty {
      let (row, column) = place(index)
      var style = canvas.theme[.limit]
      style.isUnderlined = true
      style.isBold = true
      let glyph = finding.classes.map { marks[$0.of[index]].glyph } ?? canvas.glyph("○", "o")
      canvas.frame.put(glyph, row: plot.row + row, column: plot.column + column, style)
    }
    let (row, column) = place(finding.point)
    let under = canvas.frame[plot.row + row, plot.column + column].character ?? " "
    let isText = finding.classes == nil && !finding.labels.isEmpty && under != " "
    let glyph = finding.classes.map { marks[$0.of[finding.point]].glyph } ?? (isText ? under : canvas.glyph("◉", "@"))
    canvas.put(glyph, plot.row + row, plot.column + column, .chosen)
  }
}
