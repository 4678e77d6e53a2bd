import Glibc
import RankAnalysis

/// Where a value stands on the vertical axis of a plot: eighths of a cell above the bottom.
package struct ValueAxis: Hashable, Sendable {
  /// A tick: the value, its label, and its height in eighths.
  package struct Tick: Hashable, Sendable {
    package let label: String
    package let ascii: String
    package let eighths: Int
  }

  /// The height in cells.
  package let rows: Int
  /// Whether heights are logarithmic.
  package let isLogarithmic: Bool
  /// The value, or its decimal logarithm, at the bottom and at the top.
  package let bottom: Double, top: Double

  /// An axis for `values`, non-increasing, of which those below `floor` are rounding.
  ///
  /// A logarithmic axis ends at a power of ten low enough for 98 % of the values above the floor, at most one decade a
  /// row and a half; what lies below is counted by ``below(_:)``.
  package init(values: [Double], floor: Double, rows: Int, logarithmic: Bool) {
    self.rows = max(1, rows)
    let largest = values.first ?? 0
    isLogarithmic = logarithmic && largest > 0
    guard isLogarithmic else {
      bottom = 0
      top = largest > 0 ? largest : 1
      return
    }
    let significant = values.prefix { $0 > max(floor, 0) }
    let quantile = significant[max(0, min(significant.count - 1, significant.count * 98 / 100))]
    (bottom, top) = Self.logarithms(quantile...max(quantile, largest), rows: self.rows)
  }

  /// An axis that shows `shown`, positive values, wherever the values themselves lie.
  package init(showing shown: ClosedRange<Double>, rows: Int, logarithmic: Bool) {
    self.rows = max(1, rows)
    isLogarithmic = logarithmic
    (bottom, top) = logarithmic ? Self.logarithms(shown, rows: self.rows) : (0, shown.upperBound)
  }

  /// A linear axis that begins at the lower end of `shown`, which need not be 0.
  package init(linear shown: ClosedRange<Double>, rows: Int) {
    self.rows = max(1, rows)
    isLogarithmic = false
    (bottom, top) = (shown.lowerBound, shown.upperBound)
  }

  /// The decimal logarithms at the bottom and at the top: a power of ten below, a little room above.
  private static func logarithms(_ shown: ClosedRange<Double>, rows: Int) -> (bottom: Double, top: Double) {
    let high = log10(shown.upperBound)
    var low = log10(shown.lowerBound).rounded(.down)
    low = max(low, (high - max(2, Double(rows) / 1.5)).rounded(.down))
    if high - low < 0.5 { low -= 1 }
    return (low, high + (high - low) * 0.02)
  }

  /// The height of `value` in eighths of a cell: 0 … 8·rows; at least 1 for what lies on the axis.
  package func eighths(_ value: Double) -> Int {
    guard value > 0, top > bottom else { return 0 }
    let position = ((isLogarithmic ? log10(value) : value) - bottom) / (top - bottom)
    guard position >= 0 else { return 0 }
    return max(1, min(rows * 8, Int((position * Double(rows * 8)).rounded())))
  }

  /// How many of `values` lie below the axis.
  package func below(_ values: [Double]) -> Int {
    isLogarithmic ? values.count(where: { !($0 > 0) || log10($0) < bottom }) : 0
  }

  /// Ticks at powers of ten, or at round numbers on a linear axis; no two on the same row.
  package var ticks: [Tick] { isLogarithmic ? decadeTicks : linearTicks }

  private var decadeTicks: [Tick] {
    let first = Int(bottom.rounded(.up))
    let last = Int(top.rounded(.down))
    guard first <= last else { return [] }
    let step = max(1, Int((Double(last - first + 1) * 2 / Double(rows)).rounded(.up)))
    return stride(from: first, through: last, by: step).map { exponent in
      Tick(
        label: "10" + superscripted(exponent), ascii: "1e\(exponent)",
        eighths: Int(((Double(exponent) - bottom) / (top - bottom) * Double(rows * 8)).rounded()))
    }
  }

  private var linearTicks: [Tick] {
    let wanted = max(2, rows / 3)
    let raw = (top - bottom) / Double(wanted)
    let power = pow(10, log10(raw).rounded(.down))
    let step = [1.0, 2, 5, 10].first { $0 * power >= raw }.map { $0 * power } ?? raw
    var ticks: [Tick] = []
    if bottom != 0 { return raisedTicks(step: step) }
    var index = 0.0
    while index * step <= top * (1 + 1e-9) {
      let label = shortNumber(index * step)
      ticks.append(
        Tick(label: label, ascii: label, eighths: Int((index * step / (top - bottom) * Double(rows * 8)).rounded())))
      index += 1
    }
    return ticks
  }

  /// Ticks at multiples of `step` on an axis that does not begin at 0, with the decimals that tell them apart.
  private func raisedTicks(step: Double) -> [Tick] {
    let decimals = max(0, min(6, -Int(log10(step).rounded(.down))))
    let first = Int((bottom / step).rounded(.up))
    return (first...max(first, Int((top / step).rounded(.down)))).map { index in
      let value = Double(index) * step
      let label = Self.decimal(value, digits: decimals)
      return Tick(
        label: label, ascii: label, eighths: Int(((value - bottom) / (top - bottom) * Double(rows * 8)).rounded()))
    }
  }

  /// `value`, not negative, with `digits` decimals.
  private static func decimal(_ value: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1) { power, _ in 10 * power }
    let scaled = Int((value * Double(scale)).rounded())
    guard digits > 0 else { return "\(scaled)" }
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  /// At most six characters: a tick is a round number, so nothing is lost.
  private func shortNumber(_ value: Double) -> String {
    if value == 0 { return "0" }
    let exponent = Int(log10(value).rounded(.down))
    if exponent >= 5 || exponent < -3 {
      let digit = Int((value / pow(10, Double(exponent))).rounded())
      return "\(digit)e\(exponent)"
    }
    if value >= 1 { return "\(Int(value.rounded()))" }
    let scaled = Int((value * pow(10, Double(-exponent))).rounded())
    return "0." + String(repeating: "0", count: -exponent - 1) + "\(scaled)"
  }
}
