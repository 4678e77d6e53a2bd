import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import MatrixGallery
import Preparation
import RankAnalysis
import Testing

/// The subject of an experiment on `matrix`.
private func subject(_ matrix: Matrix<Double>, planted: PlantedRecipe? = nil) -> ExperimentSubject {
  let entry = TensorEntry(name: nil, type: .f64, axes: [matrix.rows, matrix.columns])
  var loaded = LoadedMatrix(matrix: DenseMatrix(matrix), entry: entry, summary: EntrySummary(matrix))
  loaded.planted = planted
  return ExperimentSubject(PreparedMatrix(loaded), isTimed: false)
}

/// The gallery matrix called `name`, and what is planted in it.
private func gallery(_ name: String) throws -> ExperimentSubject {
  let made = try GalleryCatalog.matrix(named: name)
  return subject(made.matrix, planted: made.planted)
}

private func rank(_ id: String, _ finding: CourtFinding) -> Int? { finding.verdicts.first { $0.id == id }?.rank }

@Suite("The court")
struct CourtTests {
  @Test("on a strong planted signal every noise rule finds the rank, and they agree")
  func strongSignal() throws {
    let subject = try gallery("gallery:planted,rows=120,columns=80,rank=5,noise=0.3,seed=2")
    var partial = 0
    let finding = try Court().run(on: subject, control: WorkControl()) { partial += $0.awaited.isEmpty ? 0 : 1 }
    let noiseRules = finding.verdicts.filter(\.judgesNoise)
    #expect(
      noiseRules.map(\.id) == [
        "gavish_donoho", "marchenko_pastur", "gavish_donoho_known_noise", "marchenko_pastur_known_noise", "screenot",
        "shuffled", "bi_cross_validation", "parallel_analysis",
      ])
    for verdict in noiseRules where verdict.id != "shuffled" { #expect(verdict.rank == 5, "\(verdict.title)") }
    #expect(finding.band?.ranks == 5...5 && finding.band?.median == 5 && finding.band?.count == 8)
    #expect(finding.awaited.isEmpty && partial > 20)
    #expect(finding.noise == 0.3)
    #expect(abs(finding.estimatedNoise - 0.3) < 0.03)
    let truth = try #require(finding.truth)
    #expect(truth.trueRank == 5 && truth.bestRank == 5)
    #expect(truth.shrinkageError < truth.bestError)
  }

  @Test("the same seed gives the same finding, another one other copies")
  func seeded() throws {
    let subject = try gallery("gallery:planted,rows=60,columns=40,rank=3,noise=0.5")
    let first = try Court(seed: 4).run(on: subject, control: WorkControl()) { _ in }
    let again = try Court(seed: 4).run(on: subject, control: WorkControl()) { _ in }
    let other = try Court(seed: 5).run(on: subject, control: WorkControl()) { _ in }
    #expect(first.verdicts == again.verdicts && first.shuffledValues == again.shuffledValues)
    #expect(first.parallel?.percentiles == again.parallel?.percentiles)
    #expect(first.parallel?.percentiles != other.parallel?.percentiles)
  }

  @Test("pure noise has nothing to keep")
  func noise() throws {
    let finding = try Court(noise: 1).run(on: try gallery("gallery:noise,seed=3"), control: WorkControl()) { _ in }
    #expect(rank("gavish_donoho", finding) == 0 && rank("gavish_donoho_known_noise", finding) == 0)
    #expect(rank("screenot", finding) == 0)
    #expect(rank("parallel_analysis", finding) == 0)
    #expect((rank("shuffled", finding) ?? 9) <= 1)
    #expect(finding.truth == nil)
  }

  @Test("a zero matrix has rank 0 by every rule that answers, an empty one is refused")
  func zero() throws {
    let finding = try Court().run(on: subject(Matrix(zeros: Shape(6, 5))), control: WorkControl()) { _ in }
    for verdict in finding.verdicts where verdict.id != "parameters_50" {
      #expect(verdict.rank == 0, "\(verdict.title)")
    }
    #expect(throws: ExperimentError.self) {
      try Court().run(on: subject(Matrix(zeros: Shape(0, 5))), control: WorkControl()) { _ in }
    }
  }

  @Test("parallel analysis looks at centred columns: a constant offset of a column is no component")
  func centred() throws {
    var matrix = Matrix<Double>.gaussian(Shape(80, 30), seed: 11)
    for column in 0..<30 { for row in 0..<80 { matrix[row, column] += 20 * Double(column) } }
    let finding = try Court().run(on: subject(matrix), control: WorkControl()) { _ in }
    #expect(rank("gavish_donoho", finding) == 1)
    #expect(rank("parallel_analysis", finding) == 0)
  }

  @Test("a court that is cancelled says so")
  func cancelled() throws {
    let token = CancellationToken()
    token.cancel()
    #expect(throws: ExperimentError.cancelled) {
      try Court().run(on: try gallery("gallery:planted"), control: WorkControl(token: token)) { _ in }
    }
  }

  @Test("the band is the middle half of the ranks that rules picked")
  func band() throws {
    #expect(AgreementBand([Int]()) == nil)
    let one = try #require(AgreementBand([7]))
    #expect(one.ranks == 7...7 && one.median == 7)
    let four = try #require(AgreementBand([9, 2, 4, 3]))
    #expect(four.ranks == 2...4 && four.median == 3)
    let seven = try #require(AgreementBand([1, 2, 3, 4, 5, 6, 100]))
    #expect(seven.ranks == 2...6 && seven.median == 4 && seven.count == 7)
  }
}

