import Experiments
import Explorer
import RankAnalysis

/// What the factors of A_k save in products, what they change in solving, and where that ends.
struct SpeedPanel: Panel {
  let view = ExplorerView.speed
  let title = "Speed"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    let finding = state.finding(SpeedFinding.self, of: .speed)
    guard !StudyFrame.drawWaiting("timing products", state, hasFinding: finding != nil, in: rect, on: &canvas),
      let finding, finding.batches.indices.contains(state.speedOptions.batch)
    else { return }
    let batch = finding.batches[state.speedOptions.batch]
    let inner = Rect(row: rect.row, column: rect.column + 1, height: rect.height, width: rect.width - 2)
    drawHeading(state, finding, batch, in: inner, on: &canvas)
    let isWide = inner.width >= 130
    let table = SpeedTable(finding, state)
    let below = table.height + 1
    let plotWidth = isWide ? inner.width * 3 / 5 : inner.width
    let facts = SolvingFacts(finding, state)
    if isWide {
      let plot = Rect(row: inner.row + 2, column: inner.column, height: inner.height - 2 - below, width: plotWidth)
      SpeedPlot(finding, batch, state, in: plot).draw(on: &canvas)
      table.draw(row: plot.bottom + 1, in: inner, on: &canvas)
      let side = Rect(
        row: inner.row + 2, column: plot.right + 3, height: plot.height, width: inner.right - plot.right - 3)
      facts.draw(
        at: side, reasons: batch.prediction == nil ? [] : [SpeedFinding.commonReasons] + finding.ownReasons(batch),
        on: &canvas)
      return
    }
    let factLines = min(inner.width >= 100 ? 6 : 5, max(0, inner.height - 2 - below - 6))
    let plot = Rect(
      row: inner.row + 1, column: inner.column, height: inner.height - 1 - below - factLines, width: plotWidth)
    guard plot.height >= 4 else {
      // No room for a plot: products and solving in figures.
      table.draw(row: inner.row + 1, in: inner, on: &canvas)
      let first = inner.row + 1 + table.height
      facts.draw(
        at: Rect(row: first, column: inner.column, height: inner.bottom - first, width: inner.width), reasons: [],
        on: &canvas)
      return
    }
    SpeedPlot(finding, batch, state, in: plot).draw(on: &canvas)
    table.draw(row: plot.bottom, in: inner, on: &canvas)
    facts.draw(
      at: Rect(row: inner.bottom - factLines, column: inner.column, height: factLines, width: inner.width), reasons: [],
      on: &canvas)
  }

  private func drawHeading(
    _ state: ExplorerState, _ finding: SpeedFinding, _ batch: BatchSpeed, in rect: Rect, on canvas: inout Canvas
  ) {
    let heading =
      "A·X and U(ΣVᵀX), X of \(NumberFormat.grouped(batch.batch)) column\(batch.batch == 1 ? "" : "s")"
    let used = canvas.write(heading, rect.row, rect.column, width: rect.width, .heading) + 3
    let threads = "\(finding.threads) BLAS thread\(finding.threads == 1 ? "" : "s")"
    let texts: [String]
    if !finding.isTimed {
      texts = ["FLOPs only: no times are taken in recordings", "no times in recordings"]
    } else if state.isStudying {
      texts = [
        "measuring on \(threads): moving the slider disturbs the times", "measuring: leave the slider", "measuring",
      ]
    } else if rect.width < SpeedTable.spreadWidth, SpeedTable(finding, state).hasWideSpread {
      texts = [
        "\(finding.precisionName), \(threads); ~ half the timings spread over 25 %",
        "\(finding.precisionName); ~ half the timings spread over 25 %", "~ half the timings spread over 25 %",
        "~ spread over 25 %",
      ]
    } else {
      texts = [
        "\(finding.precisionName), \(threads), kernels \(finding.kernels)", "\(finding.precisionName), \(threads)",
      ]
    }
    canvas.write(
      firstOf: texts, rect.row, rect.column + used, width: rect.width - used,
      state.isStudying && finding.isTimed ? .limit : .label)
  }
}

