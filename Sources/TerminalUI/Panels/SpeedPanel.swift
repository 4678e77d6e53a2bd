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
      facts.draw(at: side, reasons: finding.reasons(batch), on: &canvas)
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

/// The products for every batch size: FLOPs at the slider's rank, and times where they were measured.
struct SpeedTable {
  private let finding: SpeedFinding
  private let state: ExplorerState

  init(_ finding: SpeedFinding, _ state: ExplorerState) {
    self.finding = finding
    self.state = state
  }

  /// The lines that it takes.
  var height: Int { finding.batches.count + 1 }

  func draw(row: Int, in rect: Rect, on canvas: inout Canvas) {
    let isWide = rect.width >= 110
    var headings = [
      "columns of X", "A·X", "U(ΣVᵀX), k = \(NumberFormat.grouped(state.rank))", "faster by", "crossover",
    ]
    if !isWide { headings[0] = "X" }
    let widths = isWide ? [14, 28, 42, 22, 24] : [6, 18, 24, 12, 20]
    func line(_ cells: [String], _ row: Int, _ role: Role) {
      var column = rect.column
      for (cell, width) in zip(cells, widths) {
        canvas.write(cell, row, column, width: min(width - 1, rect.right - column), role)
        column += width
      }
    }
    line(headings, row, .label)
    for (place, batch) in finding.batches.enumerated() {
      line(cells(batch), row + 1 + place, place == state.speedOptions.batch ? .value : .text)
    }
  }

  private func cells(_ batch: BatchSpeed) -> [String] {
    let flops = 2 * Double(state.rank) * Double(finding.shape.rows + finding.shape.columns) * Double(batch.batch)
    let here = batch.speed(at: state.rank)?.times
    let dense = batch.curve.compactMap { $0.times?.dense.median }.sorted()
    let crossover = batch.crossover.map(\.text) ?? (finding.isTimed ? "…" : "–")
    let predicted = batch.prediction.map { " (\(NumberFormat.grouped($0.rank)))" } ?? ""
    return [
      NumberFormat.grouped(batch.batch),
      NumberFormat.count(batch.denseFlops) + (dense.isEmpty ? "" : ", " + NumberFormat.seconds(dense[dense.count / 2])),
      NumberFormat.count(flops) + (here.map { ", " + NumberFormat.seconds($0.factored.median) } ?? between(batch)),
      here.map { "\(NumberFormat.plain($0.speedup.median, digits: 2)) ×" } ?? "–", crossover + predicted,
    ]
  }

  /// ", 12 ms–15 ms": the times at the measured ranks on both sides of the slider's.
  private func between(_ batch: BatchSpeed) -> String {
    let timed = batch.curve.filter { $0.times != nil }
    guard let below = timed.last(where: { $0.rank < state.rank })?.times,
      let above = timed.first(where: { $0.rank > state.rank })?.times
    else { return "" }
    let (low, high) = (NumberFormat.seconds(below.factored.median), NumberFormat.seconds(above.factored.median))
    return low == high ? ", \(low)" : ", \(low)–\(high)"
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
      lines.append(solution("Cholesky of AAᵀ + λI", inversion.dense, isCut: false))
      lines.append(solution("Woodbury, A_k", inversion.factored, isCut: true))
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

  private func solution(_ name: String, _ outcome: SolveOutcome, isCut: Bool) -> (String, Role) {
    switch outcome {
    case .leftOut(let sentence): return (sentence, .limit)
    case .solved(let facts):
      let time = facts.times.map { ", \(NumberFormat.seconds($0.median))" } ?? ""
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
