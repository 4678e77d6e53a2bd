import LinearAlgebra
import RankAnalysis
import Testing

@Suite("Rank targets")
struct RankTargetTests {
  @Test(
    "shares of one",
    arguments: [
      ("0.95", 0.95), ("95%", 0.95), ("99.9%", 0.999), ("1", 1), ("100%", 1), ("0", 0), (".5", 0.5), ("0%", 0),
      ("95", nil), ("101%", nil), ("-0.5", nil), ("1.1", nil), ("nan", nil), ("", nil), ("%", nil), ("5e-1", nil),
      ("0.5x", nil), ("0x1p-1", nil), (" 0.5", nil), ("+0.5", nil),
    ] as [(String, Double?)])
  func shares(text: String, expected: Double?) {
    #expect(RankTarget.share(text) == expected)
  }

  @Test(
    "parameter budgets",
    arguments: [
      ("5000", .parameters(5000)), ("25%", .parameterShare(0.25)), ("200%", .parameterShare(2)), ("0", .parameters(0)),
      ("0.25", nil), ("-3", nil), ("many", nil), ("", nil), ("9999999999999999999999", nil),
    ] as [(String, RankTarget?)])
  func budgets(text: String, expected: RankTarget?) {
    #expect(RankTarget.parameterBudget(text) == expected)
  }

  @Test("each target chooses its rank")
  func ranks() throws {
    // λ = 16, 9, 4, 1: energies .533, .833, .967, 1.
    let spectrum = Spectrum(
      shape: Shape(6, 4), values: [4, 3, 2, 1], frobeniusNorm: 30.0.squareRoot(), precisionFloor: 1e-15, rounding: 1e-15
    )
    let analysis = SpectrumAnalysis(spectrum)
    let context = RuleContext(
      analysis: analysis, costs: ParameterCosts(shape: Shape(6, 4), sourceElementSize: 8, factorElementSize: 4))
    #expect(try RankTarget.rank(0).rank(in: context) == 0)
    #expect(try RankTarget.energy(0.8).rank(in: context) == 2)
    #expect(try RankTarget.energy(0).rank(in: context) == 0)
    #expect(try RankTarget.energy(1).rank(in: context) == 4)
    #expect(try RankTarget.error(0.2).rank(in: context) == 3)
    #expect(try RankTarget.parameters(29).rank(in: context) == 2)
    #expect(try RankTarget.parameterShare(0.5).rank(in: context) == 1)
    #expect(try RankTarget.rule("numerical").rank(in: context) == 4)
    #expect(try RankTarget.rule("unheard_of").rank(in: context) == nil)
    #expect(throws: RankOutOfRange.self) { try RankTarget.rank(5).rank(in: context) }
  }
}
