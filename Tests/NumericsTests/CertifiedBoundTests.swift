import Factorizations
import LinearAlgebra
import RankAnalysis
import Testing

@Suite("Certified bounds")
struct CertifiedBoundTests {
  @Test("over 200 matrices every interval at every stage contains the exact value, and so do the read-outs")
  func contain() throws {
    let cases = try KrylovFamily.cases(210, seed: 7)
    var random = TestRandom(seed: 3)
    for example in cases {
      let p = example.truth.count
      let blockSize = [1, 2, 4, 8, 16][Int(random.uniform() * 5)]
      var solver = try KrylovSolver(example.sample.input, seed: UInt64(p), blockSize: blockSize)
      for wanted in [0, 1, max(1, p / 6), p / 3, p * 2 / 3, p] {
        try solver.extend(to: wanted, control: WorkControl())
        try check(try solver.spectrum(control: WorkControl()), example, "l = \(solver.count)")
      }
    }
  }

  @Test("where the certificate cannot see everything either", arguments: [false, true])
  func larger(isFloat: Bool) throws {
    let families: [KrylovFamily] = [.gaussian, .hiddenSpike, .noisy, .mean, .deficient]
    for (index, family) in families.enumerated() {
      var random = TestRandom(seed: UInt64(20 + index))
      let a = try family.matrix(260, 230 + 60 * index % 90, &random)
      let example = try BoundedCase("\(family)", a, isFloat: isFloat)
      for blockSize in [1, 5, 16] {
        var solver = try KrylovSolver(example.sample.input, blockSize: blockSize)
        for wanted in [1, 5, 16, 48] {
          try solver.extend(to: wanted, control: WorkControl())
          let spectrum = try solver.spectrum(control: WorkControl())
          try check(spectrum, example, "l = \(solver.count)")
          #expect(spectrum.failureProbability <= 1e-10)
        }
      }
    }
  }

  @Test("a large direction that the start hardly sees: the upper bounds know of it")
  func nearlyOrthogonalStart() throws {
    // Among many spikes the one that a subspace of one vector sees least.
    var worst: (share: Double, example: BoundedCase)?
    for seed in 0..<40 {
      let values = [4.0] + [Double](repeating: 1, count: 79)
      let a = try TestMatrices.planted(80, 90, values, seed: UInt64(100 + seed))
      let example = try BoundedCase("spike", a, isFloat: seed % 2 == 0)
      var solver = try KrylovSolver(example.sample.input, blockSize: 1)
      try solver.extend(to: 1, control: WorkControl())
      let seen = try solver.spectrum(control: WorkControl()).lower[0]
      if seen < worst?.share ?? .infinity { worst = (seen, example) }
    }
    let (share, example) = try #require(worst)
    #expect(share < 1.02, "a start that is nearly orthogonal to the spike")
    var solver = try KrylovSolver(example.sample.input, blockSize: 1)
    for wanted in [1, 2, 3, 4, 8, 20] {
      try solver.extend(to: wanted, control: WorkControl())
      try check(try solver.spectrum(control: WorkControl()), example, "l = \(wanted)")
    }
  }

  @Test("bounds are useful: narrow where values are large, and only tighten", arguments: [false, true])
  func tighten(isFloat: Bool) throws {
    var random = TestRandom(seed: 5)
    let a = try KrylovFamily.noisy.matrix(150, 170, &random)
    let example = try BoundedCase("noisy", a, isFloat: isFloat)
    var solver = try KrylovSolver(example.sample.input, blockSize: 8)
    var before: Spectrum?
    for wanted in [8, 16, 32, 64, 100] {
      try solver.extend(to: wanted, control: WorkControl())
      let spectrum = try solver.spectrum(control: WorkControl())
      if let before {
        for i in 0..<spectrum.count {
          #expect(spectrum.lower[i] >= before.lower[i] && spectrum.upper[i] <= before.upper[i])
        }
      }
      before = spectrum
    }
    let last = try #require(before)
    for i in 0..<10 { #expect(last.upper[i] <= last.lower[i] * 1.01, "σ_\(i + 1)") }
  }

  @Test("entries near both ends of their range")
  func scales() throws {
    for exponent in [-1000, -330, 300, 1000] {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      try checkScaled(factor, isFloat: false)
    }
    for factor in [1e300, 1e-300] { try checkScaled(factor, isFloat: false) }
    for exponent in [-120, -60, 60, 120] {
      try checkScaled(Double(sign: .plus, exponent: exponent, significand: 1), isFloat: true)
    }
  }

  private func checkScaled(_ factor: Double, isFloat: Bool) throws {
    var random = TestRandom(seed: 11)
    let a = try KrylovFamily.slowPower.matrix(40, 33, &random)
    let scaled = Matrix<Double>(a.shape) { i, j in a[i, j] * factor }
    let example = try BoundedCase("slow power · \(factor)", scaled, isFloat: isFloat)
    var solver = try KrylovSolver(example.sample.input, blockSize: 8)
    for wanted in [8, 16, 33] {
      try solver.extend(to: wanted, control: WorkControl())
      let spectrum = try solver.spectrum(control: WorkControl())
      try check(spectrum, example, "l = \(solver.count)")
      if wanted > 8 { #expect(spectrum.upper[0] < 1.2 * spectrum.lower[0]) }
    }
  }

  /// Every interval of `spectrum` and of its read-outs at every rank holds the exact figure.
  private func check(_ spectrum: Spectrum, _ example: BoundedCase, _ stage: String) throws {
    let truth = example.truth
    let unit = truth.first ?? 0
    // What f64 leaves of the reference itself; of an exact spectrum its own rounding as well.
    let slack = (spectrum.isExact ? spectrum.rounding : 0x1p-51) * spectrum.frobeniusNorm
    for i in truth.indices {
      #expect(
        spectrum.lower[i] <= truth[i] + slack && truth[i] <= spectrum.upper[i] + slack,
        "\(example) \(stage): σ_\(i + 1) = \(truth[i]) outside \(spectrum.lower[i]) … \(spectrum.upper[i])")
    }
    #expect(zip(spectrum.lower, spectrum.lower.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(zip(spectrum.upper, spectrum.upper.dropFirst()).allSatisfy { $0 >= $1 })
    guard unit > 0 else { return }
    let analysis = SpectrumAnalysis(spectrum)
    let exact = truth.map { $0 / unit }
    let total = exact.reversed().reduce(0) { $0 + $1 * $1 }
    var tail = 0.0
    for k in truth.indices.reversed() {
      tail += exact[k] * exact[k]
      let error = analysis.relativeFrobeniusError(rank: k)
      let energy = analysis.energy(rank: k)
      let figure = (tail / total).squareRoot()
      #expect(
        error.lower <= figure * (1 + 1e-14) && figure <= error.upper * (1 + 1e-14) + 1e-15,
        "\(example) \(stage), k = \(k): error \(figure) outside \(error)")
      #expect(
        energy.lower <= 1 - tail / total + 1e-14 && 1 - tail / total <= energy.upper + 1e-14,
        "\(example) \(stage), k = \(k): energy outside \(energy)")
      let spectral = analysis.spectralError(rank: k)
      #expect(spectral.lower <= truth[k] + slack && truth[k] <= spectral.upper + slack)
    }
  }
}
