import Experiments
import Explorer
import RankAnalysis

extension PlainText {
  /// What every rule says, where they agree, and what is known of the truth.
  package static func court(_ state: ExplorerState) -> [String] {
    guard let finding = state.courtFinding, let result = state.spectrum else {
      return [
        sentence(state.studies[.court]?.failure ?? "The rules are not heard yet; “view court” hears them")
      ]
    }
    let texts = CourtText(finding, result)
    var lines = [sentence(texts.agreement)]
    if let truth = texts.truth { lines.append(sentence(truth)) }
    lines += finding.verdicts.map { verdict in
      var figures = ["error \(texts.error(verdict))", "\(texts.parameters(verdict)) parameters"]
      if let trueError = texts.trueError(verdict) { figures.append("true error \(trueError)") }
      let kind = verdict.judgesNoise ? "" : " (a budget or measure)"
      return "\(verdict.title)\(kind): rank \(NumberFormat.grouped(verdict.rank)), \(figures.joined(separator: ", "))."
    }
    if !finding.awaited.isEmpty { lines.append("Still at work: \(finding.awaited.joined(separator: ", ")).") }
    return lines
  }

  /// Why the rules whose names contain `name` pick their ranks.
  package static func verdict(_ state: ExplorerState, of name: String) -> [String] {
    let found = state.courtFinding?.verdicts.filter { $0.title.lowercased().contains(name.lowercased()) } ?? []
    guard !found.isEmpty else { return ["No rule of the court has that name; “court” lists them."] }
    return found.map {
      "\($0.title): \($0.formula.split(separator: "\n").joined(separator: "; ")). \(sentence($0.assumption))"
    }
  }
}
