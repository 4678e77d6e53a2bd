import Factorizations
import Glibc
import LinearAlgebra
import Testing

@Suite("Vectors through the Gram matrix")
struct MixedGramTests {
  /// From perfectly conditioned to rank deficient: the three ways in which U is made orthonormal.
  @Test("orthonormal and exact whatever the condition", arguments: [1.0, 1e-1, 1e-3, 1e-4, 1e-6, 1e-9, 0])
  func condition(smallest: Double) throws {
    for shape in [Shape(70, 70), Shape(150, 60), Shape(60, 150)] {
      let p = shape.shortSide
      let values: [Double] = (0..<p).map { index in
        let share = Double(index) / Double(p - 1)
        return smallest > 0 ? exp(share * log(smallest)) : index < p / 2 ? 1 : 0
      }
      let single = TestMatrices.float(try TestMatrices.planted(shape.rows, shape.columns, values))
      for isTransposed in [false, true] {
        let sample = Sample(DenseMatrix(.float(single), isStoredTransposed: isTransposed))
        let svd = try sample.thinSVD(by: "mixed-gram")
        #expect(departure(svd.leftVectors) < 2e-5 && departure(svd.rightVectors) < 2e-5)
        #expect(residual(sample.matrix, svd) < 2e-6 * Double(p).squareRoot())
        for (one, other) in zip(svd.singularValues, values) { #expect(abs(one - other) < 3e-6) }
      }
    }
  }

  @Test("columns far from orthonormal are left to Householder")
  func cholesky() throws {
    var far = TestMatrices.float(TestMatrices.gaussian(30, 10))
    let before = far
    #expect(try !far.orthonormalizeNearlyOrthonormalColumns(limit: 0.05))
    for j in 0..<10 { for i in 0..<30 { #expect(far[i, j] == before[i, j]) } }
    far = try ThinQR(far).alignedColumns()
    for j in 0..<10 { #expect((0..<30).reduce(Float(0)) { $0 + far[$1, j] * before[$1, j] } > 0) }
    #expect(departure(.float(far)) < 1e-5)
    var near = far
    near[3, 4] += 0.02
    #expect(try near.orthonormalizeNearlyOrthonormalColumns(limit: 0.05))
    #expect(departure(.float(near)) < 1e-5)
  }

  /// max |QᵀQ − I|.
  private func departure(_ q: AnyMatrix) -> Double {
    var worst = 0.0
    for j in 0..<q.shape.columns {
      for i in 0...j {
        let dot = (0..<q.shape.rows).reduce(0.0) { $0 + q[$1, i] * q[$1, j] }
        worst = max(worst, abs(dot - (i == j ? 1 : 0)))
      }
    }
    return worst
  }

  /// max |A − UΣVᵀ| / σ₁.
  private func residual(_ a: DenseMatrix, _ svd: SVD) -> Double {
    var worst = 0.0
    for j in 0..<a.shape.columns {
      for i in 0..<a.shape.rows {
        var product = 0.0
        for (k, value) in svd.singularValues.enumerated() {
          product += svd.leftVectors[i, k] * value * svd.rightVectors[j, k]
        }
        worst = max(worst, abs(a[i, j] - product))
      }
    }
    return worst / (svd.singularValues.first ?? 1)
  }
}
