import Factorizations
import LinearAlgebra
import RankAnalysis
import Testing

@Suite("Rank rules")
struct RankRuleTests {
  /// β, λ*, μ_β and ω of Gavish & Donoho's table.
  @Test(
    "Marchenko–Pastur median and thresholds",
    arguments: [
      (0.10, 1.581648, 0.966565, 1.608772), (0.25, 1.758029, 0.916004, 1.836866), (0.50, 1.978599, 0.830466, 2.171185),
      (0.75, 2.156094, 0.742948, 2.501430), (1.0, 2.309401, 0.652776, 2.858362),
    ])
  func marchenkoPastur(beta: Double, known: Double, median: Double, unknown: Double) {
    #expect(abs(MarchenkoPastur.knownNoiseThreshold(beta) - known) < 6e-7)
    #expect(abs(MarchenkoPastur.median(beta) - median) < 6e-7)
    #expect(abs(MarchenkoPastur.unknownNoiseThreshold(beta) - unknown) < 6e-7)
    // The cubic fit that the paper gives is close, but not it.
    let cubic = 0.56 * beta * beta * beta - 0.95 * beta * beta + 1.82 * beta + 1.43
    #expect(abs(cubic - unknown) < 0.006)
  }

  @Test("known noise uses the long side: 100 × 1000, s = 1 → 50.02")
  func longSide() {
    #expect(abs(MarchenkoPastur.knownNoiseThreshold(0.1) * 1000.0.squareRoot() - 50.02) < 0.005)
    #expect(MarchenkoPastur.median(1e-9).isFinite)
  }

  @Test("a noise-free matrix of rank 3: the precision floor decides, not the median of rounding")
  func noiseFree() throws {
    let a = try TestMatrices.planted(200, 200, [3, 2, 1])
    let context = context(try Sample(a).spectrum())
    for id in ["numerical", "gavish_donoho", "marchenko_pastur"] {
      let answer = try #require(try rule(id).answer(context))
      #expect(answer.rank == 3, "\(id)")
      #expect(answer.threshold == context.analysis.spectrum.floorValue)
    }
    #expect(try rule("knee").answer(context)?.rank == 3)
    #expect(try rule("gavish_donoho").explanation(context, RankAnswer(rank: 3)).contains("precision floor"))
  }

  @Test("planted rank under noise is found; pure noise has rank 0")
  func noise() throws {
    let noise = TestMatrices.gaussian(150, 100, seed: 5)
    let signal = try TestMatrices.planted(150, 100, [200, 150, 100, 80], seed: 9)
    let sum = Matrix<Double>(noise.shape) { i, j in noise[i, j] + signal[i, j] }
    let planted = context(try Sample(sum).spectrum())
    let pure = context(try Sample(noise).spectrum())
    for id in ["gavish_donoho", "marchenko_pastur"] {
      #expect(try rule(id).answer(planted)?.rank == 4, "\(id)")
    }
    #expect(try rule("gavish_donoho").answer(pure)?.rank == 0)
    let edge = try #require(try rule("marchenko_pastur").answer(pure)?.threshold)
    #expect(abs(edge / (150.0.squareRoot() + 10) - 1) < 0.03, "the noise is 1")
  }

  @Test("knee")
  func knee() throws {
    let published = [1, 1, 0.894, 0.864, 0.859, 0.856, 0.852, 0.851, 0.849, 0.848, 0.847, 0.845]
    #expect(KneeRule.knee(of: published) == 4)
    #expect(KneeRule.knee(of: [1, 1, 1]) == nil && KneeRule.knee(of: [2, 1]) == nil && KneeRule.knee(of: []) == nil)
    #expect(KneeRule.knee(of: [3, 2.9, 2.8, 0]) == nil, "nothing lies below the chord")
    #expect(try rule("knee").answer(context(spectrum([1, 1, 1])))?.rank == 3)
    #expect(try rule("knee").answer(context(spectrum([1, 0, 0, 0])))?.rank == 1)
  }

  @Test("numerical rank: σ₁·N·eps, strictly above, as numpy.linalg.matrix_rank")
  func numerical() throws {
    let floor = 4 * 0x1p-52
    let context = context(spectrum([1, 2 * floor, floor, floor / 2]))
    #expect(try rule("numerical").answer(context) == RankAnswer(rank: 2, threshold: floor))
  }

  @Test("energy, error and parameter rules")
  func shares() throws {
    let context = context(spectrum([3, 1, 0.1, 0.01], longSide: 8))
    let ranks = try ["energy_90", "energy_95", "energy_99", "error_10", "error_5", "error_1", "parameters_50"].map {
      try rule($0).answer(context)?.rank
    }
    // Σλ = 10.0101: 9 is 89.9 %, 10 is 99.9 %; the errors behind k = 2 and 3 are 3.2 % and 0.32 %; ⌊16/12⌋ = 1.
    #expect(ranks == [2, 2, 2, 2, 2, 3, 1])
  }

  @Test("zero, empty and single-row matrices")
  func edges() throws {
    for values in [[], [0, 0, 0]] as [[Double]] {
      let context = context(spectrum(values, longSide: 5))
      for rule in RankRuleCatalog.all where !rule.id.hasPrefix("parameters") {
        let answer = try #require(rule.answer(context))
        #expect(answer.rank == 0, "\(rule.id)")
        #expect(!rule.explanation(context, answer).isEmpty)
      }
    }
    let row = context(spectrum([4], longSide: 1000))
    let ranks = try RankRuleCatalog.all.map { try #require($0.answer(row)).rank }
    // One σ is its own median, so that both noise rules call it noise.
    #expect(ranks == [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1])
  }

  @Test("names: ids are unique, aliases and spellings find their rule")
  func names() {
    let ids = RankRuleCatalog.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(
      ids == [
        "numerical", "energy_90", "energy_95", "energy_99", "error_10", "error_5", "error_1", "parameters_50",
        "gavish_donoho", "marchenko_pastur", "knee",
      ])
    for name in ["gavish_donoho", "gavish-donoho", "Gavish-Donoho", "noise", "noise rule"] {
      #expect(RankRuleCatalog.rule(named: name)?.id == "gavish_donoho")
    }
    #expect(RankRuleCatalog.rule(named: "noise-edge")?.id == "marchenko_pastur")
    #expect(RankRuleCatalog.rule(named: "energy-99")?.title == "99 % energy")
    #expect(RankRuleCatalog.rule(named: "nonsense") == nil)
    let all = RankRuleCatalog.all.flatMap { [$0.id] + $0.aliases }
    #expect(Set(all).count == all.count)
  }

  @Test("explanations carry this matrix's numbers, in one or two lines")
  func explanations() throws {
    let context = context(spectrum([10, 5, 1.23, 1.23, 1.23], longSide: 5))
    for rule in RankRuleCatalog.all {
      let answer = try #require(rule.answer(context))
      let lines = rule.explanation(context, answer).split(separator: "\n")
      #expect((1...2).contains(lines.count) && lines.allSatisfy { $0.count < 80 }, "\(rule.id)")
      #expect(rule.summary.hasSuffix("."))
    }
    let noise = try rule("gavish_donoho")
    let answer = try #require(noise.answer(context))
    #expect(noise.explanation(context, answer) == "σᵢ > ω(β)·median σ = 2.858 · 1.230 = 3.516 → 2")
  }

  private func rule(_ id: String) throws -> any RankRule { try #require(RankRuleCatalog.rule(named: id)) }
}
