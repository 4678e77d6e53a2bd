import Experiments
import RankAnalysis

/// What each method of a race came to, a line each; those outside it beneath.
struct RaceTable {
  private let finding: RaceFinding
  private let columns: [Column]
  private let nameWidth: Int

  private struct Column {
    let heading: String
    let width: Int
    let text: (RaceLane) -> String
  }

  /// A table of `width` cells: full names where there is room.
  init(_ finding: RaceFinding, width: Int) {
    self.finding = finding
    let isWide = width >= 118
    nameWidth = isWide ? 36 : 12
    var columns = [
      Column(heading: "error", width: 11) { finding.errorText($0) ?? "" },
      Column(heading: "over bound", width: 12) { finding.excessText($0) ?? "" },
      Column(heading: "iterations", width: 11) { lane in
        lane.isIterative ? lane.points.last.map { NumberFormat.grouped($0.iteration) } ?? "" : "–"
      },
    ]
    if finding.isTimed {
      columns.append(
        Column(heading: "time", width: 9) { $0.points.last.map { NumberFormat.seconds($0.seconds) } ?? "" })
    }
    columns.append(
      Column(heading: "parameters", width: 12) { $0.parameterCount.map { NumberFormat.grouped($0) } ?? "" })
    columns.append(
      Column(heading: isWide ? "step size" : "step", width: isWide ? 12 : 9) {
        $0.points.last?.stepSize.map { NumberFormat.plain($0, digits: 2) } ?? ""
      })
    if isWide { columns.append(Column(heading: "", width: 14) { $0.phaseText }) }
    self.columns = columns
  }

  /// The heading and a line for each method.
  var height: Int { finding.lanes.count + 1 }

  /// Draws as many lines as there are before `bottom`.
  func draw(in rect: Rect, bottom: Int, on canvas: inout Canvas) {
    var right = rect.column + nameWidth + 2
    for column in columns {
      right += column.width
      if right <= rect.right { canvas.writeRight(column.heading, rect.row, right: right, .label) }
    }
    for (index, (lane, mark)) in zip(finding.lanes, RaceMark.marks(finding.lanes)).enumerated() {
      let row = rect.row + 1 + index
      guard row < bottom else { return }
      canvas.put(mark.letter, row, rect.column, mark.role)
      canvas.write(
        nameWidth > 20 ? lane.title : lane.id, row, rect.column + 2, width: nameWidth,
        lane.phase == .running ? .value : .text)
      if case .refused(let reason) = lane.phase {
        let start = rect.column + 2 + nameWidth
        canvas.write(
          firstOf: Self.refusals(reason, of: lane), row, start, width: rect.right - start, .label)
        continue
      }
      draw(lane, row, from: rect.column + nameWidth + 2, before: rect.right, on: &canvas)
    }
  }

  private func draw(_ lane: RaceLane, _ row: Int, from left: Int, before limit: Int, on canvas: inout Canvas) {
    var right = left
    for (index, column) in columns.enumerated() {
      right += column.width
      if right <= limit { canvas.writeRight(column.text(lane), row, right: right, index == 0 ? .value : .text) }
    }
  }

  /// Why a method cannot take part: in full, without its name, and without the value that is in its way.
  private static func refusals(_ reason: String, of lane: RaceLane) -> [String] {
    guard reason.hasPrefix(lane.title + " ") else { return [reason] }
    let short = String(reason.dropFirst(lane.title.count + 1))
    return [reason, short] + [short.firstRange(of: " holds ").map { String(short[..<$0.lowerBound]) }].compactMap { $0 }
  }

  /// Who is outside and why, in at most so many lines: in full, or each to its first comma; sentences that do not fit are
  /// left out.
  func outside(width: Int, lines: Int) -> [String] {
    let full = finding.excluded.map { wrapped("Outside: \($0.title): \($0.reason).", width: width) }
    let all = full.flatMap { $0 }
    if all.count <= lines { return all }
    var shown: [String] = []
    for excluded in finding.excluded {
      let clause = excluded.reason.prefix { $0 != "," }
      let sentence = wrapped("Outside: \(excluded.title): \(clause).", width: width)
      if shown.count + sentence.count <= lines { shown += sentence }
    }
    return shown
  }
}
