import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Testing

/// What stands in for a file of 60 × 40: a diagonal 40, 39, …, 1.
private var subject: ExperimentSubject {
  let matrix = Matrix<Double>(Shape(60, 40)) { i, j in i == j ? Double(40 - i) : 0 }
  let entry = TensorEntry(name: nil, type: .f64, axes: [60, 40])
  return ExperimentSubject(
    PreparedMatrix(LoadedMatrix(matrix: DenseMatrix(matrix), entry: entry, summary: EntrySummary(matrix))),
    planner: SolverPlanner(threads: 2), isTimed: false)
}

private func score(_ id: String, _ cell: ScoreboardCell) throws -> RuleScore {
  try #require(cell.scores.first { $0.id == id })
}

@Suite("The scoreboard of the rules")
struct ScoreboardTests {
  /// 0.5 of the detection edge hides the signal; 1.3 shows it, but below λ*(β)√N·s, where keeping costs more than it brings;
  /// 5 is far above both.
  private static let board = Scoreboard(
    ranks: [1, 3, 6], levels: [.strength(0.5), .strength(1.3), .strength(5)], seeds: 4, seed: 7)

  @Test("rules find the rank where theory says that they should, and not where the noise hides it")
  func theory() throws {
    let finding = try Self.board.run(on: subject, control: WorkControl()) { _ in }
    #expect(finding.cells.count == 9)
    for cell in finding.cells {
      guard case .strength(let strength) = cell.level else { continue }
      let rank = Double(cell.model.rank)
      let thresholds = try ["gavish_donoho", "gavish_donoho_known_noise", "screenot"].map { try score($0, cell) }
      let edge = try score("marchenko_pastur_known_noise", cell)
      let heldOut = try score("bi_cross_validation", cell)
      switch strength {
      case 5:
        // Far above the edge every one of them finds the rank, on every matrix.
        for score in thresholds + [edge] { #expect(score.exactShare == 1, "\(score.title), rank \(rank)") }
        #expect(heldOut.exactShare >= 0.75, "rank \(rank): \(heldOut.ranks)")
        #expect(cell.meanBestRank == rank)
      case 1.3:
        // The edge sees more of the signal than the thresholds for the least error keep, and pays for it.
        let threshold = thresholds[1]
        #expect(edge.meanRank > threshold.meanRank && edge.meanExcess > threshold.meanExcess, "rank \(rank)")
        #expect(cell.meanBestRank == 0)
        #expect(cell.meanShrinkageExcess < 0)
      default:
        // What the noise hides is not found, but for an edge that noise passes now and then.
        for score in thresholds { #expect(score.meanRank == 0, "\(score.title), rank \(rank)") }
        #expect(edge.meanRank <= 1 && heldOut.meanRank <= 1, "rank \(rank)")
      }
    }
  }

  @Test("the same seed gives the same scores on any number of threads")
  func seeded() throws {
    let small = Scoreboard(ranks: [2], levels: [.strength(2)], seeds: 3, seed: 5)
    let one = ExperimentSubject(subject.prepared, planner: SolverPlanner(threads: 1))
    let first = try small.run(on: one, control: WorkControl()) { _ in }
    let again = try small.run(on: subject, control: WorkControl()) { _ in }
    #expect(
      first.cells[0].scores == again.cells[0].scores && first.cells[0].meanBestError == again.cells[0].meanBestError)
    let other = Scoreboard(ranks: [2], levels: [.strength(2)], seeds: 3, seed: 6)
    #expect(
      try other.run(on: subject, control: WorkControl()) { _ in }.cells[0].meanBestError != first.cells[0].meanBestError
    )
  }

  @Test("with a noise of its own the signal has the matrix’s leading values")
  func ownValues() throws {
    let board = Scoreboard(ranks: [2], levels: [.noise(0.01), .noise(30)], seeds: 2)
    let finding = try board.run(on: subject, control: WorkControl()) { _ in }
    #expect(finding.cells[0].model.values.map { Int($0.rounded()) } == [40, 39])
    #expect(try score("gavish_donoho", finding.cells[0]).exact == 2)
    // Noise of 30 has a first σ of 30·(√60 + √40) = 422, ten times the signal.
    #expect(try score("gavish_donoho", finding.cells[1]).meanRank < 1)
    #expect(finding.totals.first { $0.id == "gavish_donoho" }?.ranks.count == 4)
  }

  @Test("a rank beyond the shape is refused, a cancelled board says so")
  func refusals() throws {
    #expect(
      throws: ExperimentError.refused("Rank 41 cannot be planted in a matrix of 60 × 40: it lies between 0 and 40.")
    ) {
      try Scoreboard(ranks: [1, 41], levels: [.strength(1)], seeds: 1).run(on: subject, control: WorkControl()) { _ in }
    }
    let token = CancellationToken()
    token.cancel()
    #expect(throws: ExperimentError.cancelled) {
      try Self.board.run(on: subject, control: WorkControl(token: token)) { _ in }
    }
  }
}
