import Experiments
import Explorer
import RankAnalysis

/// The errors of a race against iterations or seconds, with the bound that none may cross.
struct RacePlot {
  private let finding: RaceFinding
  private let showsSeconds: Bool
  /// The curves.
  private let area: Rect
  private let errors: RaceAxis
  private let times: RaceAxis
  private let lastIteration: Int

  /// The cells left of the curves, for labels.
  static let gutter = 10

  /// A plot inside `rect`, whose last line is the horizontal axis.
  init(_ finding: RaceFinding, showsSeconds: Bool, in rect: Rect) {
    self.finding = finding
    self.showsSeconds = showsSeconds
    area = Rect(
      row: rect.row, column: rect.column + Self.gutter, height: max(1, rect.height - 1),
      width: max(4, rect.width - Self.gutter - 2))
    let points = finding.lanes.flatMap(\.points)
    let seen = points.map(\.error).filter { $0 > 0 }
    let high = min(1.2, seen.max() ?? 1)
    let floor = max(finding.slack, 1e-17)
    let low = max(floor, min(seen.min() ?? high, finding.bound > finding.slack ? finding.bound : high))
    errors = RaceAxis(min(low, high)...max(low, high), margin: 0.08)
    let seconds = points.map(\.seconds).filter { $0 > 0 }
    let (soonest, latest) = (seconds.min() ?? 1e-3, seconds.max() ?? 1)
    times = RaceAxis(soonest...max(latest, soonest * 10))
    lastIteration = max(10, points.map(\.iteration).max() ?? 1)
  }

  /// Draws axes, bound and curves.
  func draw(on canvas: inout Canvas) {
    drawErrorAxis(on: &canvas)
    drawBound(on: &canvas)
    drawTimeAxis(on: &canvas)
    for (lane, style) in zip(finding.lanes, RaceMark.marks(finding.lanes)) where lane.points.count > 1 {
      drawCurve(lane, style, on: &canvas)
    }
    for (lane, style) in zip(finding.lanes, RaceMark.marks(finding.lanes)) {
      guard let last = lane.points.last else { continue }
      drawLetter(style, at: last, on: &canvas)
    }
  }

  private func drawErrorAxis(on canvas: inout Canvas) {
    let ticks = errors.ticks(atMost: max(2, area.height / 2)) {
      NumberFormat.percent(Bounded($0), digits: 2)
    }
    var rows: Set<Int> = []
    for tick in ticks where rows.insert(row(tick.share)).inserted {
      let row = row(tick.share)
      canvas.writeRight(tick.label, row, right: area.column - 1, .label)
      for column in stride(from: area.column, to: area.right, by: canvas.isASCII ? 2 : 1) {
        canvas.put(canvas.glyph("·", "."), row, column, .grid)
      }
    }
  }

  private func drawBound(on canvas: inout Canvas) {
    guard finding.bound > finding.slack else { return }
    let row = row(errors.share(finding.bound))
    for column in area.column..<area.right { canvas.put(canvas.glyph("━", "="), row, column, .kept) }
    canvas.write(canvas.glyph("   bound ▸", "   bound >"), row, area.column - Self.gutter, .kept)
  }

  private func drawTimeAxis(on canvas: inout Canvas) {
    let row = area.bottom
    var free = area.column
    let ticks: [RaceAxis.Tick] =
      showsSeconds
      ? times.ticks(atMost: max(2, area.width / 12)) { NumberFormat.seconds($0) }
      : iterationTicks.map { .init(share: place($0), label: NumberFormat.grouped($0)) }
    for tick in ticks {
      let column = area.column + Int((tick.share * Double(area.width - 1)).rounded())
      let start = min(column, area.right - cellWidth(tick.label))
      guard start >= free else { continue }
      canvas.write(tick.label, row, start, .label)
      free = start + cellWidth(tick.label) + 2
    }
    canvas.write(showsSeconds ? "time" : "iteration", row, area.column - Self.gutter, .label)
  }

