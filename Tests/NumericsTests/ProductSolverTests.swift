import Factorizations
import LinearAlgebra
import RankAnalysis
import Testing

@testable import Preparation

@Suite("Products of thin factors")
struct ProductSolverTests {
  /// m × n of inner side r, as the factors may lie.
  struct Case: CustomTestStringConvertible {
    let m: Int, r: Int, n: Int
    let scale: Double
    var testDescription: String { "\(m) × \(r) × \(n), scale \(scale)" }
  }

  static let cases = [
    Case(m: 40, r: 5, n: 30, scale: 1), Case(m: 30, r: 8, n: 50, scale: -2), Case(m: 20, r: 1, n: 20, scale: 0.125),
    // The inner side is the longest, or between the two.
    Case(m: 6, r: 20, n: 9, scale: 3), Case(m: 4, r: 10, n: 60, scale: 1), Case(m: 60, r: 10, n: 4, scale: 1),
    // Far from 1.
    Case(m: 12, r: 3, n: 15, scale: 1e200),
  ]

  private static func gaussian(_ shape: Shape, seed: UInt64) -> Matrix<Float> {
    let entries = Matrix<Double>.gaussian(shape, seed: seed)
    return Matrix<Float>(shape) { Float(entries[$0, $1]) }
  }

  private func product(_ one: Case, isFloat: Bool) throws -> ThinProduct {
    func factor(_ shape: Shape, seed: UInt64, isTransposed: Bool) -> DenseMatrix {
      let stored = isTransposed ? shape.transposed : shape
      return isFloat
        ? DenseMatrix(.float(Self.gaussian(stored, seed: seed)), isStoredTransposed: isTransposed)
        : DenseMatrix(.double(Matrix<Double>.gaussian(stored, seed: seed)), isStoredTransposed: isTransposed)
    }
    return try ThinProduct(
      left: factor(Shape(one.m, one.r), seed: 1, isTransposed: one.r % 2 == 0),
      right: factor(Shape(one.r, one.n), seed: 2, isTransposed: one.m % 4 == 0), scale: one.scale)
  }

  /// The product by its definition, in f64.
  private func dense(_ product: ThinProduct) -> Matrix<Double> {
    Matrix<Double>(product.shape) { i, j in
      product.scale * (0..<product.innerSide).reduce(0) { $0 + product.left[i, $1] * product.right[$1, j] }
    }
  }

  private func input(_ product: ThinProduct) -> SolveInput {
    SolveInput(
      source: .product(product), summary: EntrySummary(product),
      sourceEpsilon: product.worksInFloat ? Float.epsilon : Double.epsilon)
  }

  @Test("values and vectors are those of the product that was multiplied out", arguments: cases, [false, true])
  func agrees(one: Case, isFloat: Bool) throws {
    if isFloat, one.scale > 1e30 { return }
    let product = try product(one, isFloat: isFloat)
    let entries = dense(product)
    let expected = try DivideAndConquer.singularValues(entries)
    let norm = EntrySummary(entries).frobeniusNorm
    #expect(abs(product.frobeniusNorm - norm) <= 1e-13 * norm)

    let input = input(product)
    let (spectrum, decision) = try SolverPlanner(method: "product").spectrum(of: input, control: WorkControl())
    #expect(decision.plan.method == "product" && spectrum.count == min(one.m, one.n))
    for (value, exact) in zip(spectrum.values, expected) { #expect(abs(value - exact) <= 1e-13 * expected[0]) }
    #expect(spectrum.values.dropFirst(one.r).allSatisfy { $0 == 0 })

    let (svd, _) = try SolverPlanner(method: "product").thinSVD(of: input, control: WorkControl())
    let rank = min(one.m, one.n, one.r)
    #expect(svd.singularValues.count == rank && svd.shape == product.shape)
    let all = try svd.truncated(to: rank).product()
    let tolerance = (isFloat ? 1e-6 : 1e-13) * expected[0]
    for i in 0..<one.m {
      for j in 0..<one.n { #expect(abs(all[i, j] - entries[i, j]) <= tolerance) }
    }
    for vectors in [svd.leftVectors, svd.rightVectors] {
      for a in 0..<rank {
        for b in 0...a {
          let dot = (0..<vectors.shape.rows).reduce(0.0) { $0 + vectors[$1, a] * vectors[$1, b] }
          #expect(abs(dot - (a == b ? 1 : 0)) <= (isFloat ? 1e-6 : 1e-13))
        }
      }
    }
    #expect(Spectrum(svd, of: input).values.count == spectrum.count)
  }

  @Test("the planner takes thin factors where that is sooner, and never asks them of a dense matrix")
  func planned() throws {
    let product = try product(Case(m: 400, r: 8, n: 300, scale: 1), isFloat: true)
    let decision = try SolverPlanner().decide(SolverPlanner().request(.values, of: input(product)))
    #expect(decision.plan.method == "product")
    let dense = DenseMatrix(Self.gaussian(Shape(400, 300), seed: 3))
    let other = try SolverPlanner().decide(
      SolverPlanner().request(.values, of: dense, sourceEpsilon: Float.epsilon))
    #expect(other.plan.method != "product" && !other.rejected.contains { $0.method == "product" })
    #expect(
      throws: FactorizationError.declined(
        method: "product", Shape(400, 300), reason: "it is for products of thin factors")
    ) {
      try SolverPlanner(method: "product").decide(
        SolverPlanner().request(.values, of: dense, sourceEpsilon: Float.epsilon))
    }
  }

  @Test("other methods work on the product that is multiplied out, and the rank is what the factors have")
  func others() throws {
    let product = try product(Case(m: 40, r: 5, n: 30, scale: 1), isFloat: true)
    let input = input(product)
    let (dense, _) = try SolverPlanner(method: "gesdd").spectrum(of: input, control: WorkControl())
    let (thin, _) = try SolverPlanner(method: "product").spectrum(of: input, control: WorkControl())
    for (a, b) in zip(dense.values, thin.values) { #expect(abs(a - b) <= 1e-5 * thin.largest) }
    #expect(thin.values.filter { $0 > thin.floorValue }.count == 5)
    let formed = input.matrix
    for i in 0..<40 { for j in 0..<30 { #expect(abs(formed[i, j] - self.dense(product)[i, j]) < 1e-5) } }
  }

  @Test("a zero product has zero values")
  func zero() throws {
    let product = try ThinProduct(
      left: DenseMatrix(Matrix<Float>(zeros: Shape(7, 2))),
      right: DenseMatrix(Self.gaussian(Shape(2, 5), seed: 1)))
    let (spectrum, _) = try SolverPlanner(method: "product").spectrum(of: input(product), control: WorkControl())
    #expect(spectrum.values == [0, 0, 0, 0, 0] && spectrum.frobeniusNorm == 0)
  }
}
