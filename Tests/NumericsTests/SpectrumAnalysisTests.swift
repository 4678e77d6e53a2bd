import LinearAlgebra
import RankAnalysis
import Testing

@Suite("Spectrum analysis")
struct SpectrumAnalysisTests {
  @Test("errors and energy of diag(2, 1, 1)")
  func small() {
    let analysis = SpectrumAnalysis(spectrum([2, 1, 1]))
    let errors = (0...3).map { analysis.relativeFrobeniusError(rank: $0) }
    #expect(errors[0] == Bounded(1) && errors[3] == Bounded(0))
    #expect(abs(errors[1].middle - (2.0 / 6).squareRoot()) < 1e-15)
    #expect(abs(errors[2].middle - (1.0 / 6).squareRoot()) < 1e-15)
    #expect(analysis.energy(rank: 0) == Bounded(0) && analysis.energy(rank: 3) == Bounded(1))
    #expect(abs(analysis.energy(rank: 1).middle - 4.0 / 6) < 1e-15)
    #expect((0...3).map { analysis.spectralError(rank: $0) } == [2, 1, 1, 0].map { Bounded($0) })
    #expect((0...3).map { analysis.relativeSpectralError(rank: $0) } == [1, 0.5, 0.5, 0].map { Bounded($0) })
  }

  @Test("measures: METRICS' check values, and they ignore scale", arguments: [1, 1e300, 1e-300])
  func measures(scale: Double) throws {
    let small = SpectrumAnalysis(spectrum([2 * scale, scale, scale]))
    #expect(small.stableRank == Bounded(1.5) && small.participationRatio == Bounded(2))
    let identity = SpectrumAnalysis(spectrum([Double](repeating: scale, count: 7)))
    #expect(abs(try #require(identity.effectiveRank).lower - 7) < 1e-14)
    #expect(identity.stableRank == Bounded(7) && identity.participationRatio == Bounded(7))
    let one = SpectrumAnalysis(spectrum([scale, 0, 0]))
    #expect(one.effectiveRank == Bounded(1) && one.stableRank == Bounded(1) && one.participationRatio == Bounded(1))
  }

  @Test("zero and empty matrices: error 0, energy 1, no measures", arguments: [[], [0, 0, 0]])
  func nothing(values: [Double]) {
    let analysis = SpectrumAnalysis(spectrum(values))
    for k in 0...values.count {
      #expect(analysis.relativeFrobeniusError(rank: k) == Bounded(0))
      #expect(analysis.energy(rank: k) == Bounded(1))
      #expect(analysis.spectralError(rank: k) == Bounded(0))
      #expect(analysis.relativeSpectralError(rank: k) == Bounded(0))
    }
    #expect(analysis.stableRank == nil && analysis.effectiveRank == nil && analysis.participationRatio == nil)
    #expect(analysis.rank(energy: 0.9) == 0 && analysis.rank(error: 0.1) == 0)
  }

  @Test("error falls and energy rises with the rank, bounds stay in 0 … 1", arguments: [0, 1e-9, 1e-3, 0.5])
  func monotone(rounding: Double) {
    let values = (0..<50).map { 1 / Double($0 + 1) }
    let analysis = SpectrumAnalysis(spectrum(values, rounding: rounding))
    let exact = SpectrumAnalysis(spectrum(values))
    for k in 0..<50 {
      let (error, next) = (analysis.relativeFrobeniusError(rank: k), analysis.relativeFrobeniusError(rank: k + 1))
      #expect(next.lower <= error.lower && next.upper <= error.upper)
      let (energy, more) = (analysis.energy(rank: k), analysis.energy(rank: k + 1))
      #expect(more.lower >= energy.lower && more.upper >= energy.upper)
      #expect(error.lower >= 0 && error.upper <= 1 && energy.lower >= 0 && energy.upper <= 1)
      let truth = exact.relativeFrobeniusError(rank: k).middle
      #expect(error.lower <= truth && truth <= error.upper)
    }
  }

  @Test("the bounds hold for every spectrum within the rounding")
  func boundsHold() {
    var random = TestRandom(seed: 3)
    let values = (0..<20).map { 1 / Double($0 * $0 + 1) }
    let rounding = 0.01
    let base = spectrum(values, rounding: rounding)
    let analysis = SpectrumAnalysis(base)
    for _ in 0..<200 {
      let direction = values.map { _ in random.normal() }
      let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let moved = zip(values, direction).map { abs($0 + $1 / length * rounding * base.frobeniusNorm * 0.99) }
      let other = SpectrumAnalysis(spectrum(moved.sorted(by: >)))
      for k in 1..<20 {
        let truth = other.relativeFrobeniusError(rank: k).middle
        let bound = analysis.relativeFrobeniusError(rank: k)
        #expect(bound.lower <= truth && truth <= bound.upper)
      }
    }
  }

