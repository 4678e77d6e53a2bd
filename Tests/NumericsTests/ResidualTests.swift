import LinearAlgebra
import RankAnalysis
import Testing

@Suite("Measured residual")
struct ResidualTests {
  @Test(
    "measured and predicted errors agree in every digit shown, k = 0 … p",
    arguments: [Shape(40, 25), Shape(25, 40), Shape(1, 9), Shape(30, 30)], [false, true])
  func agrees(shape: Shape, isFloat: Bool) throws {
    let p = shape.shortSide
    let a = try TestMatrices.planted(shape.rows, shape.columns, (0..<p).map { 1 / Double($0 * $0 + 1) })
    let storage: AnyMatrix = isFloat ? .float(TestMatrices.float(a)) : .double(a)
    for isTransposed in [false, true] {
      let sample = Sample(DenseMatrix(storage, isStoredTransposed: isTransposed))
      let spectrum = try sample.spectrum()
      let analysis = SpectrumAnalysis(spectrum)
      let svd = try sample.thinSVD()
      for k in 0...p {
        let predicted = analysis.relativeFrobeniusError(rank: k)
        let measured = try sample.residual(svd, rank: k).relativeFrobeniusError
        #expect(max(predicted.lower, measured.lower) <= min(predicted.upper, measured.upper))
        let texts = NumberFormat.agreeing(predicted, measured, floor: analysis.errorFloor)
        if k == p { #expect(measured.upper < analysis.errorFloor) }
        #expect(texts.0 == texts.1)
      }
    }
  }

  @Test("norm, largest error and root mean squares against the explicit residual", arguments: [false, true])
  func explicit(isTransposed: Bool) throws {
    let a = TestMatrices.gaussian(50, 37)
    let sample = Sample(DenseMatrix(.double(a), isStoredTransposed: isTransposed))
    let svd = try sample.thinSVD()
    for grid in [
      PictureGrid(rows: 8, columns: 9), PictureGrid(rows: 60, columns: 10), PictureGrid(rows: 3, columns: 64),
    ] {
      for k in [0, 1, 12, 37] {
        let product = try svd.truncated(to: k).product()
        let measured = try sample.residual(svd, rank: k, grid: grid)
        var (squares, largest) = (0.0, 0.0)
        for i in 0..<product.shape.rows {
          for j in 0..<product.shape.columns {
            let residual = sample.matrix[i, j] - product[i, j]
            squares += residual * residual
            largest = max(largest, abs(residual))
          }
        }
        let error = squares.squareRoot() / sample.summary.frobeniusNorm
        #expect(measured.rank == k)
        #expect(abs(measured.relativeFrobeniusError.upper - error) < 1e-14)
        #expect(measured.relativeFrobeniusError.lower <= error * (1 + 1e-15))
        #expect(abs(measured.largestError - largest) < 1e-13)
        let means = pooled(grid, product.shape) {
          let residual = sample.matrix[$0, $1] - product[$0, $1]
          return residual * residual
        }
        let picture = try #require(measured.rootMeanSquare)
        for (value, square) in zip(picture.values, means.values) { #expect(abs(value - square.squareRoot()) < 1e-6) }
      }
    }
  }

  @Test("at k = 0 the residual is A itself")
  func rankZero() throws {
    let sample = Sample(DenseMatrix(TestMatrices.float(TestMatrices.gaussian(300, 40))))
    let measured = try sample.residual(try sample.thinSVD(), rank: 0)
    #expect(measured.relativeFrobeniusError == Bounded(1))
    #expect(measured.largestError == sample.summary.largestMagnitude)
    #expect(measured.rootMeanSquare == nil)
  }

  @Test("entries near both ends of the range", arguments: [1e300, 1e-300, 0x1p-1040])
  func scale(factor: Double) throws {
    let a = TestMatrices.gaussian(20, 30)
    let scaled = Sample(Matrix<Double>(a.shape) { i, j in a[i, j] * factor })
    let svd = try scaled.thinSVD()
    let predicted = SpectrumAnalysis(try scaled.spectrum()).relativeFrobeniusError(rank: 7).middle
    let measured = try scaled.residual(svd, rank: 7, grid: PictureGrid(rows: 4, columns: 4))
    // Subnormal singular values hold fewer digits.
    #expect(abs(measured.relativeFrobeniusError.middle - predicted) < (factor < 1e-307 ? 1e-11 : 1e-13))
    let base = try Sample(a).residual(try Sample(a).thinSVD(), rank: 7, grid: PictureGrid(rows: 4, columns: 4))
    let digits = factor < 1e-307 ? 1e-9 : 1e-12
    #expect(abs(measured.largestError / factor / base.largestError - 1) < digits)
    let pictures = (try #require(measured.rootMeanSquare), try #require(base.rootMeanSquare))
    #expect(abs(pictures.0[2, 3] / factor / pictures.1[2, 3] - 1) < 1e-6)
  }

  @Test("f32 near both ends of its range", arguments: [Float(0x1p+120), 0x1p-120, 0x1p-140])
  func floatScale(factor: Float) throws {
    let a = TestMatrices.float(TestMatrices.gaussian(20, 30))
    let scaled = Sample(DenseMatrix(Matrix<Float>(a.shape) { i, j in a[i, j] * factor }))
    let analysis = SpectrumAnalysis(try scaled.spectrum())
    let measured = try scaled.residual(try scaled.thinSVD(), rank: 5).relativeFrobeniusError
    let predicted = analysis.relativeFrobeniusError(rank: 5)
    #expect(abs(measured.middle - predicted.middle) < 1e-5)
  }

  @Test("tiles: more than one of them, in both directions, and progress that rises")
  func tiles() throws {
    let a = Matrix<Float>(Shape(5000, 300)) { i, j in Float(i % 7) * Float(j % 5 + 1) }
    let sample = Sample(DenseMatrix(a))
    let u = Matrix<Float>(Shape(5000, 1)) { i, _ in Float(i % 7) }
    let v = Matrix<Float>(Shape(300, 1)) { j, _ in Float(j % 5 + 1) }
    // A rank-one matrix from integers: the residual is zero to the last bit, in every tile.
    let svd = SVD(
      leftVectors: .float(wide(u)), singularValues: [1] + [Double](repeating: 0, count: 299),
      rightVectors: .float(wide(v)))
    let measured = try sample.residual(svd, rank: 1)
    #expect(measured.largestError == 0)
    let doubled = SVD(
      leftVectors: .float(wide(u)), singularValues: [2] + [Double](repeating: 0, count: 299),
      rightVectors: .float(wide(v)))
    let error = try sample.residual(doubled, rank: 1).relativeFrobeniusError
    #expect(abs(error.middle - 1) < 1e-5)
    let control = WorkControl()
    control.token.cancel()
    #expect(throws: Cancelled.self) {
      try measureResidual(
        of: sample.matrix, summary: sample.summary, svd: svd, rank: 1, grid: nil, control: control)
    }
  }

  /// The column followed by zero columns, 300 in all.
  private func wide(_ column: Matrix<Float>) -> Matrix<Float> {
    Matrix<Float>(Shape(column.rows, 300)) { i, j in j == 0 ? column[i, 0] : 0 }
  }
}
