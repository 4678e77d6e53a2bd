import RankAnalysis

/// The error at the break-even rank as tables write it.
enum BreakEvenError {
  /// The cells that it takes at most.
  static let width = 10

  /// "7.19 %", in the digits that rounding left; "<0.00074 %" where there are none. Nil where there is no such error.
  static func text(_ measures: TensorFindings.Measures) -> String? {
    guard let error = measures.errorAtBreakEven else { return nil }
    let floor = measures.errorFloor ?? 0
    let known = Bounded(lower: max(0, error - floor / 8), upper: min(1, error + floor / 8))
    var text = NumberFormat.percent(known, digits: 3, floor: floor)
    // Where not even one digit is known, both ends would not fit: the upper one is true as well.
    if text.contains("–") {
      text = NumberFormat.percent(Bounded(lower: 0, upper: known.upper), digits: 3, floor: floor)
    }
    if text.count > width, let blank = text.firstIndex(of: " ") { text.remove(at: blank) }
    return text
  }
}
