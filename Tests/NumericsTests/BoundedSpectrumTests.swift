import LinearAlgebra
import RankAnalysis
import Testing

@Suite("Bounded spectra")
struct BoundedSpectrumTests {
  /// A rounding of the exact figure itself, and of the bounds that were made from it.
  private let slack = 1e-12

  @Test("every figure of 400 random previews contains the exact one", arguments: 0..<8)
  func contains(seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed + 1))
    for _ in 0..<50 {
      let sample = BoundedSample(&random, count: 3 + Int(random.uniform() * 40))
      let (exact, bounded) = (sample.exact, sample.bounded)
      for k in 0...exact.fullRank {
        #expect(contains(bounded.relativeFrobeniusError(rank: k), exact.relativeFrobeniusError(rank: k).middle))
        #expect(contains(bounded.energy(rank: k), exact.energy(rank: k).middle))
        #expect(contains(bounded.relativeSpectralError(rank: k), exact.relativeSpectralError(rank: k).middle))
        let unit = exact.spectrum.largest
        #expect(
          contains(bounded.spectralError(rank: k).scaled(by: 1 / unit), exact.spectralError(rank: k).middle / unit))
      }
      let stable = try #require(bounded.stableRank)
      #expect(contains(stable, try #require(exact.stableRank).lower))
      #expect(contains(try #require(bounded.participationRatio), try #require(exact.participationRatio).lower))
      #expect(contains(try #require(bounded.effectiveRank), try #require(exact.effectiveRank).lower))
      for share in [0, 0.3, 0.9, 0.95, 0.99, 1] {
        #expect(bounded.ranks(energy: share).contains(exact.rank(energy: share)))
        #expect(bounded.ranks(error: share).contains(exact.rank(error: share)))
        let cut = Bounded(share * exact.spectrum.largest)
        #expect(bounded.counts(above: cut).contains(exact.count(above: cut.lower)))
      }
    }
  }

  @Test("every rule's interval contains the exact rank, or it says nothing", arguments: 0..<8)
  func rules(seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed + 100))
    var intervals = 0
    for _ in 0..<50 {
      let sample = BoundedSample(&random, count: 3 + Int(random.uniform() * 40))
      for rule in RankRuleCatalog.all {
        let exact = try #require(rule.answer(context(sample.exact.spectrum)))
        #expect(exact.isExact)
        guard let answer = rule.answer(context(sample.bounded.spectrum)) else { continue }
        intervals += answer.isExact ? 0 : 1
        #expect(answer.ranks.contains(exact.rank), "\(rule.id) \(answer.ranks) \(exact.rank)")
        let lines = rule.explanation(context(sample.bounded.spectrum), answer).split(separator: "\n")
        #expect((1...3).contains(lines.count) && lines.allSatisfy { $0.count < 90 }, "\(lines)")
      }
    }
    #expect(intervals > 50, "the previews leave ranks open")
  }

  @Test("every text of a random preview is true of the exact figure", arguments: 0..<8)
  func claims(seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed + 200))
    var oneSided = 0
    for _ in 0..<50 {
      let sample = BoundedSample(&random, count: 3 + Int(random.uniform() * 40))
      let (exact, bounded) = (sample.exact, sample.bounded)
      for k in 0...exact.fullRank {
        let texts = [
          (bounded.errorText(rank: k), exact.relativeFrobeniusError(rank: k).middle),
          (bounded.energyText(rank: k), exact.energy(rank: k).middle),
          (bounded.spectralErrorText(rank: k), exact.relativeSpectralError(rank: k).middle),
          (bounded.valueText(k + 1), exact.spectralError(rank: k).middle),
          (bounded.relativeValueText(k + 1), exact.relativeSpectralError(rank: k).middle),
        ]
        for (text, value) in texts {
          oneSided += text.hasPrefix("≤") || text.hasPrefix("≥") ? 1 : 0
          let claim = try #require(Claim(text), "\(text)")
          let isTrue =
            [1, 1 - slack, 1 + slack].contains { claim.isTrue(of: value * $0) } || value < slack && value == 0
          #expect(isTrue || claim.isTrue(of: value + slack), "\(text) of \(value)")
        }
      }
      for (measure, value) in [
        (bounded.stableRank, exact.stableRank), (bounded.participationRatio, exact.participationRatio),
        (bounded.effectiveRank, exact.effectiveRank),
      ] {
        let claim = try #require(Claim(bounded.measureText(measure)))
        let truth = try #require(value).lower
        #expect([1, 1 - slack, 1 + slack].contains { claim.isTrue(of: truth * $0) })
      }
    }
    #expect(oneSided > 100)
  }

  @Test("flat values that are known give a sharp effective rank; a matrix of norm zero leaves nothing open")
  func ends() throws {
    func analysis(_ lower: [Double], _ upper: [Double], _ norm: Double) -> SpectrumAnalysis {
      SpectrumAnalysis(
        Spectrum(
          shape: Shape(9, lower.count), lower: lower, upper: upper, frobeniusNorm: norm, precisionFloor: 1e-15,
          rounding: 0, failureProbability: 0))
    }
    let flat = analysis([1, 1, 1, 0.999], [1, 1, 1, 1], 2)
    let rank = try #require(flat.effectiveRank)
    #expect(rank.lower > 3.99 && rank.upper <= 4)
    let zero = analysis([0, 0], [0x1p-1074, 0x1p-1074], 0)
    #expect(zero.isExact && zero.valueText(1) == "0" && zero.stableRank == nil)
    #expect(RankRuleCatalog.all.allSatisfy { $0 is ParameterRule || $0.answer(context(zero.spectrum))?.rank == 0 })
  }

  @Test("an unknown tail is not called rounding, and not zero")
  func tail() {
    let analysis = SpectrumAnalysis(
      Spectrum(
        shape: Shape(5, 4), lower: [4, 0, 0, 0], upper: [4.1, 2, 2, 2], frobeniusNorm: 5, precisionFloor: 1e-6,
        rounding: 1e-9, failureProbability: 1e-10))
    #expect(analysis.valueText(2) == "≤ 2.01" && analysis.valueText(1) == "3.9–4.2" && analysis.valueText(5) == "0")
    #expect(analysis.relativeValueText(2) == "≤ 0.501" && analysis.relativeValueText(1) == "1")
    #expect(analysis.errorText(rank: 0) == "100 %" && analysis.errorText(rank: 4) == "0 %")
    #expect(analysis.errorText(rank: 1) == "57–61 %")
    #expect(analysis.energyText(rank: 2) == "≥ 67.9 %")
    let dead = SpectrumAnalysis(
      Spectrum(
        shape: Shape(5, 3), lower: [4, 0, 0], upper: [4, 3e-6, 3e-6], frobeniusNorm: 4, precisionFloor: 1e-6,
        rounding: 1e-9, failureProbability: 1e-10))
    #expect(dead.valueText(2) == "< 4.0e-6")
    #expect(
      RankRuleCatalog.rule(named: "numerical")?.answer(context(dead.spectrum)) == RankAnswer(rank: 1, threshold: 4e-6))
    #expect(RankRuleCatalog.rule(named: "numerical")?.answer(context(analysis.spectrum)) == nil)
    #expect(RankRuleCatalog.rule(named: "knee")?.answer(context(dead.spectrum)) == nil)
  }

  private func contains(_ interval: Bounded, _ value: Double) -> Bool {
    interval.lower - slack * max(1, value) <= value && value <= interval.upper + slack * max(1, value)
  }
}

