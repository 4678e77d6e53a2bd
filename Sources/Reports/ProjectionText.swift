import Experiments
import MatrixFiles
import RankAnalysis

/// What `project` prints without `--json`: a scatter of characters, and what the components are made of.
package struct ProjectionText {
  private let finding: ProjectionFinding
  private let heading: String
  private let style: TextStyle

  /// Describes what was found of `matrix`, called `source`.
  package init(source: String, matrix: LoadedMatrix, _ finding: ProjectionFinding, style: TextStyle) {
    self.finding = finding
    self.style = style
    var name = printable(source)
    if let tensor = matrix.entry.name { name += " " + printable(tensor) }
    heading = "\(name)  \(matrix.shape.rows) × \(matrix.shape.columns)  \(matrix.entry.type.rawValue)\n"
  }

  /// The text, ending in a newline.
  package var text: String {
    let kind = finding.isCentered ? "variance" : "energy"
    func axis(_ component: ProjectionComponent) -> String {
      "component \(component.index), \(NumberFormat.percent(Bounded(component.share))) of the \(kind)"
    }
    var text = heading + "\(finding.axis.rawValue): across \(axis(finding.across)); up \(axis(finding.up))\n"
    if !finding.isCentered {
      let means = finding.axis == .rows ? "columns" : "rows"
      text += "not centred: energy is measured from zero; --center \(means) takes the means away\n"
    }
    return style.spelled(text + "\n" + scatter + "\n") + tables
  }

  /// The glyph of each class: its first character where those differ, letters otherwise.
  private var glyphs: [Character] {
    let names = finding.classes?.names ?? []
    let firsts = names.compactMap(\.first).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return Set(firsts).count == names.count ? firsts : names.indices.map { Array("abcdefghijkl")[$0 % 12] }
  }

  private var scatter: String {
    let (width, height) = (max(20, min(100, style.width) - 4), 22)
    var cells = [[Character]](repeating: [Character](repeating: " ", count: width), count: height)
    var counts = [[Int: Int]](repeating: [:], count: width * height)
    func place(_ value: Double, _ range: ClosedRange<Double>, _ count: Int) -> Int {
      Int(((value - range.lowerBound) / (range.upperBound - range.lowerBound) * Double(count - 1)).rounded())
    }
    let (x, y) = (range(finding.across.scores), range(finding.up.scores))
    for index in 0..<finding.count {
      let column = place(finding.across.scores[index], x, width)
      let row = height - 1 - place(finding.up.scores[index], y, height)
      counts[row * width + column][finding.classes?.of[index] ?? 0, default: 0] += 1
    }
    let glyphs = glyphs
    for (cell, here) in counts.enumerated() {
      guard let most = here.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { continue }
      let mark: Character =
        finding.classes == nil ? (most.value == 1 ? "." : most.value < 8 ? "o" : "@") : glyphs[most.key]
      cells[cell / width][cell % width] = mark
    }
    func figure(_ value: Double) -> String { NumberFormat.plain(value, digits: 3) }
    var lines = cells.map { "  |" + String($0).trimmed }
    lines.append("  +" + String(repeating: "-", count: width))
    lines.append(
      "   across \(figure(x.lowerBound)) … \(figure(x.upperBound)), up \(figure(y.lowerBound)) … \(figure(y.upperBound))"
    )
    if let classes = finding.classes {
      let names = classes.names.indices.map { "\(glyphs[$0]) \(classes.names[$0]) (\(classes.counts[$0]))" }
      lines.append("   " + names.joined(separator: "  "))
    } else if finding.count > 1 {
      lines.append("   . one point  o 2 to 7  @ 8 or more")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func range(_ scores: [Double]) -> ClosedRange<Double> {
    guard let low = scores.min(), let high = scores.max(), low < high else { return -1...1 }
    return low...high
  }

  private var tables: String {
    var table = TextTable(
      [
        ("component \(finding.across.index)", .left), ("", .right), ("component \(finding.up.index)", .left),
        ("", .right),
      ], style: style)
    func cells(_ loadings: [ProjectionComponent.Loading], _ line: Int) -> [String] {
      guard line < loadings.count else { return ["", ""] }
      return [finding.loadingName(loadings[line].index), NumberFormat.plain(loadings[line].value, digits: 3)]
    }
    for line in 0..<max(finding.across.loadings.count, finding.up.loadings.count) {
      table.append(cells(finding.across.loadings, line) + cells(finding.up.loadings, line))
    }
    guard !finding.neighbours.isEmpty else { return table.text }
    let how = finding.metric == .cosine ? "1 − cos of the angle" : "distance"
    var near = TextTable(
      [("nearest to \(finding.name(finding.point))", .left), (how, .right)], style: style)
    for neighbour in finding.neighbours {
      near.append([finding.name(neighbour.index), NumberFormat.plain(neighbour.distance, digits: 3)])
    }
    return table.text + "\n" + near.text
      + style.spelled("  in the space of the first \(finding.rank) component\(finding.rank == 1 ? "" : "s")\n")
  }
}

extension String {
  /// Without blanks at the end.
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
