import Experiments
import MatrixFiles
import RankAnalysis

/// What `court` prints without `--json`: the rules with their ranks, and where most of them lie.
package struct CourtTables {
  /// The text, ending in a newline.
  package let text: String

  /// Describes `report`, whose errors come from `analysis`.
  package init(_ report: CourtReport, analysis: SpectrumAnalysis, style: TextStyle) {
    var heading = printable(report.source)
    if let tensor = report.tensor.value { heading += "  " + printable(tensor) }
    heading += style.spelled("  \(report.rows) × \(report.columns)") + "\n"
    var sections = [heading + style.spelled(Self.agreement(report))]
    let hasTruth = report.truth.value != nil
    var columns: [(String, TextTable.Alignment)] = [
      ("rule", .left), ("rank", .right), ("error", .right), ("parameters", .right), ("σ above", .right),
    ]
    if hasTruth { columns.insert(("true error", .right), at: 3) }
    for (title, judges) in [("tells signal from noise", true), ("budgets and measures", false)] {
      columns[0].0 = title
      var table = TextTable(columns, style: style)
      for rule in report.rules where rule.judgesNoise == judges {
        var row = [
          rule.title, NumberFormat.grouped(rule.rank), analysis.errorText(rank: rule.rank),
          NumberFormat.grouped(rule.parameters),
          rule.threshold.value.map { NumberFormat.plain($0, digits: 4) } ?? "–",
        ]
        if hasTruth { row.insert(rule.trueError.map(shareText) ?? "–", at: 3) }
        table.append(row)
      }
      sections.append(table.text)
    }
    sections.append(
      report.rules.filter(\.judgesNoise).map { rule in
        style.spelled("\(rule.title): \(rule.formula.split(separator: "\n").joined(separator: "; "))\n")
      }.joined())
    text = sections.joined(separator: "\n")
  }

  private static func agreement(_ report: CourtReport) -> String {
    var lines = ""
    if let band = report.agreement.value {
      lines +=
        "\(band.rules) rules tell signal from noise: median \(NumberFormat.grouped(band.median)), the middle half "
        + "\(NumberFormat.grouped(band.lower))–\(NumberFormat.grouped(band.upper))\n"
    }
    lines += "noise s ≈ \(NumberFormat.plain(report.estimatedNoise, digits: 3)) by the median σ"
    if let noise = report.noise.value { lines += ", known \(NumberFormat.plain(noise, digits: 3))" }
    guard let truth = report.truth.value else { return lines + "\n" }
    return lines
      + "\nplanted rank \(NumberFormat.grouped(truth.rank)): least true error \(shareText(truth.bestError)) at rank "
      + "\(NumberFormat.grouped(truth.bestRank)), with shrunken σ \(shareText(truth.shrinkageError))"
      + (truth.rank == 0 ? ", of the noise’s norm\n" : "\n")
  }
}

/// A true error to three digits: "7.12 %".
func shareText(_ share: Double) -> String { NumberFormat.percent(Bounded(share), digits: 3) }

/// The same of a difference, with its sign: "+0.31 %", "−1.2 %"; "0" where there is none.
func excessText(_ share: Double) -> String {
  // A millionth of a percent is rounding.
  if abs(share) < 5e-7 { return "0" }
  return (share < 0 ? "−" : "+") + NumberFormat.percent(Bounded(abs(share)), digits: 2)
}
