import LinearAlgebra
import Testing

@Suite("Seeded random matrices")
struct RandomMatricesTests {
  @Test("the generator yields the published sequence")
  func sequence() {
    var generator = SeededGenerator(seed: 42)
    let drawn = (0..<4).map { _ in generator.next() }
    #expect(drawn == [0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1])
  }

  @Test(
    "the normal quantile agrees with reference values",
    arguments: [
      (0.5, 0), (0.3, -0.5244005127080407), (0.01, -2.3263478740408408), (1e-9, -5.997807015007686),
      (1e-15, -7.941345326170997), (0.999, 3.090232306167813), (0x1p-53, -8.209536151601387),
      (0.075, -1.4395314709384563), (0.925, 1.4395314709384563),
    ])
  func quantile(probability: Double, expected: Double) {
    #expect(abs(normalQuantile(probability) - expected) <= 4e-15 * max(1, abs(expected)))
  }

  @Test("normal deviates have the moments of the normal distribution")
  func moments() {
    var generator = SeededGenerator(seed: 7)
    let count = 200_000
    var sums = (first: 0.0, second: 0.0, third: 0.0, fourth: 0.0)
    for _ in 0..<count {
      let z = generator.gaussian()
      sums = (sums.first + z, sums.second + z * z, sums.third + z * z * z, sums.fourth + z * z * z * z)
    }
    // Five standard errors each: the seed is fixed, so this is no gamble.
    let root = Double(count).squareRoot()
    #expect(abs(sums.first / Double(count)) < 5 / root)
    #expect(abs(sums.second / Double(count) - 1) < 5 * 1.4142 / root)
    #expect(abs(sums.third / Double(count)) < 5 * 3.873 / root)
    #expect(abs(sums.fourth / Double(count) - 3) < 5 * 9.798 / root)
  }

  @Test("uniform deviates stay inside the open interval and whole numbers below their limit")
  func bounds() {
    var generator = SeededGenerator(seed: 3)
    let uniform = (0..<10_000).map { _ in generator.uniform() }
    #expect(uniform.allSatisfy { $0 > 0 && $0 < 1 })
    let whole = (0..<10_000).map { _ in generator.index(below: 7) }
    #expect(Set(whole) == Set(0..<7))
  }

  @Test("orthonormal columns, or rows when there are fewer", arguments: [Shape(40, 40), Shape(60, 25), Shape(25, 60)])
  func orthogonality(shape: Shape) {
    let q = Matrix<Double>.orthogonal(shape, seed: 5)
    let gram =
      shape.rows >= shape.columns ? q.multiplied(by: q, transposeLeft: true) : q.multiplied(by: q, transposeRight: true)
    #expect(gram.shape == Shape(25, 25) || gram.shape == Shape(40, 40))
    var largest = 0.0
    for j in 0..<gram.columns {
      for i in 0..<gram.rows { largest = max(largest, abs(gram[i, j] - (i == j ? 1 : 0))) }
    }
    #expect(largest < 2e-15)
  }

  @Test("the first column of an orthogonal matrix is spread evenly over the sphere")
  func uniformDistribution() {
    // The mean of q₁₁² over seeds is 1/n for the uniform distribution, and of q₁₁ is 0.
    let n = 5
    var sums = (first: 0.0, second: 0.0)
    for seed in 0..<4000 {
      let entry = Matrix<Double>.orthogonal(Shape(n, n), seed: UInt64(seed))[0, 0]
      sums = (sums.first + entry, sums.second + entry * entry)
    }
    #expect(abs(sums.first / 4000) < 5 * (0.2 / 4000).squareRoot())
    #expect(abs(sums.second / 4000 - 0.2) < 0.02)
  }

  @Test("planted entries have unit mean square, and noise adds its variance")
  func planted() {
    let shape = Shape(400, 300)
    let clean = EntrySummary(Matrix<Double>.planted(shape, rank: 100, noise: 0, seed: 11)).frobeniusNorm
    #expect(abs(clean * clean / Double(shape.count) - 1) < 0.05)
    let noisy = EntrySummary(Matrix<Double>.planted(shape, rank: 100, noise: 2, seed: 11)).frobeniusNorm
    #expect(abs(noisy * noisy / Double(shape.count) - 5) < 0.1)
  }

  @Test("the same seed gives the same matrix, another seed another")
  func seeds() {
    let shape = Shape(5, 4)
    func entries(_ seed: UInt64) -> [Double] { Matrix<Double>.gaussian(shape, seed: seed).withEntries { Array($0) } }
    #expect(entries(1) == entries(1))
    #expect(entries(1) != entries(2))
  }
}