  private var iterationTicks: [Int] {
    let raw = Double(lastIteration) / Double(max(2, area.width / 12))
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].first { Double($0) >= raw } ?? lastIteration
    return Array(stride(from: 0, through: lastIteration, by: step))
  }

  /// The place of an iteration, 0 … 1.
  private func place(_ iteration: Int) -> Double { Double(iteration) / Double(lastIteration) }

  /// The place of a point along the horizontal axis, 0 … 1.
  private func place(_ point: RacePoint) -> Double {
    showsSeconds ? times.share(point.seconds) : place(point.iteration)
  }

  private func row(_ share: Double) -> Int { area.bottom - 1 - Int((share * Double(area.height - 1)).rounded()) }

  /// The error of a lane by columns of dots, from its first point to its last; straight between points.
  private func samples(_ lane: RaceLane, perCell: Int) -> (first: Int, shares: [Double]) {
    let width = Double(perCell * area.width - 1)
    let places = lane.points.map { place($0) * width }
    guard let start = places.first, let end = places.last else { return (0, []) }
    var next = 0
    let first = Int(start.rounded())
    let shares = (first...max(first, Int(end.rounded()))).map { column -> Double in
      while next < places.count - 1, places[next] < Double(column) { next += 1 }
      let after = errors.share(lane.points[next].error)
      guard next > 0, places[next] > places[next - 1] else { return after }
      let before = errors.share(lane.points[next - 1].error)
      let way = (Double(column) - places[next - 1]) / (places[next] - places[next - 1])
      return before + (after - before) * max(0, min(1, way))
    }
    return (first, shares)
  }

  private func drawCurve(_ lane: RaceLane, _ mark: RaceMark, on canvas: inout Canvas) {
    guard canvas.theme.display.glyphs == .braille else {
      let (first, shares) = samples(lane, perCell: 1)
      for (offset, share) in shares.enumerated() {
        canvas.put(canvas.isASCII ? mark.letter : "•", row(share), area.column + first + offset, mark.role)
      }
      return
    }
    let (first, shares) = samples(lane, perCell: 2)
    let cell = first / 2
    let width = (first + shares.count + 1) / 2 - cell
    let curve = BrailleCurve(height: area.height, width: width) { x in
      shares[max(0, min(shares.count - 1, x - (first - 2 * cell)))]
    }
    for (place, pattern) in curve.patterns.enumerated() where pattern != 0 {
      let (row, column) = (area.row + place / curve.width, area.column + cell + place % curve.width)
      let other = canvas.frame[row, column].character.flatMap { BrailleCurve.pattern($0) } ?? 0
      canvas.put(BrailleCurve.character(pattern | other), row, column, mark.role)
    }
  }

  /// The letter of a lane where it is now, or in the next free cell to the right of it.
  private func drawLetter(_ mark: RaceMark, at point: RacePoint, on canvas: inout Canvas) {
    let row = row(errors.share(point.error))
    var column = area.column + Int((place(point) * Double(area.width - 1)).rounded())
    while column < area.right + 1, canvas.frame[row, column].character?.isLetter == true { column += 1 }
    canvas.put(mark.letter, row, min(column, area.right + 1), mark.role)
  }
}

/// What tells a lane from the others: a letter, and a colour beside it.
struct RaceMark {
  let letter: Character
  let role: Role

  /// A mark for each lane: the first letter of its name that no lane before it has.
  static func marks(_ lanes: [RaceLane]) -> [RaceMark] {
    let roles: [Role] = [.value, .energyCurve, .errorCurve, .limit, .kept, .text, .label]
    var taken: Set<Character> = []
    return lanes.enumerated().map { index, lane in
      let letter = lane.id.first { $0.isLetter && !taken.contains($0) } ?? "?"
      taken.insert(letter)
      return RaceMark(letter: letter, role: roles[index % roles.count])
    }
  }
}
