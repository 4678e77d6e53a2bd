import Explorer
import RankAnalysis

/// A cost that grows with the rank, beside that of A.
struct Gauge {
  let name: String
  /// What the factors and A cost, as text.
  let value: String
  /// The factors' cost over A's.
  let ratio: Double
  /// "break-even at k = 256".
  let limit: String

  static func all(_ report: Report) -> [Gauge] {
    let (costs, k) = (report.costs, report.rank)
    func grouped(_ count: Int) -> String { NumberFormat.grouped(count) }
    func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
    return [
      Gauge(
        name: "parameters", value: "\(grouped(costs.factored(k))) of \(grouped(costs.dense))", ratio: costs.ratio(k),
        limit: "break-even at k = \(grouped(costs.breakEvenRank))"),
      Gauge(
        name: "degrees of freedom", value: "\(grouped(costs.degreesOfFreedom(k))) of \(grouped(costs.dense))",
        ratio: share(costs.degreesOfFreedom(k), costs.dense),
        limit: "equal only at the full rank, k = \(grouped(costs.fullRank))"),
      Gauge(
        name: "bytes, \(report.info.type.factorType.rawValue)",
        value: "\(NumberFormat.bytes(costs.factoredBytes(k))) of \(NumberFormat.bytes(costs.denseBytes))",
        ratio: share(costs.factoredBytes(k), costs.denseBytes),
        limit: "break-even at k = \(grouped(costs.byteBreakEvenRank))"),
    ]
  }

  /// A bar to twice A's cost, whose middle is break-even.
  func draw(row: Int, in rect: Rect, on canvas: inout Canvas) {
    let left = rect.column + 2
    let width = rect.width - 4
    var column = left
    column += canvas.write(name, row, column, .heading) + 2
    column += canvas.write("\(NumberFormat.percent(Bounded(ratio)))", row, column, ratio < 1 ? .kept : .limit) + 2
    column += canvas.write(value, row, column, width: left + width - column, .label) + 2
    let brief = limit.split(separator: " at k = ").joined(separator: " k ")
    if let text = [limit, brief].first(where: { column + cellWidth($0) <= left + width }) {
      canvas.writeRight(text, row, right: left + width, .limit)
    }
    let filled = min(width, Int((ratio / 2 * Double(width)).rounded()))
    for cell in 0..<width {
      let isFilled = cell < filled
      canvas.put(
        canvas.glyph(isFilled ? "█" : "░", isFilled ? "#" : "."), row + 1, left + cell,
        isFilled ? (ratio < 1 ? .kept : .limit) : .grid)
    }
    canvas.put(canvas.glyph("┃", "|"), row + 1, left + width / 2, .limit)
  }
}
