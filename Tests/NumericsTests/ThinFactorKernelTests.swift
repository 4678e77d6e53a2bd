import LinearAlgebra
import Testing

@Suite("Kernels of thin factors")
struct ThinFactorKernelTests {
  @Test(
    "an inner product is the sum of products, in either precision and at any length",
    arguments: [0, 1, 7, 8, 4095, 4097, 9001])
  func inner(count: Int) {
    let x = (0..<count).map { Double($0 % 13) - 6 }
    let y = (0..<count).map { Double($0 % 7) - 2 }
    let expected = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    // Small whole numbers: every sum is exact.
    #expect(x.withUnsafeBufferPointer { x in y.withUnsafeBufferPointer { innerProduct(x, $0) } } == expected)
    let (single, other) = (x.map { Float($0) }, y.map { Float($0) })
    #expect(single.withUnsafeBufferPointer { x in other.withUnsafeBufferPointer { innerProduct(x, $0) } } == expected)
  }

  @Test("Cholesky's factor solves and inverts; what is not positive definite has none")
  func cholesky() throws {
    let x = TestMatrices.gaussian(30, 6)
    let gram = x.multiplied(by: x, transposeLeft: true)
    let factor = try #require(SmallCholesky(gram, shift: 2))
    let shifted = Matrix<Double>(gram.shape) { i, j in gram[i, j] + (i == j ? 2 : 0) }
    let unit = shifted.multiplied(by: factor.inverse())
    var solution = (0..<6).map { Double($0) }
    solution.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { factor.solve(start) } }
    for i in 0..<6 {
      for j in 0..<6 { #expect(abs(unit[i, j] - (i == j ? 1 : 0)) < 1e-13) }
      #expect(abs((0..<6).reduce(0) { $0 + shifted[i, $1] * solution[$1] } - Double(i)) < 1e-12)
    }
    #expect(factor.pivotRatio > 0 && factor.pivotRatio <= 1)
    #expect(SmallCholesky(Matrix<Double>(rows: [[1, 2], [2, 1]])) == nil)
  }

  @Test("dividing by its Cholesky factor makes columns orthonormal", arguments: [false, true])
  func division(isFloat: Bool) throws {
    let x = TestMatrices.gaussian(40, 5)
    let factor = try #require(SmallCholesky(x.multiplied(by: x, transposeLeft: true)))
    func departure<Scalar: LAPACKScalar>(_ matrix: Matrix<Scalar>) -> Double {
      var q = matrix
      q.divideFromRight(byUpper: factor.triangle)
      let gram = q.multiplied(by: q, transposeLeft: true)
      return (0..<25).map { abs(Double(gram[$0 % 5, $0 / 5]) - ($0 % 6 == 0 ? 1 : 0)) }.max() ?? 0
    }
    #expect(isFloat ? departure(TestMatrices.float(x)) < 1e-6 : departure(x) < 1e-14)
  }

  @Test("a sweep is coordinate descent column by column, and leaves nothing negative")
  func sweep() {
    let (rows, count) = (1100, 5)
    var w = Matrix<Double>(Shape(rows, count)) { i, j in Double((i * 5 + j * 3) % 7) }
    let target = TestMatrices.gaussian(rows, count, seed: 2)
    let basis = TestMatrices.gaussian(8, count, seed: 3)
    let gram = basis.multiplied(by: basis, transposeLeft: true)
    // One row at a time, as it is defined.
    let expected = Matrix<Double>(w.shape) { i, j in
      var row = (0..<count).map { w[i, $0] }
      for l in 0...j {
        let descent = target[i, l] - (0..<count).reduce(0) { $0 + row[$1] * gram[$1, l] }
        row[l] = max(0, row[l] + descent / gram[l, l])
      }
      return row[j]
    }
    let product = w.multiplied(by: gram)
    var descent = Matrix<Double>(w.shape) { i, j in target[i, j] - product[i, j] }
    let flat = gram.withEntries { Array($0) }
    w.withMutableEntries { w in
      descent.withMutableEntries { d in
        sweepNonNegative(
          Block(w.baseAddress, Shape(rows, count), stride: rows),
          descent: Block(d.baseAddress, Shape(rows, count), stride: rows), gram: flat)
      }
    }
    for i in 0..<rows {
      for j in 0..<count { #expect(abs(w[i, j] - expected[i, j]) < 1e-11 && w[i, j] >= 0) }
    }
  }
}
