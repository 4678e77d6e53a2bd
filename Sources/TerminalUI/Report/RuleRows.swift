import Explorer
import LinearAlgebra
import RankAnalysis

// What is explained beside the report's own rows: the rules, and how the spectrum was computed.
extension Report {
  /// Every rule with its rank, or that it needs the exact spectrum.
  var ruleRows: [ReportRow] {
    result.answers.map { answer in
      ReportRow(
        answer.title, "k \(equals(result.rankText(answer)))", .limit, sentence: answer.summary,
        formula: answer.explanation)
    }
      + result.openRules.map { rule in
        ReportRow(
          rule.title, "–", .label, sentence: rule.summary, formula: "nothing certain yet: needs the exact spectrum")
      }
  }

  /// The method, why it was taken, and how far its values can be trusted.
  var methodRow: ReportRow {
    let spectrum = analysis.spectrum
    let (floor, failure) = (spectrum.precisionFloor, spectrum.failureProbability)
    guard result.isPreview else {
      return ReportRow(
        "method", result.method, .label, sentence: PlainText.sentence(result.reason),
        formula: "exact up to rounding; below \(NumberFormat.plain(floor, digits: 2))·σ₁ there is only rounding")
    }
    return ReportRow(
      "method", result.method, .label, sentence: PlainText.sentence(result.reason),
      formula: "every figure lies between certified bounds"
        + (failure > 0 ? "; they fail with probability ≤ \(NumberFormat.plain(failure, digits: 1))" : ", all certain"))
  }

  /// The share of the energy in a layer; at most, where it is only bounded.
  func layerEnergy(_ index: Int) -> String {
    let energy = analysis.energy(ofLayer: index)
    return analysis.isExact ? NumberFormat.percent(energy) : NumberFormat.boundedPercent(energy, showing: .upper)
  }
}
