import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Testing

@Suite("Race")
struct RaceTests {
  /// A subject with its exact spectrum, where time does not count.
  private func subject(_ matrix: DenseMatrix) throws -> ExperimentSubject {
    let loaded = LoadedMatrix(
      matrix: matrix, entry: TensorEntry(name: nil, type: .f64, axes: [matrix.shape.rows, matrix.shape.columns]),
      summary: EntrySummary(matrix.storage))
    let input = SolveInput(matrix: matrix, summary: loaded.summary, sourceEpsilon: matrix.storage.epsilon)
    let (spectrum, _) = try SolverPlanner().spectrum(of: input, control: WorkControl())
    return ExperimentSubject(
      PreparedMatrix(loaded), analysis: SpectrumAnalysis(spectrum), isTimed: false)
  }

  @Test(
    "no method crosses the Eckart–Young bound beyond rounding, at any rank, on any kind of matrix",
    arguments: [1, 4, 11, 25])
  func bound(rank: Int) throws {
    let noise = Matrix<Double>.gaussian(Shape(40, 25), seed: 5)
    let planted = Matrix<Double>.planted(Shape(25, 60), rank: 4, noise: 0.01, seed: 6)
    let steps = Matrix<Double>(Shape(30, 30)) { i, j in 1 / Double(i + j + 1) }
    let single = Matrix<Float>(Shape(33, 47)) { i, j in Float((i * 31 + j * 17) % 23) }
    for matrix in [
      DenseMatrix(noise), DenseMatrix(planted), DenseMatrix(steps), DenseMatrix(single),
      DenseMatrix(.float(single), isStoredTransposed: true),
    ] {
      let finding = try Race(rank: rank).run(on: subject(matrix), control: WorkControl()) { _ in }
      for lane in finding.lanes {
        for point in lane.points { #expect(point.error >= finding.bound - finding.slack, "\(lane.id) \(matrix.shape)") }
      }
      let best = finding.lanes.first { $0.id == "svd" }?.points.last?.error ?? 1
      #expect(abs(best - finding.bound) <= finding.slack)
      let als = finding.lanes.first { $0.id == "als" }
      #expect(als?.points.isEmpty == false && als?.parameterCount == rank * (matrix.shape.rows + matrix.shape.columns))
    }
  }

  @Test("the same race gives the same finding, another seed another one")
  func seeded() throws {
    let subject = try subject(DenseMatrix(Matrix<Double>.gaussian(Shape(40, 30), seed: 1)))
    let race = Race(rank: 5, iterations: 10)
    let first = try race.run(on: subject, control: WorkControl()) { _ in }
    #expect(try race.run(on: subject, control: WorkControl()) { _ in } == first)
    #expect(try Race(rank: 5, seed: 2, iterations: 10).run(on: subject, control: WorkControl()) { _ in } != first)
  }

  @Test("what cannot take the matrix, or may not take part, says why")
  func outside() throws {
    let subject = try subject(DenseMatrix(Matrix<Double>(rows: [[1, 2, 0], [3, -4, 1], [2, 2, 5]])))
    var isLive = false
    let finding = try Race(rank: 2).run(on: subject, control: WorkControl()) { partial in
      if partial.lanes.contains(where: { $0.phase == .running && !$0.points.isEmpty }) { isLive = true }
    }
    #expect(isLive)
    let nmf = finding.lanes.first { $0.id == "nmf" }
    #expect(
      nmf?.phase
        == .refused("non-negative matrix factorization needs entries that are not negative: row 2, column 2 holds -4.0")
    )
    #expect(nmf?.points.isEmpty == true)
    #expect(finding.excluded.contains { $0.title.hasPrefix("alternating least squares over") })
    #expect(finding.excluded.count == 1 + FactorizationCatalog.all.count { $0.raceExclusion != nil })
    #expect(finding.lanes.count == FactorizationCatalog.all.count { $0.raceExclusion == nil })
  }

  @Test("rank 0, a rank beyond the matrix and a matrix of zeros are refused in a sentence")
  func refusals() throws {
    let some = try subject(DenseMatrix(Matrix<Double>(rows: [[1, 2], [3, 4]])))
    for rank in [0, 3] {
      #expect(throws: ExperimentError.self) {
        _ = try Race(rank: rank).run(on: some, control: WorkControl()) { _ in }
      }
    }
    let zeros = try subject(DenseMatrix(Matrix<Double>(zeros: Shape(4, 3))))
    #expect(
      throws: ExperimentError.refused(
        "A matrix of zeros is the product of any two factors of zeros: there is nothing to race for.")
    ) {
      _ = try Race(rank: 1).run(on: zeros, control: WorkControl()) { _ in }
    }
  }

  @Test("a cancelled race ends as such")
  func cancelled() throws {
    let subject = try subject(DenseMatrix(Matrix<Double>.gaussian(Shape(40, 30), seed: 1)))
    let token = CancellationToken()
    #expect(throws: ExperimentError.cancelled) {
      _ = try Race(rank: 5).run(on: subject, control: WorkControl(token: token)) { partial in
        if partial.lanes.contains(where: { $0.points.count > 2 }) { token.cancel() }
      }
    }
  }
}