  @Test("targets: ties count as reached")
  func targets() {
    let analysis = SpectrumAnalysis(spectrum([3, 1]))
    #expect(analysis.rank(energy: 0.9) == 1)
    #expect(analysis.rank(energy: 0.901) == 2)
    #expect(analysis.rank(energy: 0) == 0 && analysis.rank(energy: 1) == 2)
    #expect(analysis.rank(error: 0.1.squareRoot()) == 1)
    #expect(analysis.rank(error: 0.31) == 2)
    #expect(analysis.rank(error: 1) == 0 && analysis.rank(error: 0) == 2)
    // sv_fro 0.9 is energy 0.81.
    #expect(SpectrumAnalysis(spectrum([0.9, 0.95.squareRoot() * 0.1])).rank(energy: 0.81) == 1)
  }

  @Test("counts values above a threshold")
  func counts() {
    let analysis = SpectrumAnalysis(spectrum([5, 4, 4, 1]))
    #expect([6, 5, 4.5, 4, 1, 0].map { analysis.count(above: $0) } == [0, 0, 1, 1, 3, 4])
  }

  @Test("the full energy is the squared norm of the entries")
  func consistent() throws {
    let spectrum = try Sample(TestMatrices.gaussian(30, 50)).spectrum()
    let sum = spectrum.values.reversed().reduce(0) { $0 + $1 * $1 }
    #expect(abs(sum.squareRoot() / spectrum.frobeniusNorm - 1) < spectrum.rounding)
  }
}

@Suite("Parameter costs")
struct ParameterCostTests {
  @Test("a 512² picture at k = 40: 15.6 % of the parameters but 62.5 % of the bytes")
  func picture() {
    let costs = ParameterCosts(shape: Shape(512, 512), sourceElementSize: 1, factorElementSize: 4)
    #expect(costs.factored(40) == 40_960 && costs.dense == 262_144 && costs.ratio(40) == 0.15625)
    #expect(Double(costs.factoredBytes(40)) / Double(costs.denseBytes) == 0.625)
    #expect(costs.breakEvenRank == 255 && costs.byteBreakEvenRank == 63)
    #expect(costs.denseFlops == 524_288 && costs.factoredFlops(40) == 81_920)
    #expect(costs.degreesOfFreedom(40) == 39_360 && costs.degreesOfFreedom(512) == costs.dense)
  }

  @Test("break-even is the last rank that saves", arguments: [Shape(1, 1), Shape(2, 3), Shape(7, 100), Shape(6, 3)])
  func breakEven(shape: Shape) {
    let costs = ParameterCosts(shape: shape, sourceElementSize: 2, factorElementSize: 2)
    #expect(costs.breakEvenRank == 0 || costs.factored(costs.breakEvenRank) < costs.dense)
    #expect(costs.factored(costs.breakEvenRank + 1) >= costs.dense)
    #expect(costs.byteBreakEvenRank == costs.breakEvenRank)
  }

  @Test("budgets keep ⌊mn·ρ/(m + n)⌋")
  func budgets() {
    let costs = ParameterCosts(shape: Shape(100, 400), sourceElementSize: 8, factorElementSize: 8)
    #expect(costs.rank(parameterShare: 0.5) == 40 && costs.rank(parameters: 20_000) == 40)
    #expect(costs.rank(parameters: 19_999) == 39 && costs.rank(parameters: -1) == 0)
    #expect(costs.rank(parameterShare: 0.1) == 8 && costs.rank(parameterShare: 0.3) == 24)
    #expect(costs.rank(parameterShare: 10) == 100 && costs.rank(parameterShare: 0) == 0)
  }

  @Test("empty and enormous shapes do not trap")
  func extremes() {
    let empty = ParameterCosts(shape: Shape(0, 5), sourceElementSize: 4, factorElementSize: 4)
    #expect(empty.breakEvenRank == 0 && empty.byteBreakEvenRank == 0 && empty.ratio(0) == 0)
    #expect(empty.rank(parameters: 100) == 0)
    let huge = ParameterCosts(shape: Shape(1 << 40, 1 << 40), sourceElementSize: 8, factorElementSize: 8)
    #expect(huge.dense == .max && huge.denseBytes == .max && huge.denseFlops == .max)
    #expect(huge.factored(1 << 30) == .max && huge.rank(parameterShare: 0.5) > 0)
  }
}
