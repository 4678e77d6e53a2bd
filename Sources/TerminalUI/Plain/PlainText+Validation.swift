import Experiments
import Explorer
import RankAnalysis

extension PlainText {
  /// What was held out, how well it was told at some ranks, and where best.
  package static func validation(_ state: ExplorerState) -> [String] {
    if let failure = state.studies[.validation]?.failure { return [sentence(failure)] }
    guard let finding = state.finding(ValidationFinding.self, of: .validation), finding.best != nil,
      let result = state.spectrum
    else { return ["Nothing was held out yet; “view validation” does that."] }
    let texts = HoldoutTexts(finding, floor: result.analysis.errorFloor)
    var places = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].compactMap { finding.ranks.firstIndex(of: $0) }
    places += [finding.best, finding.place(of: state.rank), finding.ranks.indices.last].compactMap { $0 }
    return [sentence(texts.title)]
      + Set(places).sorted().map {
        "Rank \(NumberFormat.grouped(finding.ranks[$0])): held out \(texts.heldOut($0)), training \(texts.training($0))."
      } + [texts.verdicts.first.map(sentence)].compactMap { $0 }
  }
}
