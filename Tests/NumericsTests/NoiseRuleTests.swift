import Glibc
import LinearAlgebra
import RankAnalysis
import Testing

private func context(_ values: [Double], _ shape: Shape) -> RuleContext {
  let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  let spectrum = Spectrum(
    shape: shape, values: values, frobeniusNorm: norm, precisionFloor: Double(shape.longSide) * Double.ulpOfOne,
    rounding: 0)
  return RuleContext(
    analysis: SpectrumAnalysis(spectrum),
    costs: ParameterCosts(shape: shape, sourceElementSize: 8, factorElementSize: 4))
}

@Suite("Rules for known and for correlated noise")
struct NoiseRuleTests {
  @Test("100 × 1000 under noise of 1: the threshold is 50.02")
  func knownNoise() throws {
    let context = context((0..<100).map { 90 - 0.5 * Double($0) }, Shape(100, 1000))
    let answer = try #require(KnownNoiseThresholdRule(noise: 1).answer(context))
    let threshold = try #require(answer.threshold)
    #expect(abs(threshold - 50.02) < 0.005)
    // σ_i = 90 − (i − 1)/2 exceeds 50.02 for i ≤ 80.
    #expect(answer.rank == 80)
    let edge = try #require(KnownNoiseEdgeRule(noise: 1).answer(context)?.threshold)
    #expect(abs(edge - (100.0.squareRoot() + 1000.0.squareRoot())) < 1e-12)
    let tripled = try #require(KnownNoiseThresholdRule(noise: 3).answer(context)?.threshold)
    #expect(abs(tripled - 3 * threshold) < 1e-9)
  }

  @Test("without noise the precision floor decides")
  func noNoise() throws {
    let values = [5, 3, 2] + Array(repeating: 1e-16, count: 97)
    let context = context(values, Shape(100, 100))
    #expect(KnownNoiseThresholdRule(noise: 0).answer(context)?.rank == 3)
    #expect(KnownNoiseEdgeRule(noise: 0).answer(context)?.rank == 3)
    #expect(ScreeNOTRule().answer(context)?.rank == 3)
  }

  /// Python's screenot 0.0.2, `computeOptThreshold(createPseudoNoise(s, k), gamma)` with eps 1e-13, on σ_i = 2·(1 − (i/p)^0.8).
  @Test(
    "ScreeNOT’s threshold is the reference’s",
    arguments: [
      (60, 60, 10, 2.499762221947148), (40, 100, 5, 2.3983094323277814), (100, 40, 9, 2.4567496465307066),
      (300, 300, 0, 2.3880277924303246),
    ])
  func reference(rows: Int, columns: Int, bound: Int, expected: Double) throws {
    let count = min(rows, columns)
    let values = (0..<count).map { 2 * (1 - pow(Double($0) / Double(count), 0.8)) }
    for scale in [1, 1e-12, 1e12] {
      let threshold = try #require(
        ScreeNOTRule(bound: bound).threshold(context(values.map { $0 * scale }, Shape(rows, columns)).analysis))
      #expect(abs(threshold / scale - expected) < 1e-9 * expected)
    }
  }

  @Test("pure noise of 300 × 300 has a threshold near 2.31·√N·s, whatever its scale, and rank 0")
  func screeNOTOfNoise() throws {
    let noise = Matrix<Double>.gaussian(Shape(300, 300), seed: 5)
    for scale in [1, 1e-9] {
      let values = try DivideAndConquer.singularValues(noise).map { $0 * scale / 300.0.squareRoot() }
      let context = context(values, Shape(300, 300))
      let answer = try #require(ScreeNOTRule(bound: 10).answer(context))
      #expect(abs((answer.threshold ?? 0) / scale - 2.31) < 0.05)
      #expect(answer.rank == 0)
    }
  }

  @Test("a bound that leaves no bulk has no answer")
  func noBulk() {
    #expect(ScreeNOTRule().answer(context([3, 2, 1], Shape(3, 3))) == nil)
    #expect(ScreeNOTRule(bound: 10).answer(context(Array(repeating: 1, count: 21), Shape(21, 21))) == nil)
    #expect(ScreeNOTRule().answer(context([0, 0, 0, 0, 0], Shape(5, 5))) == nil)
  }

  @Test("the noise level of a median is that of the noise")
  func noiseLevel() throws {
    let shape = Shape(240, 120)
    let noise = try DivideAndConquer.singularValues(Matrix<Double>.gaussian(shape, seed: 3)).map { 0.7 * $0 }
    let level = try #require(context(noise, shape).analysis.noiseLevel)
    #expect(abs(level.middle - 0.7) < 0.02)
  }
}

@Suite("Singular-value shrinkage")
struct ShrinkageTests {
  @Test("a square matrix: η(y) = √(y² − 4), nothing below the edge")
  func square() {
    // β = 1: ((y² − 2)² − 4)/y² = y² − 4.
    let shrinkage = SingularValueShrinkage(Shape(100, 100), noise: 0.5)
    #expect(shrinkage.unit == 5)
    #expect(shrinkage.shrunk(9.99) == 0)
    #expect(abs(shrinkage.shrunk(15) - 5 * 5.0.squareRoot()) < 1e-12)
    #expect(SingularValueShrinkage(Shape(4, 3), noise: 0).shrunk(2) == 2)
  }

  @Test("it is less than what is observed, and comes near a strong signal’s own value", arguments: [0.1, 0.5, 1.0])
  func strong(beta: Double) {
    let shrinkage = SingularValueShrinkage(Shape(Int(1000 * beta), 1000), noise: 1)
    for strength in [1.5, 2, 4, 20] {
      let value = strength * MarchenkoPastur.detectionEdge(Shape(Int(1000 * beta), 1000), noise: 1)
      let observed = shrinkage.observed(value)
      #expect(observed > value)
      #expect(shrinkage.shrunk(observed) < value)
    }
    let large = 1000 * shrinkage.unit
    #expect(abs(shrinkage.shrunk(shrinkage.observed(large)) / large - 1) < 1e-5)
  }

  @Test("a signal at the detection edge shows no more than noise does")
  func edge() {
    let shape = Shape(200, 800)
    let shrinkage = SingularValueShrinkage(shape, noise: 2)
    let edge = MarchenkoPastur.detectionEdge(shape, noise: 2)
    let bulk = MarchenkoPastur.noiseEdge(shape, noise: 2)
    #expect(abs(shrinkage.observed(edge * (1 + 1e-9)) / bulk - 1) < 1e-8)
    #expect(abs(shrinkage.observed(0.5 * edge) / bulk - 1) < 1e-12)
  }
}
