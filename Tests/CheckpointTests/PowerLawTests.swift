import Foundation
import LinearAlgebra
import RankAnalysis
import Testing

@Suite("Power law")
struct PowerLawTests {
  /// The quantiles of a power law of exponent `alpha` from `minimum` on, `count` of them.
  private func quantiles(_ alpha: Double, _ count: Int, minimum: Double = 1) -> [Double] {
    (0..<count).map { minimum * pow(1 - (Double($0) + 0.5) / Double(count), -1 / (alpha - 1)) }
  }

  @Test("the exponent of a pure power law is found, whatever its scale", arguments: [1.5, 2, 3, 4.5], [1, 1e-9, 1e12])
  func exponent(alpha: Double, scale: Double) throws {
    let fit = try #require(PowerLawFit(quantiles(alpha, 1000, minimum: scale)))
    #expect(abs(fit.exponent - alpha) < 0.03 * alpha)
    #expect(fit.tail > 500 && fit.distance < 0.01)
    #expect(abs(fit.standardError - (fit.exponent - 1) / Double(fit.tail).squareRoot()) < 1e-12)
  }

  @Test("what lies below the tail does not count")
  func tail() throws {
    var random = SeededGenerator(seed: 4)
    let body = (0..<700).map { _ in random.uniform(in: 0.01...0.99) }
    let fit = try #require(PowerLawFit(body + quantiles(2.5, 300)))
    #expect(abs(fit.exponent - 2.5) < 0.15)
    #expect(abs(fit.tail - 300) < 60)
  }

  @Test("it is the best of all candidates, each by its definition")
  func definition() throws {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<5 {
      let values = (0..<120).map { _ in exp(random.gaussian()) }.sorted()
      var best = (distance: Double.infinity, exponent: 0.0, tail: 0)
      for start in 0..<values.count - 1 {
        let tail = values[start...]
        let exponent = 1 + Double(tail.count) / tail.reduce(0) { $0 + log($1 / values[start]) }
        let distance =
          tail.enumerated().map { index, value in
            abs(1 - pow(value / values[start], 1 - exponent) - Double(index) / Double(tail.count))
          }.max() ?? 1
        if distance < best.distance { best = (distance, exponent, tail.count) }
      }
      let fit = try #require(PowerLawFit(values.shuffled(using: &random)))
      #expect(fit.tail == best.tail)
      #expect(abs(fit.exponent - best.exponent) < 1e-9 && abs(fit.distance - best.distance) < 1e-12)
    }
  }

  @Test("too few values, and values that are all alike, have no fit")
  func none() {
    #expect(PowerLawFit(quantiles(2, 49)) == nil)
    #expect(PowerLawFit(Array(repeating: 3, count: 80)) == nil)
    #expect(PowerLawFit(quantiles(2, 49) + [0, -1, .nan, .infinity]) == nil)
    #expect(PowerLawFit([]) == nil)
  }
}
