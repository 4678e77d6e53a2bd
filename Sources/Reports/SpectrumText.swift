import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis

/// What `spectrum` prints without `--json`: the plot, the ranks worth knowing, the measures, and the first values.
package struct SpectrumText {
  private let result: SpectrumResult
  private let style: TextStyle
  private var analysis: SpectrumAnalysis { result.analysis }
  private var spectrum: Spectrum { result.analysis.spectrum }

  /// Describes `result` in `style`.
  package init(_ result: SpectrumResult, style: TextStyle) {
    self.result = result
    self.style = style
  }

  /// The text, ending in a newline; the first `top` singular values are listed.
  package func text(top: Int) -> String {
    var sections = [heading]
    if !result.advice.isEmpty {
      sections.append(result.advice.map { style.spelled($0.sentence + ": " + $0.option) + "\n" }.joined())
    }
    if spectrum.largest > 0 { sections.append(plot) }
    sections.append(ranks)
    sections.append(measures)
    if let measured = result.measured {
      sections.append(ReadoutText(result.context, measured: measured, style: style).text)
    }
    if top > 0, spectrum.count > 0 { sections.append(values(top: top)) }
    return sections.joined(separator: "\n")
  }

  private var heading: String {
    var first = [printable(result.source)]
    if let name = result.entry.name { first.append(printable(name)) }
    first += [style.spelled("\(result.shape)"), result.entry.type.rawValue]
    first += result.notes.map(style.spelled)
    let second =
      "\(result.decision.plan.title), \(NumberFormat.seconds(result.seconds)); read in "
      + NumberFormat.seconds(result.readSeconds)
    return first.joined(separator: "  ") + "\n" + style.spelled(second) + "\n"
  }

  private var plot: String {
    let marks = result.answers.compactMap { rule, answer in
      answer.map { SpectrumPlot.Mark(rank: $0.rank, label: rule.title) }
    }
    let breakEven = SpectrumPlot.Mark(rank: result.costs.breakEvenRank, label: "break-even")
    let plot = SpectrumPlot(spectrum.values, floor: spectrum.precisionFloor, style: style)
    return style.spelled("σᵢ/σ₁, logarithmic; σ₁ = \(significant(Bounded(spectrum.largest, uncertainty: slack)))\n")
      + plot.text(marks: marks + [breakEven])
  }

  private var ranks: String {
    var table = TextTable(
      [
        ("rule", .left), ("rank", .right), ("parameters", .right), ("of dense", .right), ("error", .right),
        ("energy kept", .right),
      ], style: style)
    for (rule, answer) in result.answers {
      table.append([rule.title] + (answer.map { row(rank: $0.rank) } ?? ["–"]))
    }
    table.append(["break-even"] + row(rank: result.costs.breakEvenRank))
    table.append(["dense", "", NumberFormat.grouped(result.costs.dense)])
    return table.text
  }

  private func row(rank: Int) -> [String] {
    [
      NumberFormat.grouped(rank), NumberFormat.grouped(result.costs.factored(rank)),
      NumberFormat.percent(Bounded(result.costs.ratio(rank))), error(rank: rank),
      NumberFormat.percent(analysis.energy(rank: rank)),
    ]
  }

  private func error(rank: Int) -> String {
    NumberFormat.percent(analysis.relativeFrobeniusError(rank: rank), floor: analysis.errorFloor)
  }

  private var measures: String {
    var table = TextTable([("measure", .left), ("", .left)], style: style)
    table.append(["stable rank", analysis.measureText(analysis.stableRank)])
    table.append(["effective rank", analysis.measureText(analysis.effectiveRank)])
    table.append(["participation ratio", analysis.measureText(analysis.participationRatio)])
    table.append(["‖A‖_F", NumberFormat.plain(spectrum.frobeniusNorm, digits: 6)])
    table.append(["precision floor", "\(NumberFormat.plain(spectrum.precisionFloor, digits: 2))·σ₁"])
    return table.text
  }

  private func values(top: Int) -> String {
    let count = min(top, spectrum.count)
    var table = TextTable(
      [("i", .right), ("σᵢ", .right), ("σᵢ/σ₁", .right), ("energy to i", .right), ("error at rank i", .right)],
      style: style)
    for i in 1...count {
      table.append([
        NumberFormat.grouped(i), significant(analysis.spectralError(rank: i - 1)),
        significant(analysis.relativeSpectralError(rank: i - 1)), NumberFormat.percent(analysis.energy(rank: i)),
        error(rank: i),
      ])
    }
    let rest = spectrum.count - count
    return table.text
      + (rest > 0 ? style.spelled("  … \(NumberFormat.grouped(rest)) more: --top \(spectrum.count)\n") : "")
  }

  private var slack: Double { spectrum.rounding * spectrum.frobeniusNorm }

  private func significant(_ x: Bounded) -> String { NumberFormat.significant(x, digits: 6) }
}