@Suite("Bound format")
struct BoundFormatTests {
  @Test("figures between two ends")
  func figures() {
    #expect(NumberFormat.bounded(Bounded(7.195), showing: .upper) == "7.195")
    #expect(NumberFormat.bounded(Bounded(lower: 6.8, upper: 7.1), showing: .upper) == "6.8–7.1")
    #expect(NumberFormat.bounded(Bounded(lower: 9.1, upper: 9.7), showing: .upper) == "9.1–9.7")
    #expect(NumberFormat.bounded(Bounded(lower: 6.8, upper: 7.801), showing: .upper) == "≤ 7.81")
    #expect(NumberFormat.bounded(Bounded(lower: 6.809, upper: 7.8), showing: .lower) == "≥ 6.80")
    #expect(NumberFormat.bounded(Bounded(lower: 0, upper: 9.999), showing: .lower) == "≤ 10.0")
    #expect(NumberFormat.bounded(Bounded(lower: 0, upper: 1.2345e-9), showing: .upper) == "≤ 1.24e-9")
    #expect(NumberFormat.significant(Bounded(lower: 9.16, upper: 9.64)) == "9.1–9.7", "ends are rounded outwards")
  }

  @Test("shares between two ends")
  func shares() {
    #expect(NumberFormat.boundedPercent(Bounded(lower: 0.1, upper: 0.8312), showing: .upper) == "≤ 83.2 %")
    #expect(NumberFormat.boundedPercent(Bounded(lower: 0.9517, upper: 0.999), showing: .lower) == "≥ 95.1 %")
    #expect(NumberFormat.boundedPercent(Bounded(lower: 0.999_987_8, upper: 1), showing: .lower) == "≥ 99.998 %")
    #expect(NumberFormat.boundedPercent(Bounded(lower: 0, upper: 0.3), showing: .lower) == "≥ 0 %")
    #expect(NumberFormat.boundedPercent(Bounded(lower: 0, upper: 0.999_96), showing: .upper) == "≤ 99.996 %")
    #expect(NumberFormat.boundedPercent(Bounded(lower: 0.07, upper: 0.0701), showing: .upper) == "7.0 %")
    #expect(NumberFormat.boundedPercent(Bounded(lower: 0, upper: 1e-9), floor: 1e-8, showing: .upper) == "< 1.0e-6 %")
  }

