import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Testing

@testable import Experiments

/// A subject with its SVD, made of `matrix`.
func solvedSubject(_ matrix: Matrix<Double>, isTimed: Bool = false) throws -> ExperimentSubject {
  let loaded = LoadedMatrix(
    matrix: DenseMatrix(matrix), entry: TensorEntry(name: nil, type: .f64, axes: [matrix.rows, matrix.columns]),
    notes: [], picture: nil, labels: AxisLabels(), summary: EntrySummary(matrix))
  let prepared = PreparedMatrix(loaded)
  let (svd, _) = try SolverPlanner().thinSVD(of: prepared.solveInput, control: WorkControl())
  return ExperimentSubject(
    prepared, analysis: SpectrumAnalysis(Spectrum(svd, of: prepared.solveInput)), svd: svd, isTimed: isTimed)
}

@Suite("Speed")
struct SpeedTests {
  private let matrix = Matrix<Double>.planted(Shape(40, 25), rank: 5, noise: 0.1, seed: 7)

  private func find(_ experiment: SpeedExperiment, _ subject: ExperimentSubject) throws -> SpeedFinding {
    try experiment.run(on: subject, control: WorkControl()) { _ in }
  }

  @Test("FLOPs are 2mnb and 2k(m + n)b, and without time there are no times")
  func flops() throws {
    let finding = try find(SpeedExperiment(rank: 6, batches: [1, 8], curvePoints: 5), solvedSubject(matrix))
    #expect(finding.batches.map(\.denseFlops) == [2000, 16000])
    #expect(finding.batches[1].speed(at: 6)?.factoredFlops == 6240.0)
    #expect(finding.breakEvenRank == 15)
    #expect(finding.batches[0].curve.map(\.rank) == [1, 5, 6, 10, 15, 20, 25])
    #expect(finding.batches.allSatisfy { $0.crossover == nil && $0.curve.allSatisfy { $0.times == nil } })
    #expect(finding.inversion?.dense.facts?.times == nil)
  }

