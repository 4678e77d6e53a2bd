import MatrixFiles
import RankAnalysis

/// What `approximate` prints without `--json`: what was written, and what it costs and loses.
package struct ApproximationText {
  /// The text, ending in a newline.
  package let text: String

  /// Describes `report`, whose figures come from `analysis` and what was `measured`.
  package init(
    _ report: ApproximationReport, _ context: RuleContext, measured: ResidualMeasurement, style: TextStyle
  ) {
    let target = report.target.map { "--\($0) \(printable($1))" }.joined(separator: " ")
    var name = printable(report.source)
    if let tensor = report.tensor.value { name += " " + printable(tensor) }
    let heading =
      "\(name)  \(report.rows) × \(report.columns)  \(report.dtype)\n"
      + "\(target): rank \(NumberFormat.grouped(report.approximation.rank)) of \(context.analysis.fullRank)\n"
      + (context.analysis.isExact ? "" : "leading triplets, \(context.analysis.spectrum.certainty)\n")
    text =
      style.spelled(heading) + "\n" + ReadoutText(context, measured: measured, style: style).text + "\n"
      + "wrote \(printable(report.output)), \(NumberFormat.bytes(report.outputBytes))\n"
  }
}
