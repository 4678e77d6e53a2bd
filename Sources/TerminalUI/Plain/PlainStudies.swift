import Experiments
import Explorer
import RankAnalysis

// What the views of experiments found, in sentences.
extension PlainText {
  /// What the factors save.
  static func speed(_ state: ExplorerState) -> [String] {
    guard let finding = state.finding(SpeedFinding.self, of: .speed) else {
      return ["Nothing was timed yet; “view speed” begins, and this question answers then."]
    }
    var lines = [
      finding.isTimed
        ? "Products in \(finding.precisionName) on \(finding.threads) BLAS thread\(finding.threads == 1 ? "" : "s"), "
          + "break-even at rank \(NumberFormat.grouped(finding.breakEvenRank))."
        : "No times are taken here, FLOPs only; break-even at rank \(NumberFormat.grouped(finding.breakEvenRank))."
    ]
    for batch in finding.batches {
      let name = "\(NumberFormat.grouped(batch.batch)) column\(batch.batch == 1 ? "" : "s") of X"
      let here = batch.speed(at: finding.rank)
      var line = "\(name): \(NumberFormat.count(batch.denseFlops)) FLOPs by A, "
      line +=
        "\(NumberFormat.count(here?.factoredFlops ?? 0)) by the factors of rank \(NumberFormat.grouped(finding.rank))"
      if let times = here?.times {
        line += "; \(times.dense.secondsText) and \(times.factored.secondsText), faster by \(times.speedup.ratioText)"
      }
      if let crossover = batch.crossover {
        line += "; the factors are faster up to rank \(crossover.text)"
        if let prediction = batch.prediction { line += ", predicted \(NumberFormat.grouped(prediction.rank))" }
      }
      lines.append(line + ".")
    }
    return lines + (finding.pseudoinverse?.sentences ?? [])
  }

  /// The plane of two components, and one point's neighbours.
  static func projection(_ state: ExplorerState) -> [String] {
    guard let finding = state.finding(ProjectionFinding.self, of: .projection) else {
      return ["Nothing was projected yet; “view projection” begins, and this question answers then."]
    }
    let kind = finding.isCentered ? "variance" : "energy (nothing was centred)"
    var lines = [finding.across, finding.up].map { component in
      "Component \(component.index): \(NumberFormat.percent(Bounded(component.share))) of the \(kind); made of "
        + component.loadings.prefix(5).map {
          "\(finding.loadingName($0.index)) \(NumberFormat.plain($0.value, digits: 3))"
        }.joined(separator: ", ") + "."
    }
    if let classes = finding.classes {
      lines.append(
        "Classes: "
          + zip(classes.names, classes.counts).map { "\($0) \(NumberFormat.grouped($1))" }.joined(separator: ", ")
          + ".")
    }
    guard !finding.neighbours.isEmpty else { return lines }
    let how = finding.metric == .cosine ? "by angle" : "by distance"
    lines.append(
      "Nearest to \(finding.name(finding.point)) \(how) in \(counted(finding.rank, "component")): "
        + finding.neighbours.map { "\(finding.name($0.index)) \(NumberFormat.plain($0.distance, digits: 3))" }
        .joined(separator: ", ") + ".")
    return lines
  }
}
