import Factorizations
import LinearAlgebra
import Testing

@Suite("Shuffled copies")
struct ShuffledCopyTests {
  private func values(_ matrix: Matrix<Float>) throws -> [Double] {
    let input = SolveInput(
      matrix: DenseMatrix(matrix), summary: EntrySummary(matrix), sourceEpsilon: Float.epsilon)
    return try SolverPlanner(threads: 1).spectrum(of: input, control: WorkControl()).0.values
  }

  private func largest(
    _ matrix: Matrix<Float>, isDecided: (ClosedRange<Double>) -> Bool = { _ in true }
  ) throws -> Double {
    try LargestValue.of(
      .float(matrix), largestMagnitude: EntrySummary(matrix).largestMagnitude, seed: 7, control: WorkControl(),
      isDecided: isDecided)
  }

  @Test("the entries are the same, their order is the seed's")
  func permutation() {
    let matrix = Matrix<Float>(Shape(211, 97)) { Float($0 + 211 * $1) }
    let copy = matrix.shuffled(seed: 3)
    #expect(copy.withEntries { $0.sorted() } == matrix.withEntries { Array($0) })
    #expect(copy.withEntries { Array($0) } == matrix.shuffled(seed: 3).withEntries { Array($0) })
    #expect(copy.withEntries { Array($0) } != matrix.shuffled(seed: 4).withEntries { Array($0) })
    let entries = copy.withEntries { Array($0) }
    #expect(entries.indices.count { entries[$0] == Float($0) } < 12)
  }

  @Test("every entry is as likely to come to either half")
  func uniform() {
    let matrix = Matrix<Float>(Shape(40, 25)) { Float($0 + 40 * $1) }
    let first = (0..<400).count { seed in
      matrix.shuffled(seed: UInt64(seed)).withEntries { $0.firstIndex(of: 0) ?? 0 } < 500
    }
    #expect(abs(first - 200) < 50)
  }

  @Test(
    "σ₁ alone is that of the whole spectrum",
    arguments: [(64, 64), (1, 9), (9, 1), (3, 200), (300, 20), (384, 384), (96, 400), (2000, 48)])
  func largestValue(rows: Int, columns: Int) throws {
    for scale in [1, 1e-30, 1e25] {
      let matrix = noise(rows, columns, seed: 5, scale: scale).shuffled(seed: 1)
      let exact = try values(matrix)[0]
      let found = try largest(matrix)
      #expect(found <= exact * (1 + 1e-5) && found > exact * (1 - 1e-3), "\(found) \(exact)")
    }
  }

  @Test("no more σ lie above it than above the exact one")
  func decided() throws {
    for seed in 0..<6 as Range<UInt64> {
      // A flat spectrum around the edge, where a count is hardest.
      let matrix = noise(150, 150, seed: seed)
      let spectrum = try values(matrix)
      let copy = matrix.shuffled(seed: seed)
      let exact = try values(copy)[0]
      let found = try largest(copy) { range in
        spectrum.count { $0 > range.lowerBound } == spectrum.count { $0 > range.upperBound }
      }
      #expect(spectrum.count { $0 > found } == spectrum.count { $0 > exact })
    }
  }

  @Test("a zero matrix has none, rank one is found at once")
  func special() throws {
    for shape in [Shape(20, 30), Shape(0, 3)] {
      let none = try largest(Matrix(zeros: shape))
      #expect(none == 0)
    }
    let ones = Matrix<Float>(Shape(50, 30)) { _, _ in 2 }
    let found = try largest(ones)
    #expect(abs(found - 2 * 1500.0.squareRoot()) < 1e-3)
  }
}