@Suite("Planted truth")
struct PlantedTests {
  @Test("the gallery’s recipe makes the signal that lies under its noise")
  func recipe() throws {
    let noisy = try GalleryCatalog.matrix(named: "gallery:planted,rows=40,columns=30,rank=4,noise=0.2,seed=9")
    let clean = try GalleryCatalog.matrix(named: "gallery:planted,rows=40,columns=30,rank=4,noise=0,seed=9")
    let signal = try #require(noisy.planted).signal
    #expect(largestDifference(signal.entries, clean.matrix) < 1e-12)
    #expect(abs(signal.norm - EntrySummary(clean.matrix).frobeniusNorm) < 1e-10)
    #expect(try GalleryCatalog.matrix(named: "gallery:hilbert").planted == nil)
  }

  @Test("the errors by k are those of the products themselves")
  func curve() throws {
    let made = try GalleryCatalog.matrix(named: "gallery:planted,rows=30,columns=50,rank=3,noise=0.4,seed=6")
    let subject = subject(made.matrix, planted: made.planted)
    let curve = try #require(try Court().run(on: subject, control: WorkControl()) { _ in }.truth)
    let signal = try #require(made.planted).signal
    let input = subject.prepared.solveInput
    let svd = try SolverPlanner().thinSVD(of: input, control: WorkControl()).0
    for k in [0, 1, 2, 3, 4, 10, 30] {
      guard case .double(let product) = try svd.truncated(to: k).product() else { continue }
      let expected = distance(product, signal.entries) / signal.norm
      #expect(abs(curve.errors[k] - expected) < 1e-10, "k = \(k)")
    }
    #expect(curve.errors.count == 31 && abs(curve.errors[0] - 1) < 1e-12)
    // Shrinkage, written out.
    let shrinkage = SingularValueShrinkage(Shape(30, 50), noise: curve.estimatedNoise)
    let shrunk = LowRankApproximation(
      left: svd.leftVectors, right: svd.rightVectors.transposed(), singularValues: svd.singularValues)
    guard case .double(let u) = shrunk.left, case .double(let v) = shrunk.right else { return }
    let restored = u.scaledLeadingColumns(svd.singularValues.map { shrinkage.shrunk($0) }).multiplied(by: v)
    #expect(abs(curve.shrinkageError - distance(restored, signal.entries) / signal.norm) < 1e-10)
  }

  @Test("a planted model has the singular values that it was given")
  func model() throws {
    let model = PlantedModel(shape: Shape(50, 20), values: [9, 5, 2], noise: 0.1)
    let (signal, noisy) = model.draw(seed: 3)
    let values = try SolverPlanner().spectrum(of: input(signal.entries), control: WorkControl()).0.values
    for (value, expected) in zip(values, [9.0, 5, 2, 0, 0]) { #expect(abs(value - expected) < 1e-10) }
    let noise = distance(noisy, signal.entries) / 1000.0.squareRoot()
    #expect(abs(noise - 0.1) < 0.01)
    let again = model.draw(seed: 3).noisy
    #expect(largestDifference(again, noisy) == 0)
    #expect(largestDifference(model.draw(seed: 4).noisy, noisy) > 0.1)
    let edge = PlantedModel(shape: Shape(16, 81), rank: 2, strength: 3, noise: 2)
    // (16·81)^¼ = 6.
    #expect(edge.values.allSatisfy { abs($0 - 36) < 1e-12 } && edge.rank == 2)
  }

  @Test("nothing planted: all error comes from what is kept")
  func nothing() throws {
    let trial = try PlantedTrial(
      PlantedModel(shape: Shape(40, 30), values: [], noise: 2), seed: 1, planner: SolverPlanner(),
      control: WorkControl())
    #expect(trial.curve.bestRank == 0 && trial.curve.bestError == 0)
    #expect(abs((trial.curve.errors.last ?? 0) - 1) < 0.1)
  }

  private func input(_ matrix: Matrix<Double>) -> SolveInput {
    SolveInput(matrix: DenseMatrix(matrix), summary: EntrySummary(matrix), sourceEpsilon: Double.ulpOfOne)
  }
  private func largestDifference(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Double {
    a.withEntries { x in b.withEntries { y in x.indices.map { abs(x[$0] - y[$0]) }.max() ?? 0 } }
  }
  private func distance(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Double {
    a.withEntries { x in
      b.withEntries { y in x.indices.reduce(0) { $0 + (x[$1] - y[$1]) * (x[$1] - y[$1]) } }
    }.squareRoot()
  }
}
