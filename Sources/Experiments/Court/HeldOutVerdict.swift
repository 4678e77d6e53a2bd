import RankAnalysis

extension ValidationFinding {
  /// What bi-cross-validation says in court of a matrix of `fullRank`; nil where nothing could be held out.
  func verdict(fullRank: Int) -> CourtVerdict? {
    guard let rank, let place = place(of: rank) else { return nil }
    func error(_ place: Int) -> String { NumberFormat.percent(Bounded(relativeError(at: place)), digits: 3) }
    var formula =
      "least ‖A − B·D_k⁺·C‖ over \(rowFolds) × \(columnFolds) folds: \(error(place)) → \(NumberFormat.grouped(rank))"
    let others = [place - 1, place + 1].filter { ranks.indices.contains($0) }
    if !others.isEmpty {
      formula += "\n" + others.map { "\(error($0)) at k \(NumberFormat.grouped(ranks[$0]))" }.joined(separator: ", ")
    }
    return CourtVerdict(
      id: "bi_cross_validation", title: "bi-cross-validation", rank: min(rank, fullRank), formula: formula,
      assumption: "Keeps what best tells blocks that were held out from the rest (Owen & Perry); it assumes nothing of "
        + "the noise’s strength, only that it is independent from entry to entry, and that structure reaches all blocks.",
      judgesNoise: true)
  }
}