  @Test("a product that is computed again and again is the product")
  func repeated() throws {
    let x = Matrix<Double>.gaussian(Shape(25, 3), seed: 1)
    let left = Matrix<Double>.gaussian(Shape(40, 2), seed: 2)
    let right = Matrix<Double>.gaussian(Shape(2, 25), seed: 3)
    let stored = DenseMatrix(.double(left.transposed()), isStoredTransposed: true)
    let product = RepeatedProduct([stored, DenseMatrix(right)], times: .double(x))
    product.run()
    product.run()
    let expected = left.multiplied(by: right.multiplied(by: x))
    let result = product.result()
    for i in 0..<40 { for j in 0..<3 { #expect(abs(result[i, j] - expected[i, j]) < 1e-13) } }
  }

  @Test("Cholesky and Woodbury solve (WWᵀ + λI)x = b as the singular values say")
  func ridge() throws {
    let w = Matrix<Double>.gaussian(Shape(12, 4), seed: 3)
    let (u, values, _) = try DivideAndConquer.thinSVD(w)
    let b = (0..<12).map { Double($0) - 3.5 }
    let lambda = 0.3
    let coordinates = u.times(b, transposed: true)
    let inside = u.times(zip(coordinates, values).map { $0 * $1 * $1 / ($1 * $1 + lambda) })
    let truth = zip(b, inside).map { ($0 - $1) / lambda }
    let system = RidgeSystem(a: w, lambda: lambda)
    for x in [try system.solveByCholesky(b), try system.solveByWoodbury(b)] {
      #expect(distance(x, truth) < 1e-12 * norm(truth))
      #expect(system.residual(x, b) < 1e-13)
    }
  }

  @Test("at full rank both solve the same system; before, they differ by no more than the cut may change")
  func cut() throws {
    let subject = try solvedSubject(matrix)
    let full = try #require(try find(SpeedExperiment(rank: 25, ridge: .value(0.5)), subject).inversion)
    #expect(try #require(full.difference) < 1e-11)
    #expect(full.effectOfCut == 0)
    let cut = try #require(try find(SpeedExperiment(rank: 5, ridge: .value(0.5)), subject).inversion)
    let sigma = try #require(subject.analysis).spectrum.values[5]
    #expect(abs(cut.effectOfCut - sigma * sigma / (sigma * sigma + 0.5)) < 1e-14)
    let difference = try #require(cut.difference)
    #expect(difference > 1e-3)
    #expect(try #require(cut.factored.facts).residual < 1e-12)
    #expect(try #require(cut.factored.facts).residualOfA > 1e-3)
    let flops: [Double] = [1000 + 125.0 / 3 + 800 + 50, 40000 + 64000.0 / 3 + 3200]
    #expect(cut.factored.facts?.flops == flops[0])
    #expect(cut.dense.facts?.flops == flops[1])
  }

  @Test("λ is (share·σ₁)², a value, or the square of the noise edge")
  func lambda() throws {
    let subject = try solvedSubject(matrix)
    let analysis = try #require(subject.analysis)
    let share = try find(SpeedExperiment(rank: 3, ridge: .share(0.01)), subject).inversion?.lambda
    let largest = analysis.spectrum.largest
    #expect(abs(try #require(share) / (1e-4 * largest * largest) - 1) < 1e-14)
    let noise = try #require(try find(SpeedExperiment(rank: 3, ridge: .noise), subject).inversion?.lambda)
    // Noise of 0.1 on 40 × 25: (0.1·(√40 + √25))² is 1.28; the median knows the level to some percent.
    #expect(noise > 0.7 && noise < 2.2)
  }

  @Test("what cannot be inverted says so in one sentence")
  func singular() throws {
    let none = try #require(try find(SpeedExperiment(rank: 3, ridge: .value(0)), solvedSubject(matrix)).inversion)
    #expect(none.factored == .leftOut("λ = 0 leaves nothing that Woodbury’s identity could divide by: give λ above 0."))
    #expect(none.dense == .leftOut("AAᵀ is singular, of rank 25 with 40 rows: give λ above 0."))
    let zero = try find(SpeedExperiment(rank: 1), solvedSubject(Matrix(zeros: Shape(4, 3))))
    #expect(zero.inversion?.dense.facts == nil)
    #expect(zero.pseudoinverse?.condition == nil)
    let lost = try #require(try find(SpeedExperiment(rank: 25, ridge: .value(1e-300)), solvedSubject(matrix)).inversion)
    guard case .leftOut(let sentence) = lost.dense else {
      Issue.record("AAᵀ of rank 25 and 40 rows was inverted")
      return
    }
    #expect(sentence.hasPrefix("AAᵀ + λI is not positive definite"))
    #expect(throws: ExperimentError.self) { try find(SpeedExperiment(rank: 26), solvedSubject(matrix)) }
  }

  @Test("without λ a regular AAᵀ is solved by Cholesky, and Woodbury says why not")
  func regular() throws {
    // AAᵀ = [5 11; 11 25], of condition 222.
    let square = Matrix<Double>(rows: [[1, 2], [3, 4]])
    let found = try #require(
      try find(SpeedExperiment(rank: 1, ridge: .value(0)), solvedSubject(square)).inversion)
    #expect(try #require(found.dense.facts).residual < 1e-12)
    #expect(found.factored.facts == nil && found.difference == nil)
  }

  @Test("A_k⁺ is as far from A⁺ as A⁺ is large, until the last rank")
  func pseudoinverse() throws {
    let values = [8.0, 4, 2, 0.5]
    let u = Matrix<Double>.orthogonal(Shape(9, 4), seed: 1)
    let v = Matrix<Double>.orthogonal(Shape(6, 4), seed: 2)
    let a = u.scaledLeadingColumns(values).multiplied(by: v, transposeRight: true)
    let subject = try solvedSubject(a)
    let svd = try #require(subject.svd)
    let full = TruncatedPseudoinverse(svd, rank: 4)
    for rank in 1...4 {
      let finding = try #require(try find(SpeedExperiment(rank: rank), subject).pseudoinverse)
      #expect(abs(try #require(finding.condition) - 8 / values[rank - 1]) < 1e-12 * 16)
      #expect(abs(try #require(finding.fullCondition) - 16) < 1e-11)
      #expect(finding.numericalRank == 4)
      let cut = TruncatedPseudoinverse(svd, rank: rank)
      let columns = (0..<9).map { index in
        let unit = (0..<9).map { $0 == index ? 1.0 : 0 }
        return zip(full.times(unit), cut.times(unit)).map { $0 - $1 }
      }
      let difference = Matrix(Shape(6, 9)) { i, j in columns[j][i] }
      let measured = try DivideAndConquer.singularValues(difference).first ?? 0
      #expect(abs(measured - finding.distance) < 1e-11)
      #expect(abs(finding.distance - (rank < 4 ? 2 : 0)) < 1e-11)
    }
  }

  @Test("the search finds the rank from which on a pair is slower, and how much the timings leave open")
  func search() throws {
    func run(_ limit: Int, _ first: Int, _ resolution: Int = 1, _ decide: @escaping (Int) -> Bool?) throws -> Crossover
    {
      try CrossoverSearch(decide: decide).run(first: first, limit: limit, resolution: resolution)
    }
    for edge in [1, 2, 36, 37, 98] {
      let found = try run(99, 50) { $0 <= edge }
      #expect(found.faster == edge && found.slower == edge + 1 && found.measurements <= 9)
    }
    #expect(try run(99, 50) { _ in true } == Crossover(faster: 99, slower: nil, measurements: 1))
    #expect(try run(99, 50) { _ in false }.faster == 0)
    let open = try run(99, 50) { $0 < 30 ? true : $0 > 40 ? false : nil }
    #expect(open.faster == 29 && open.slower == 41 && open.rank == 35)
    let coarse = try run(999, 500, 16) { $0 <= 333 }
    let slower = try #require(coarse.slower)
    #expect(coarse.faster <= 333 && slower > 333 && slower - coarse.faster <= 16)
  }

  @Test("with equal rates and free memory the model predicts break-even; reading A helps the factors of one vector")
  func model() {
    let shape = Shape(768, 3072)
    func predict(_ batch: Int, left: Double = 1e10, memory: Double) -> CrossoverPrediction {
      CrossoverPrediction(
        shape: shape, batch: batch, bytesPerScalar: 4, denseRate: 1e10, rightRate: 1e10, leftRate: left,
        memoryRate: memory)
    }
    #expect(predict(64, memory: 1e30).rank == 614)
    #expect(predict(64, left: 2.5e9, memory: 1e30).rank < 614)
    #expect(predict(1, memory: 1e9).memoryShare > 0.9)
    #expect(predict(512, memory: 1e12).memoryShare < 0.1)
  }

  @Test("times are medians between their quartiles, and the crossover lies among the ranks")
  func timed() throws {
    let finding = try find(
      SpeedExperiment(rank: 3, batches: [1, 16], seconds: 0.02), solvedSubject(matrix, isTimed: true))
    for batch in finding.batches {
      let times = try #require(batch.speed(at: 3)?.times)
      for spread in [times.dense, times.factored] {
        #expect(spread.lowerQuartile <= spread.median && spread.median <= spread.upperQuartile)
        #expect(spread.median > 0 && spread.median < 0.1 && spread.count >= 7)
      }
      let crossover = try #require(batch.crossover)
      #expect((0...25).contains(crossover.rank))
      #expect(try #require(batch.prediction).memoryRate > 1e6)
    }
    #expect(try #require(finding.pseudoinverse?.times).median > 0)
  }
}
