import Experiments
import Explorer
import RankAnalysis

/// Rows or columns in the coordinates of two components, the neighbours of one of them, and what the components are made of.
struct ProjectionPanel: Panel {
  let view = ExplorerView.projection
  let title = "Projection"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let finding = state.finding(ProjectionFinding.self, of: .projection)
    guard !StudyFrame.drawWaiting("projecting", state, hasFinding: finding != nil, in: rect, on: &canvas), let finding
    else { return }
    let inner = Rect(row: rect.row, column: rect.column + 1, height: rect.height, width: rect.width - 2)
    drawHeading(finding, in: inner, on: &canvas)
    let sideWidth = inner.width >= 120 ? 42 : min(28, inner.width / 3)
    let plot = Rect(
      row: inner.row + 2, column: inner.column + 1, height: inner.height - 4, width: inner.width - sideWidth - 4)
    let marks = finding.classes.map { ClassMark.all($0.names, on: canvas) } ?? []
    let scatter = ScatterPlot(finding, marks, in: plot)
    drawEnds(finding, plot, legend: scatter.shadeLegend(isASCII: canvas.isASCII), on: &canvas)
    scatter.draw(on: &canvas)
    let side = Rect(
      row: inner.row + 2, column: plot.right + 2, height: inner.height - 3, width: inner.right - plot.right - 2)
    ProjectionSide(finding, marks).draw(in: side, on: &canvas)
  }

  private func drawHeading(_ finding: ProjectionFinding, in rect: Rect, on canvas: inout Canvas) {
    let what = finding.axis == .rows ? "row" : "column"
    let classes = finding.classes.map { " in \($0.names.count) classes" } ?? ""
    let points = "\(NumberFormat.grouped(finding.count)) \(what)\(finding.count == 1 ? "" : "s")\(classes)"
    let kind = finding.isCentered ? "variance" : "energy"
    func axis(_ component: ProjectionComponent) -> String {
      "component \(NumberFormat.grouped(component.index)), \(NumberFormat.percent(Bounded(component.share))) of the \(kind)"
    }
    let used = canvas.write(points, rect.row, rect.column, .heading) + 3
    let right = canvas.glyph("→", "->"), up = canvas.glyph("↑", "^")
    canvas.write(
      firstOf: [
        "\(right) \(axis(finding.across))   \(up) \(axis(finding.up))",
        "\(right) \(finding.across.index): \(NumberFormat.percent(Bounded(finding.across.share)))   \(up) "
          + "\(finding.up.index): \(NumberFormat.percent(Bounded(finding.up.share))) of the \(kind)",
      ], rect.row, rect.column + used, width: rect.width - used, .value)
    guard !finding.isCentered else { return }
    let key = finding.axis == .rows ? "the column means are not taken away (C)" : "the row means are not taken away (C)"
    canvas.write(
      firstOf: [
        "not centred: energy is measured from zero, and one component may only point at the mean; \(key)",
        "not centred: a component may only point at the mean; C centres", "not centred",
      ], rect.row + 1, rect.column, width: rect.width, .limit)
  }

  /// The values at the ends of both axes.
  private func drawEnds(_ finding: ProjectionFinding, _ plot: Rect, legend: String?, on canvas: inout Canvas) {
    let (x, y) = finding.ranges
    func figure(_ value: Double) -> String { NumberFormat.plain(value, digits: 3) }
    let (low, high) = (figure(x.lowerBound), figure(x.upperBound))
    canvas.write(low, plot.bottom, plot.column, .label)
    canvas.writeRight(high, plot.bottom, right: plot.right, .label)
    let upText = "\(canvas.glyph("↑", "^")) \(figure(y.lowerBound)) … \(figure(y.upperBound))"
    let room = plot.width - cellWidth(low) - cellWidth(high) - 4
    if cellWidth(upText) <= room { canvas.write(upText, plot.bottom, plot.column + cellWidth(low) + 2, .label) }
    if let legend { canvas.write(legend, plot.bottom + 1, plot.column, width: plot.width, .label) }
  }
}

/// What stands beside the points: the classes, one point's neighbours, and the loadings of both components.
struct ProjectionSide {
  private let finding: ProjectionFinding
  private let marks: [ClassMark]

  init(_ finding: ProjectionFinding, _ marks: [ClassMark]) {
    self.finding = finding
    self.marks = marks
  }

  func draw(in rect: Rect, on canvas: inout Canvas) {
    var row = rect.row
    if let classes = finding.classes { row = drawLegend(classes, in: rect, on: &canvas) + 1 }
    let rest = rect.bottom - row
    let near = min(finding.neighbours.count, max(3, rest / 3 - 1))
    row = drawNeighbours(near, row, in: rect, on: &canvas) + 1
    let each = max(1, (rect.bottom - row) / 2 - 1)
    for component in [finding.across, finding.up] {
      guard row < rect.bottom else { return }
      let mark = component.index == finding.across.index ? canvas.glyph("→", "->") : canvas.glyph("↑", "^")
      canvas.write("\(mark) component \(component.index) is made of", row, rect.column, width: rect.width, .label)
      row += 1
      for loading in component.loadings.prefix(each) where row < rect.bottom {
        let value = NumberFormat.plain(loading.value, digits: 3)
        canvas.write(
          finding.loadingName(loading.index), row, rect.column + 1, width: rect.width - cellWidth(value) - 2, .text)
        canvas.writeRight(value, row, right: rect.right, loading.value < 0 ? .energyCurve : .limit)
        row += 1
      }
    }
  }

  /// The glyphs with their classes and how many points each has, in as many columns as fit; the row after them.
  private func drawLegend(_ classes: PointClasses, in rect: Rect, on canvas: inout Canvas) -> Int {
    let texts = zip(classes.names, classes.counts).map { "\($0): \(NumberFormat.grouped($1))" }
    let widest = (texts.map(cellWidth).max() ?? 0) + 4
    let across = max(1, min(texts.count > 4 ? 3 : 1, rect.width / widest))
    let lines = (texts.count + across - 1) / across
    for (index, text) in texts.enumerated() {
      let (row, column) = (rect.row + index % lines, rect.column + index / lines * (rect.width / across))
      canvas.frame.put(marks[index].glyph, row: row, column: column, marks[index].style)
      canvas.write(text, row, column + 2, width: rect.width / across - 2, .text)
    }
    return rect.row + lines
  }

  /// The point that is looked at and those near it; the row after them.
  private func drawNeighbours(_ count: Int, _ row: Int, in rect: Rect, on canvas: inout Canvas) -> Int {
    canvas.write(finding.name(finding.point), row, rect.column, width: rect.width, .heading)
    let how = finding.metric == .cosine ? "by angle, 1 − cos" : "by distance"
    let space = "k = \(NumberFormat.grouped(finding.rank))"
    canvas.write(
      firstOf: finding.rank == 0
        ? ["at k = 0 all points are one", "k = 0: all are one"]
        : ["nearest \(how), in \(space) components", "nearest \(how), \(space)", "nearest, \(space)"], row + 1,
      rect.column, width: rect.width, .label)
    var line = row + 2
    for neighbour in finding.neighbours.prefix(count) where line < rect.bottom {
      let distance = NumberFormat.plain(neighbour.distance, digits: 3)
      canvas.write(
        finding.name(neighbour.index), line, rect.column + 1, width: rect.width - cellWidth(distance) - 2, .text)
      canvas.writeRight(distance, line, right: rect.right, .value)
      line += 1
    }
    return line
  }
}
