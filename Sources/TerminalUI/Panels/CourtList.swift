import Experiments
import Explorer
import RankAnalysis

/// The rules with their ranks, those that tell signal from noise first.
enum CourtList {
  static func draw(
    _ finding: CourtFinding, _ texts: CourtText, chosen: String?, in rect: Rect, on canvas: inout Canvas
  ) {
    guard rect.height > 1 else { return }
    let columns = columns(texts, width: rect.width, isASCII: canvas.isASCII)
    drawRow(columns.map { ($0.title, $0.right) }, "  rule", row: rect.row, in: rect, .heading, on: &canvas)
    let verdicts = finding.verdicts
    let height = rect.height - 1
    let index = verdicts.firstIndex { $0.id == chosen } ?? 0
    let first = max(0, min(verdicts.count - height, index - height / 2))
    for line in 0..<min(height, verdicts.count - first) {
      let verdict = verdicts[first + line]
      let (row, isChosen) = (rect.row + 1 + line, verdict.id == chosen)
      if isChosen {
        canvas.frame.fill(
          Rect(row: row, column: rect.column, height: 1, width: rect.width), " ", canvas.theme[.chosen])
        canvas.focus(row, rect.column)
      }
      let mark = isChosen ? canvas.glyph("▸", ">") : " "
      let kind = verdict.judgesNoise ? canvas.glyph("•", "*") : " "
      drawRow(
        columns.map { ($0.text(verdict), $0.right) }, "\(mark)\(kind)\(verdict.title)", row: row, in: rect,
        isChosen ? .chosen : verdict.judgesNoise ? .text : .label, on: &canvas)
      canvas.hit(Rect(row: row, column: rect.column, height: 1, width: rect.width)) { gesture, _ in
        switch gesture {
        case .press: .court(.choose(verdict.id))
        case .wheel(let direction): .court(.move(-direction))
        case .drag, .hover: nil
        }
      }
    }
  }

  /// A column: its title, where it ends, and its text.
  private struct Column {
    let title: String
    let right: Int
    let text: (CourtVerdict) -> String
  }

  /// The columns that fit beside the names, which get 22 cells; each is as wide as its longest text, and the last ones go
  /// first.
  private static func columns(_ texts: CourtText, width: Int, isASCII: Bool) -> [Column] {
    var wanted: [(title: String, text: (CourtVerdict) -> String)] = [
      ("rank", { NumberFormat.grouped($0.rank) }), ("error", texts.error), ("parameters", texts.parameters),
      ("σ above", texts.threshold),
    ]
    if texts.finding.truth != nil { wanted.insert(("true error", { texts.trueError($0) ?? "–" }), at: 2) }
    var (right, columns) = (24, [Column]())
    for column in wanted {
      let drawn = [column.title] + texts.finding.verdicts.map(column.text)
      right += 2 + (drawn.map { cellWidth(isASCII ? spelledInASCII($0) : $0) }.max() ?? 0)
      guard right <= width else { break }
      columns.append(Column(title: column.title, right: right, text: column.text))
    }
    return columns
  }

  private static func drawRow(
    _ cells: [(text: String, right: Int)], _ name: String, row: Int, in rect: Rect, _ role: Role,
    on canvas: inout Canvas
  ) {
    canvas.write(name, row, rect.column, width: 24, role)
    for cell in cells { canvas.writeRight(cell.text, row, right: rect.column + cell.right, role) }
  }
}

/// Why one rule picks its rank.
enum CourtReasons {
  static func draw(_ verdict: CourtVerdict, _ texts: CourtText, in rect: Rect, on canvas: inout Canvas) {
    var lines: [(text: String, role: Role)] = [
      ("\(verdict.title): rank \(NumberFormat.grouped(verdict.rank))", .heading)
    ]
    for line in verdict.formula.split(separator: "\n") {
      lines += wrapped(String(line), width: rect.width - 4).map { ($0, .value) }
    }
    lines += wrapped(verdict.assumption, width: rect.width - 4).map { ($0, .text) }
    var figures = ["error \(texts.error(verdict))", "\(texts.parameters(verdict)) parameters"]
    if let trueError = texts.trueError(verdict) { figures.insert("true error \(trueError)", at: 1) }
    if !verdict.judgesNoise { figures.append("does not count for the agreement") }
    lines += wrapped("At this rank: " + figures.joined(separator: ", ") + ".", width: rect.width - 4).map {
      ($0, .label)
    }
    lines.append(("u takes this rank; Enter or Esc shows the list again", .label))
    let spare = rect.height - lines.count
    for (index, line) in lines.enumerated() where index < rect.height {
      let gap = spare > 1 && index > 0 ? 1 : 0
      canvas.write(line.text, rect.row + index + gap, rect.column + 1, width: rect.width - 2, line.role)
    }
  }
}
