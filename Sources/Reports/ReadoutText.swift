import LinearAlgebra
import RankAnalysis

/// The read-outs of one rank as a small table: what it costs, what it loses, as predicted and as measured.
package struct ReadoutText {
  /// The text, ending in a newline.
  package let text: String

  /// Describes what `context` predicts and what was `measured`.
  package init(_ context: RuleContext, measured: ResidualMeasurement, style: TextStyle) {
    let (analysis, rank) = (context.analysis, measured.rank)
    let readout = RankReadout(context, measured: measured)
    let errors = analysis.errorTexts(measured)
    var table = TextTable([("rank \(NumberFormat.grouped(rank))", .left), ("", .left)], style: style)
    table.append([
      "parameters",
      "\(NumberFormat.grouped(readout.parameters)), \(NumberFormat.percent(Bounded(readout.parameterRatio))) of dense",
    ])
    table.append(["energy kept", analysis.energyText(rank: rank)])
    table.append(["error, predicted", errors.predicted])
    table.append(["error, measured", errors.measured])
    table.append(["largest single error", analysis.largestErrorText(measured)])
    table.append([
      "largest missed direction",
      "\(analysis.valueText(rank + 1)), \(analysis.spectralErrorText(rank: rank)) of σ₁",
    ])
    text = table.text
  }
}
