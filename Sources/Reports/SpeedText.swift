import Experiments
import MatrixFiles
import RankAnalysis

/// What `speed` prints without `--json`.
package struct SpeedText {
  private let finding: SpeedFinding
  private let heading: String
  private let style: TextStyle

  /// Describes what was found of `matrix`, called `source`.
  package init(source: String, matrix: LoadedMatrix, _ finding: SpeedFinding, style: TextStyle) {
    self.finding = finding
    self.style = style
    var name = printable(source)
    if let tensor = matrix.entry.name { name += " " + printable(tensor) }
    heading = "\(name)  \(matrix.shape.rows) × \(matrix.shape.columns)  \(matrix.entry.type.rawValue)\n"
  }

  /// The text, ending in a newline.
  package var text: String {
    let rank = NumberFormat.grouped(finding.rank)
    var text =
      style.spelled(heading)
      + style.spelled(
        "rank \(rank) of \(NumberFormat.grouped(finding.shape.shortSide)); break-even rank "
          + "\(NumberFormat.grouped(finding.breakEvenRank)); products in \(finding.precisionName) on \(finding.threads) "
          + "BLAS thread\(finding.threads == 1 ? "" : "s"), kernels \(finding.kernels)\n\n")
    text += products + "\n"
    if finding.batches.contains(where: { $0.prediction != nil }) {
      text += style.spelled("  \(SpeedFinding.commonReasons)\n")
    }
    for batch in finding.batches {
      let reasons = finding.ownReasons(batch)
      guard !reasons.isEmpty else { continue }
      text += style.spelled("  \(NumberFormat.grouped(batch.batch)): \(reasons.joined(separator: " "))\n")
    }
    return text + "\n" + inversion + "\n" + pseudoinverse
  }

  private var products: String {
    var table = TextTable(
      [
        ("columns of X", .right), ("A·X", .right), ("", .left), ("U(ΣVᵀX)", .right), ("", .left), ("faster by", .left),
        ("crossover", .right), ("predicted", .right),
      ], style: style)
    for batch in finding.batches {
      let here = batch.speed(at: finding.rank)
      let times = here?.times
      table.append([
        NumberFormat.grouped(batch.batch), flops(batch.denseFlops),
        times?.dense.secondsText ?? "–", flops(here?.factoredFlops ?? 0),
        times?.factored.secondsText ?? "–", times?.speedup.ratioText ?? "–", batch.crossover?.text ?? "–",
        batch.prediction.map { NumberFormat.grouped($0.rank) } ?? "–",
      ])
    }
    return table.text
      + style.spelled("  times are medians, in brackets the quartiles, of products that took turns in warm caches\n")
  }

  /// "12 FLOP", "1.2 kFLOP".
  private func flops(_ count: Double) -> String {
    NumberFormat.count(count) + (count < 999.5 ? " " : "") + "FLOP"
  }

  private var inversion: String {
    guard let inversion = finding.inversion else { return "" }
    let lambda = NumberFormat.plain(inversion.lambda, digits: 3)
    let choice = SpeedFinding.ridgeText(inversion.choice)
    var table = TextTable(
      [("", .left), ("FLOPs", .right), ("time", .left), ("residual", .right), ("residual with A", .right)], style: style
    )
    var notes: [String] = []
    var isSolved = false
    let solutions = [
      ("(AAᵀ + λI)x = b by Cholesky", inversion.dense), ("(A_kA_kᵀ + λI)x = b by Woodbury", inversion.factored),
    ]
    for (name, outcome) in solutions {
      switch outcome {
      case .leftOut(let sentence): if !notes.contains(sentence) { notes.append(sentence) }
      case .solved(let facts):
        isSolved = true
        table.append([
          name, NumberFormat.count(facts.flops), facts.times?.secondsText ?? "–",
          NumberFormat.plain(facts.residual, digits: 2), NumberFormat.plain(facts.residualOfA, digits: 2),
        ])
      }
    }
    if let difference = inversion.difference {
      notes.append(
        "The solutions differ by \(NumberFormat.plain(difference, digits: 2)) of ‖x‖; the cut may change at most "
          + "\(NumberFormat.plain(inversion.effectOfCut, digits: 2)) of ‖b‖/λ.")
    }
    return style.spelled("solving in f64, λ = \(choice) = \(lambda)\n") + (isSolved ? table.text : "")
      + notes.map { style.spelled("  \($0)\n") }.joined()
  }

  private var pseudoinverse: String {
    guard let finding = finding.pseudoinverse else { return "" }
    let time = finding.times.map { ", \($0.secondsText)" } ?? ""
    return style.spelled("A_k⁺b: \(NumberFormat.count(finding.flops)) FLOPs\(time)\n")
      + finding.sentences.map { style.spelled("  \($0)\n") }.joined()
  }
}
