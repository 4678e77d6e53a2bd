import LinearAlgebra
import Testing

@Suite("Matrix")
struct MatrixTests {
  @Test("a copy does not change when the original does")
  func copyOnWrite() {
    var a = Matrix<Double>(rows: [[1, 2], [3, 4], [5, 6]])
    let b = a
    a[2, 1] = 7
    #expect(b[2, 1] == 6)
    #expect(a[2, 1] == 7)
  }

  @Test("transposing twice is the identity, across tile borders")
  func transposes() {
    let a = Matrix<Float>(Shape(67, 41)) { i, j in Float(i * 1000 + j) }
    let t = a.transposed()
    #expect(t.shape == Shape(41, 67))
    #expect(t[40, 66] == a[66, 40])
    #expect(t.transposed().withEntries { Array($0) } == a.withEntries { Array($0) })
  }

  @Test("gemm agrees with the sum of products, transposed or not")
  func multiplies() {
    let a = Matrix<Double>(rows: [[1, 2, 3], [4, 5, 6]])
    let b = Matrix<Double>(rows: [[1, 0], [0, 1], [2, 2]])
    let c = a.multiplied(by: b)
    #expect(c[0, 0] == 7 && c[0, 1] == 8 && c[1, 0] == 16 && c[1, 1] == 17)
    let d = a.multiplied(by: a, transposeRight: true)
    #expect(d[0, 0] == 14 && d[0, 1] == 32 && d[1, 1] == 77)
  }

  @Test("the norm survives entries near both ends of the range")
  func norms() {
    for scale in [1.0, 1e300, 1e-300, 0x1p-1060] {
      let summary = EntrySummary(Matrix<Double>(rows: [[3 * scale, 0], [0, -4 * scale]]))
      #expect(abs(summary.frobeniusNorm / (5 * scale) - 1) < 1e-15)
      #expect(summary.minimum == -4 * scale && summary.maximum == 3 * scale)
    }
    let bad = EntrySummary(Matrix<Float>(rows: [[1, 2], [.nan, .infinity]]))
    #expect(bad.nonFiniteCount == 2)
    #expect(bad.firstNonFinite?.row == 1 && bad.firstNonFinite?.column == 0)
  }

  @Test("range and norm over many blocks, some with entries that are not finite", arguments: [0, 1, 7, 4096, 9001])
  func blocks(rows: Int) {
    for bad in [-1, 0, rows / 2, rows - 1] {
      let matrix = Matrix<Double>(Shape(rows, 1)) { i, _ in i == bad ? .nan : Double(i * 7919 % 1009) - 500 }
      let entries = (0..<rows).filter { $0 != bad }.map { matrix[$0, 0] }
      let summary = EntrySummary(matrix)
      #expect(summary.minimum == entries.min() ?? 0 && summary.maximum == entries.max() ?? 0)
      #expect(summary.frobeniusNorm == entries.reduce(0) { $0 + $1 * $1 }.squareRoot())
      #expect(summary.nonFiniteCount == rows - entries.count)
      #expect(summary.firstNonFinite?.row == (entries.count < rows ? bad : nil))
    }
  }

  @Test("gesdd: values alone, thin factors, and A = UΣVᵀ")
  func gesdd() throws {
    let a = Matrix<Double>(rows: [[2, 0, 0], [0, 3, 0]])
    let alone = try DivideAndConquer.singularValues(a)
    #expect(abs(alone[0] - 3) < 2e-15 && abs(alone[1] - 2) < 2e-15)
    let (u, values, vt) = try DivideAndConquer.thinSVD(a)
    #expect(u.shape == Shape(2, 2) && vt.shape == Shape(2, 3) && abs(values[0] - 3) < 2e-15)
    let svd = SVD(leftVectors: .double(u), singularValues: values, rightVectors: .double(vt.transposed()))
    let product = try svd.truncated(to: 2).product()
    for i in 0..<2 { for j in 0..<3 { #expect(abs(product[i, j] - a[i, j]) < 4e-15) } }
    #expect(throws: RankOutOfRange.self) { try svd.truncated(to: 3) }
  }
}