/// Solving through the factors beside solving with A, and the condition of what is inverted.
struct SolvingFacts {
  private let finding: SpeedFinding
  private let state: ExplorerState

  init(_ finding: SpeedFinding, _ state: ExplorerState) {
    self.finding = finding
    self.state = state
  }

  func draw(at rect: Rect, reasons: [String], on canvas: inout Canvas) {
    guard rect.height > 0 else { return }
    var row = rect.row
    for (text, role) in lines(isWide: !reasons.isEmpty || rect.height > 8) + reasons.map({ ($0, Role.label) }) {
      for part in wrapped(text, width: rect.width) {
        guard row < rect.bottom else { return }
        canvas.write(part, row, rect.column, width: rect.width, role)
        row += 1
      }
    }
  }

  private func lines(isWide: Bool) -> [(String, Role)] {
    var lines: [(String, Role)] = []
    if let inversion = finding.inversion {
      let lambda = NumberFormat.plain(inversion.lambda, digits: 3)
      let choice = SpeedFinding.ridgeText(inversion.choice)
      lines.append(
        ("(AAᵀ + λI)x = b, λ = \(choice) = \(lambda), at k = \(NumberFormat.grouped(inversion.rank))", .heading))
      lines.append(solution("Cholesky of AAᵀ + λI", inversion.dense, isCut: false, isWide: isWide))
      if inversion.factored != inversion.dense {
        lines.append(solution("Woodbury, A_k", inversion.factored, isCut: true, isWide: isWide))
      }
      if isWide, let difference = inversion.difference {
        lines.append(
          (
            "x_k differs from x by \(NumberFormat.plain(difference, digits: 2)) of ‖x‖; the cut may change at most "
              + "\(NumberFormat.plain(inversion.effectOfCut, digits: 2)) of ‖b‖/λ.", .label
          ))
      }
    }
    return lines + (isWide ? conditions : [shortCondition].compactMap { $0 })
  }

  private func solution(_ name: String, _ outcome: SolveOutcome, isCut: Bool, isWide: Bool) -> (String, Role) {
    switch outcome {
    case .leftOut(let sentence): return (sentence, .limit)
    case .solved(let facts):
      let time = facts.times.map { ", \(isWide ? $0.secondsText : NumberFormat.seconds($0.median))" } ?? ""
      let own = NumberFormat.plain(facts.residual, digits: 2)
      let other = isCut ? ", in A’s system \(NumberFormat.plain(facts.residualOfA, digits: 2))" : ""
      return ("\(name): \(NumberFormat.count(facts.flops)) FLOPs\(time), residual \(own)\(other)", .text)
    }
  }

  /// The same in one line.
  private var shortCondition: (String, Role)? {
    guard let known = finding.pseudoinverse, let values = state.spectrum?.analysis.spectrum.values else { return nil }
    let here = PseudoinverseFinding(known, atRank: state.rank, values: values)
    guard let condition = here.condition, let full = here.fullCondition else { return (here.sentences[0], .text) }
    func figure(_ value: Double) -> String { NumberFormat.plain(value, digits: 3) }
    let distance = here.distance > 0 ? "1/σ\(subscripted(here.numericalRank)) = \(figure(here.distance)) = ‖A⁺‖₂" : "0"
    return ("A_k⁺: condition \(figure(condition)), A⁺ \(figure(full)); ‖A⁺ − A_k⁺‖₂ = \(distance)", .text)
  }

  /// The condition at the slider's rank, which needs no measuring.
  private var conditions: [(String, Role)] {
    guard let result = finding.pseudoinverse, let values = state.spectrum?.analysis.spectrum.values else { return [] }
    let here = PseudoinverseFinding(result, atRank: state.rank, values: values)
    return here.sentences.enumerated().map { ($1, $0 == 0 ? Role.text : .label) }
  }
}
