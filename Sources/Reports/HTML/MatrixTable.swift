import Checkpoints
import RankAnalysis

/// The table of all matrices: one row each, every column of the catalog, the spectrum drawn as a curve.
struct MatrixTable {
  /// What is told by another column, or of no interest on paper.
  private static let leftOut: Set<String> = ["rows", "columns", "alpha_standard_error", "seconds"]

  /// The columns, in the catalog's order.
  static let columns = ScanColumnCatalog.all.filter { !leftOut.contains($0.id) }

  private let matrices: [ModelReport.Matrix]

  init(_ matrices: [ModelReport.Matrix]) { self.matrices = matrices }

  /// The table; a script may sort it by a click on a heading.
  var markup: String {
    let heading = Self.columns.map { column in
      var attributes = [("scope", "col"), ("title", column.explanation)]
      if column.alignment == .left { attributes.append(("class", "l")) }
      return HTMLText.element("th", attributes, HTMLText.escaped(column.title))
    }.joined()
    return """
      <div class="wide"><table class="all" id="matrices">
      <thead><tr><th scope="col">#</th>\(heading)</tr></thead>
      <tbody>
      \(matrices.map(row).joined())</tbody></table></div>
      """
  }

  private func row(_ matrix: ModelReport.Matrix) -> String {
    let cells = Self.columns.map { cell($0, matrix) }.joined()
    return "<tr id=\"\(matrix.anchor)\"><td>\(matrix.number)</td>\(cells)</tr>\n"
  }

  private func cell(_ column: ScanColumn, _ matrix: ModelReport.Matrix) -> String {
    switch column.id {
    case "name": return HTMLText.element("th", [("scope", "row")], HTMLText.breakable(matrix.name))
    case "sparkline": return HTMLText.element("td", class: "l", ProfileDrawing(matrix.findings).curve)
    default: break
    }
    let text = column.text(matrix.entry, matrix.findings)
    var attributes: [(String, String)] = []
    if column.alignment == .left { attributes.append(("class", "l")) }
    // A script sorts by what the cell shows, unless that is no plain number.
    if Double(text) == nil {
      switch column.value(matrix.entry, matrix.findings) {
      case .number(let value): attributes.append(("data-v", "\(value)"))
      case .integer(let value): attributes.append(("data-v", "\(value)"))
      case .text, .none: break
      }
    }
    return HTMLText.element("td", attributes, HTMLText.escaped(text))
  }

  /// What the columns say, in the table's order.
  static var explanations: String {
    let items = columns.map { column in
      let title = column.id == "sparkline" ? "spectrum" : column.title
      let text =
        column.id == "sparkline"
        ? "σᵢ/σ₁ from 1 (top) to 10⁻² (bottom, logarithmic) over i/p, p = min(m, n). Solid mark: the break-even rank. "
          + "Dashed mark: the rank of 10 % error. A flat curve is full rank, a cliff is low rank."
        : column.explanation
      return "<dt>\(HTMLText.escaped(title))</dt><dd>\(HTMLText.escaped(text))</dd>\n"
    }.joined()
    return "<dl class=\"words\">\n\(items)</dl>"
  }
}
