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

  /// The text, ending in a newline; the first `top` singular values are listed, and the choice of the solver if it
  /// `explains` it.
  package func text(top: Int, explains: Bool = false) -> String {
    var sections = [heading]
    if explains { sections.append(SolverExplanation(result.decision).text(style: style)) }
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
    return first.joined(separator: "  ") + "\n" + style.spelled(second) + "\n" + style.spelled(certainty)
  }

  private var certainty: String {
    analysis.isExact ? "" : "\(spectrum.certainty); what is marked ? needs the exact spectrum\n"
  }

  private var plot: String {
    let marks = result.answers.compactMap { rule, answer in
      // A rank that bounds leave open has no place yet.
      answer.flatMap { $0.isExact ? SpectrumPlot.Mark(rank: $0.rank, label: rule.title) : nil }
    }
    let breakEven = SpectrumPlot.Mark(rank: result.costs.breakEvenRank, label: "break-even")
    let plot = SpectrumPlot(
      spectrum.values, upTo: spectrum.upper, floor: spectrum.precisionFloor, style: style)
    return style.spelled("σᵢ/σ₁, logarithmic; \(stated("σ₁", analysis.valueText(1)))\n")
      + plot.text(marks: marks + [breakEven])
  }

  private var ranks: String {
    var table = TextTable(
      [
        ("rule", .left), ("rank", .right), ("parameters", .right), ("of dense", .right), ("error", .right),
        ("energy kept", .right),
      ], style: style)
    for (rule, answer) in result.answers {
      table.append([rule.title] + (answer.map(row) ?? [unknown]))
    }
    table.append(["break-even"] + row(rank: result.costs.breakEvenRank))
    table.append(["dense", "", NumberFormat.grouped(result.costs.dense)])
    return table.text
  }

  private var unknown: String { analysis.isExact ? "–" : "?" }

  /// The figures of the safe end of an answer, which is marked by the ends it may have.
  private func row(_ answer: RankAnswer) -> [String] {
    let shown = NumberFormat.rank(answer.ranks, of: analysis.fullRank)
    if answer.isExact { return row(rank: answer.rank) }
    // The figures of full rank would say nothing.
    return answer.rank == analysis.fullRank ? [shown] : [shown] + row(rank: answer.rank).dropFirst()
  }

  private func row(rank: Int) -> [String] {
    [
      NumberFormat.grouped(rank), NumberFormat.grouped(result.costs.factored(rank)),
      NumberFormat.percent(Bounded(result.costs.ratio(rank))), analysis.errorText(rank: rank),
      analysis.energyText(rank: rank),
    ]
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
        NumberFormat.grouped(i), figure(analysis.spectralError(rank: i - 1)),
        figure(analysis.relativeSpectralError(rank: i - 1)), analysis.energyText(rank: i), analysis.errorText(rank: i),
      ])
    }
    let rest = spectrum.count - count
    return table.text
      + (rest > 0 ? style.spelled("  … \(NumberFormat.grouped(rest)) more: --top \(spectrum.count)\n") : "")
  }

  private func figure(_ x: Bounded) -> String {
    analysis.isExact
      ? NumberFormat.significant(x, digits: 6) : NumberFormat.bounded(x, digits: 6, showing: .upper)
  }

  /// "σ₁ = 3.2", or "σ₁ ≤ 3.2" where only that is known.
  private func stated(_ name: String, _ text: String) -> String {
    text.hasPrefix("≤") || text.hasPrefix("≥") ? "\(name) \(text)" : "\(name) = \(text)"
  }
}

extension Spectrum {
  /// How sure its bounds are, in words: "certified bounds, probability of failure ≤ 1e-10".
  var certainty: String {
    failureProbability > 0
      ? "certified bounds, probability of failure ≤ \(NumberFormat.plain(failureProbability, digits: 1, .up))"
      : "certain bounds"
  }
}
