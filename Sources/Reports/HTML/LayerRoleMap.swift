import Checkpoints
import RankAnalysis

/// The layer × role map of one stack of layers: a table of the errors at break-even, in colour and in digits; each cell
/// leads to its matrix.
struct LayerRoleMap {
  private let stack: ModelReport.Stack
  private let scale: ErrorScale
  /// The most layers beside each other; further ones follow below, so that the map fits a page.
  private static let band = 32

  init(_ stack: ModelReport.Stack, scale: ErrorScale) {
    self.stack = stack
    self.scale = scale
  }

  /// The map, as one table or several.
  var markup: String {
    let layers = stack.layers.sorted()
    return stride(from: 0, to: layers.count, by: Self.band).map { start in
      table(Array(layers[start..<min(start + Self.band, layers.count)]))
    }.joined(separator: "\n")
  }

  private func table(_ layers: [Int]) -> String {
    let heading = layers.map { "<th scope=\"col\">\($0)</th>" }.joined()
    let rows = stack.roles.map { role in
      let cells = layers.map { cell(role.byLayer[$0]) }.joined()
      return "<tr><th scope=\"row\">\(HTMLText.breakable(role.name))</th>\(cells)</tr>\n"
    }.joined()
    return """
      <div class="wide"><table class="map"><caption>\(HTMLText.breakable(stack.name))</caption>
      <thead><tr><td></td>\(heading)</tr></thead>
      <tbody>
      \(rows)</tbody></table></div>
      """
  }

  private func cell(_ matrix: ModelReport.Matrix?) -> String {
    guard let matrix else { return "<td class=\"none\">·</td>" }
    let link = [("href", "#\(matrix.anchor)"), ("title", matrix.name)]
    guard let error = matrix.findings.measures.errorAtBreakEven else {
      let sign = matrix.findings.nonfinite > 0 ? "NaN" : "–"
      return "<td class=\"none\">\(HTMLText.element("a", link, sign))</td>"
    }
    return "<td class=\"q\(scale.level(error))\">\(HTMLText.element("a", link, ErrorScale.digits(error)))</td>"
  }
}

/// Where errors lie between the ends of a map's colours: round percentages that hold all of them.
struct ErrorScale {
  let lower: Double
  let upper: Double

  /// A scale of steps of 5 % for `errors`, shares of one.
  init(_ errors: [Double]) {
    let step = 0.05
    let lowest = ((errors.min() ?? 0) / step).rounded(.down) * step
    lower = max(0, lowest)
    upper = max(lower + step, ((errors.max() ?? 1) / step).rounded(.up) * step)
  }

  /// The colour of `error`.
  func level(_ error: Double) -> Int { ColorRamp.level((error - lower) / (upper - lower)) }

  /// An end of the scale in words: "35 %".
  static func label(_ error: Double) -> String { "\(Int((error * 100).rounded())) %" }

  /// An error in percent for a cell of two or three characters: "34", "3.4", "<0.1" as markup.
  static func digits(_ error: Double) -> String {
    if error == 0 { return "0" }
    return error < 0.001 ? "&lt;0.1" : NumberFormat.plain(error * 100, digits: 2)
  }
}
