import Checkpoints
import RankAnalysis

/// What `report` writes: one page that holds everything it needs – figures, map, heat maps, the table of all matrices,
/// what they mean – and asks for nothing from elsewhere.
///
/// It is HTML and well-formed XML at once. Everything that came from a file is escaped.
package struct ReportPage {
  /// The page, ending in a newline.
  package let text: String

  /// A page about `report`.
  ///
  /// - Parameters:
  ///   - date: when it was made, as text.
  ///   - version: the program's.
  package init(_ report: ModelReport, date: String, version: String) {
    let title = HTMLText.escaped(report.title)
    text = """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
      script-src 'unsafe-inline'"/>
      <title>\(title): spectra</title>
      <style>
      \(ReportStyle.styleSheet)
      </style>
      </head>
      <body>
      \(Self.heading(report, date: date, version: version))
      \(Self.sections(report))
      <script>
      \(ReportStyle.script)
      </script>
      </body>
      </html>

      """
  }

  private static func heading(_ report: ModelReport, date: String, version: String) -> String {
    let facts = [
      report.format, counted(report.tensorCount, "tensor"), counted(report.parameters, "parameter"),
      NumberFormat.bytes(report.bytes), "\(date), lowrank \(version)",
    ]
    let notes = report.notes.map { "<p>\(HTMLText.escaped($0))</p>\n" }.joined()
    var scope = "\(counted(report.matrices.count, "matrix", "matrices")) scanned"
    if report.passedOver > 0 {
      scope += "; \(counted(report.passedOver, "other tensor")) passed over (vectors, scalars, what was not asked for)"
    }
    if !report.unread.isEmpty { scope += "; \(counted(report.unread.count, "tensor")) not read" }
    let link = report.unread.isEmpty ? "" : " (<a href=\"#unread\">which, and why</a>)"
    return """
      <h1>\(HTMLText.breakable(report.title))</h1>
      <p class="soft">\(facts.map { HTMLText.escaped($0) }.joined(separator: " · "))</p>
      <p>\(HTMLText.escaped(scope))\(link).</p>
      \(notes)
      """
  }

  private static func sections(_ report: ModelReport) -> String {
    guard !report.matrices.isEmpty else { return unread(report.unread) }
    let stacks = report.stacks
    var out = section("Summary", ReportSummary(report.matrices).markup)
    out += map(stacks)
    out += heatMaps(stacks, all: report.matrices)
    out += section("All matrices", MatrixTable(report.matrices).markup)
    out += section("What the columns say", MatrixTable.explanations)
    out += section("How it was computed", method)
    return out + unread(report.unread)
  }

  private static func map(_ stacks: [ModelReport.Stack]) -> String {
    let scale = ErrorScale(
      stacks.flatMap { $0.roles.flatMap { $0.byLayer.values.compactMap(\.findings.measures.errorAtBreakEven) } })
    guard !stacks.isEmpty else { return "" }
    return section(
      "Error at break-even, layer by role",
      """
      <p>What low rank costs before it saves anything: ‖A − A<sub>k</sub>‖/‖A‖ in percent at the largest rank k whose two \
      factors hold fewer numbers than the matrix. Low figures can be compressed; a cell leads to its matrix.</p>
      \(Legend.markup(from: ErrorScale.label(scale.lower), to: ErrorScale.label(scale.upper)))
      \(stacks.map { LayerRoleMap($0, scale: scale).markup }.joined(separator: "\n"))
      """)
  }

  /// One heat map a role that several layers have; of all matrices where there are no layers.
  private static func heatMaps(_ stacks: [ModelReport.Stack], all: [ModelReport.Matrix]) -> String {
    var maps = stacks.flatMap { stack in
      stack.roles.compactMap { role -> SpectraHeatMap? in
        let rows = role.byLayer.sorted { $0.key < $1.key }.map { (label: String($0.key), matrix: $0.value) }
        return rows.count > 1 ? SpectraHeatMap("\(stack.name) · \(role.name)", rows) : nil
      }
    }
    var words = "One row a layer"
    if maps.isEmpty {
      maps = [SpectraHeatMap("all matrices, by their numbers in the table", all.map { (String($0.number), $0) })]
      words = "One row a matrix"
    }
    return section(
      "Spectra",
      """
      <p>\(words): σᵢ/σ₁ as colour on a logarithmic scale, i/p to the right, p = min(m, n). Marks: the break-even \
      rank.</p>
      \(Legend.markup(from: "10⁻² and less", to: "σ₁"))
      <div class="roles">
      \(maps.map(\.markup).joined(separator: "\n"))
      </div>
      """)
  }

  private static func unread(_ tensors: [ModelReport.Unread]) -> String {
    guard !tensors.isEmpty else { return "" }
    let items = tensors.map {
      "<dt>\(HTMLText.breakable($0.name))</dt><dd>\(HTMLText.escaped($0.reason, limit: 1000))</dd>\n"
    }
    return "<h2 id=\"unread\">Not read</h2>\n<dl class=\"words\">\n\(items.joined())</dl>\n"
  }

  private static func section(_ title: String, _ content: String) -> String {
    "<section>\n<h2>\(HTMLText.escaped(title))</h2>\n\(content)\n</section>\n"
  }

  private static func counted(_ number: Int, _ one: String, _ several: String? = nil) -> String {
    "\(NumberFormat.grouped(number)) \(number == 1 ? one : several ?? one + "s")"
  }

  private static let method = """
    <p>Each tensor is read as a matrix of m rows and n columns: two axes as they are; of more, the first for the rows and \
    all others folded into the columns. Its singular values σ₁ ≥ … ≥ σ<sub>p</sub>, p = min(m, n), are computed in full, not \
    sampled; every figure follows from them and from the entries.</p>
    <p>A<sub>k</sub> is the best approximation of rank k (Eckart and Young 1936); its error is relative to ‖A‖ in the \
    Frobenius norm, and its two factors hold k(m + n) numbers. Past the break-even rank that is no fewer than the matrix's \
    own m·n. These are errors of the weights, not of what the model answers: a small one may matter and a large one may not.</p>
    <p>Ranks below rounding are not counted: σ under σ₁·max(m, n)·ε of the stored type are rounding. Quantised weights keep a \
    flat tail that is noise of the quantisation. α is the exponent of a power law fitted to the tail of σ² by maximum \
    likelihood, the tail's start chosen by the least Kolmogorov–Smirnov distance (Clauset, Shalizi and Newman 2009); it says \
    little where the tail holds fewer than about 25 values. Entry-shuffled copies are drawn from a fixed seed, so that a \
    second report shows the same figures.</p>
    """
}
