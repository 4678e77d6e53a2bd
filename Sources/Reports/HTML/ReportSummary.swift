import Checkpoints
import RankAnalysis

/// The figures at the top of the page, over all scanned matrices.
struct ReportSummary {
  private let matrices: [ModelReport.Matrix]
  /// The matrices with an error at break-even, the lowest first.
  let byError: [(matrix: ModelReport.Matrix, error: Double)]

  init(_ matrices: [ModelReport.Matrix]) {
    self.matrices = matrices
    byError = matrices.compactMap { matrix in
      matrix.findings.measures.errorAtBreakEven.map { (matrix, $0) }
    }.sorted { ($0.error, $0.matrix.number) < ($1.error, $1.matrix.number) }
  }

  /// The middle one of the errors at break-even, the mean of two where their number is even; nil without any.
  var medianError: Double? {
    guard !byError.isEmpty else { return nil }
    let half = byError.count / 2
    return byError.count % 2 == 1 ? byError[half].error : (byError[half - 1].error + byError[half].error) / 2
  }

  /// The matrices with a rank of 10 % error, and how many of those ranks are at most the break-even rank.
  var saving: (count: Int, of: Int) {
    let ranks = matrices.compactMap { matrix in
      matrix.findings.ranks["error_10"].map { ($0, matrix.findings.breakEvenRank) }
    }
    return (ranks.count { $0.0 <= $0.1 }, ranks.count)
  }

  /// The parameters that are left when every matrix that saves some at 10 % error is replaced by factors of that rank,
  /// as a share of all; nil without any parameters.
  var shareAtTenPercent: Double? {
    var (kept, all) = (0.0, 0.0)
    for matrix in matrices {
      let findings = matrix.findings
      let dense = Double(findings.rows) * Double(findings.columns)
      let factored = findings.ranks["error_10"].map { Double($0) * (Double(findings.rows) + Double(findings.columns)) }
      kept += min(dense, factored ?? dense)
      all += dense
    }
    return all > 0 ? kept / all : nil
  }

  /// Tiles of a figure and what it is.
  var markup: String {
    var tiles: [(figure: String, words: String)] = []
    if let medianError, let lowest = byError.first, let highest = byError.last {
      tiles.append(
        (
          percent(medianError),
          byError.count == 1
            ? "error at break-even of the one matrix"
            : "error at break-even, the middle of \(NumberFormat.grouped(byError.count)) matrices "
              + "(\(percent(lowest.error)) to \(percent(highest.error)))"
        ))
    }
    let saving = saving
    if saving.of > 0 {
      tiles.append(
        (
          "\(NumberFormat.grouped(saving.count)) of \(NumberFormat.grouped(saving.of))",
          "matrices that low rank makes smaller at 10 % error"
        ))
      if let shareAtTenPercent {
        tiles.append((percent(shareAtTenPercent), "of their parameters are left when just those are replaced"))
      }
    }
    let damaged = matrices.count { $0.findings.nonfinite > 0 }
    let hollow = matrices.count { $0.findings.zeroRows > 0 }
    tiles.append(
      (NumberFormat.grouped(damaged), "\(damaged == 1 ? "matrix" : "matrices") with NaN or infinite entries"))
    tiles.append((NumberFormat.grouped(hollow), "\(hollow == 1 ? "matrix" : "matrices") with rows of zeros"))
    return "<ul class=\"tiles\">\n"
      + tiles.map { "<li><b>\(HTMLText.escaped($0.figure))</b> \(HTMLText.escaped($0.words))</li>\n" }.joined()
      + "</ul>\n" + extremes
  }

  /// The matrices that low rank costs least, and those it costs most.
  private var extremes: String {
    guard byError.count >= 4 else { return "" }
    let count = min(5, byError.count / 2)
    return "<div class=\"two\">"
      + list("Lowest error at break-even", byError.prefix(count))
      + list("Highest error at break-even", byError.suffix(count).reversed()) + "</div>\n"
  }

  private func list(_ title: String, _ rows: some Sequence<(matrix: ModelReport.Matrix, error: Double)>) -> String {
    "<div><h3>\(title)</h3><ol>"
      + rows.map { row in
        "<li><a href=\"#\(row.matrix.anchor)\">\(HTMLText.breakable(row.matrix.name))</a> \(percent(row.error))</li>"
      }.joined() + "</ol></div>"
  }

  private func percent(_ share: Double) -> String { NumberFormat.percent(Bounded(share), digits: 3) }
}