  @Test("ranks between two ends")
  func ranks() {
    let texts = [37...37, 35...41, 0...41, 3...41, 64...500, 0...500].map { NumberFormat.rank($0, of: 500) }
    #expect(texts == ["37", "35–41", "≤ 41", "≤ 41", "≥ 64", "≤ 500"])
  }

  @Test("what is shown holds, whatever the ends")
  func random() throws {
    var random = TestRandom(seed: 11)
    func share(_ random: inout TestRandom) -> Double {
      let x = random.uniform()
      return [x, x * x * x * x * 1e-3, 1 - x * 1e-5][Int(random.uniform() * 3)]
    }
    for _ in 0..<5000 {
      let (a, b) = (share(&random), share(&random))
      let x = Bounded(lower: min(a, b), upper: max(a, b))
      for end in [BoundEnd.lower, .upper] {
        for text in [
          NumberFormat.bounded(x, digits: 6, showing: end), NumberFormat.boundedPercent(x, showing: end),
          NumberFormat.significant(x), NumberFormat.percent(x),
        ] {
          let claim = try #require(Claim(text), "\(text)")
          for part in [0, 0.3, 1] {
            let value = min(max(x.lower + part * (x.upper - x.lower), x.lower), x.upper)
            #expect(claim.isTrue(of: value), "\(text) of \(value)")
          }
        }
      }
    }
  }
}

@Suite("Cores")
struct CoreTests {
  @Test(
    "a control group's quota of processor time in whole cores",
    arguments: [
      ("max 100000\n", nil), ("150000 100000\n", 2), ("100000 100000", 1), ("50000 100000", 1), ("400000 100000", 4),
      ("", nil), ("150000", nil), ("0 100000", nil), ("-1 100000", nil), ("1 0", nil), ("x y z", nil),
      ("9223372036854775807 1", Int.max),
    ] as [(String, Int?)])
  func quota(text: String, cores: Int?) { #expect(BLASThreads.quota(text) == cores) }

  @Test("there is a core")
  func cores() { #expect(BLASThreads.availableCores >= 1) }
}
