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
    let errors = NumberFormat.agreeing(
      analysis.relativeFrobeniusError(rank: rank), measured.relativeFrobeniusError, floor: analysis.errorFloor)
    var table = TextTable([("rank \(NumberFormat.grouped(rank))", .left), ("", .left)], style: style)
    table.append([
      "parameters",
      "\(NumberFormat.grouped(readout.parameters)), \(NumberFormat.percent(Bounded(readout.parameterRatio))) of dense",
    ])
    table.append(["energy kept", NumberFormat.percent(analysis.energy(rank: rank))])
    table.append(["error, predicted", errors.0])
    table.append(["error, measured", errors.1])
    table.append(["largest single error", analysis.largestErrorText(measured)])
    table.append([
      "largest missed direction",
      analysis.valueText(rank + 1) + ", "
        + NumberFormat.percent(
          analysis.relativeSpectralError(rank: rank), floor: analysis.spectrum.precisionFloor) + " of σ₁",
    ])
    text = table.text
  }
}
