import LinearAlgebra
import RankAnalysis
import Testing

@Suite("Pictures")
struct PictureTests {
  static let grids = [
    PictureGrid(rows: 5, columns: 7), PictureGrid(rows: 40, columns: 6), PictureGrid(rows: 64, columns: 90),
  ]

  @Test("cells are exact means of whole entries, or the nearest entry when there are fewer", arguments: grids)
  func means(grid: PictureGrid) throws {
    let a = TestMatrices.gaussian(33, 20)
    let both = [DenseMatrix(a), DenseMatrix(.double(a.transposed()), isStoredTransposed: true)]
    for matrix in both + [DenseMatrix(.double(a), isStoredTransposed: true)] {
      let picture = try pooledPicture(of: matrix, grid: grid, control: WorkControl())
      #expect(picture == pooled(grid, matrix.shape) { matrix[$0, $1] })
    }
  }

  @Test("the picture at any rank is the picture of the explicit A_k", arguments: grids, [false, true])
  func factors(grid: PictureGrid, isFloat: Bool) throws {
    let a = TestMatrices.gaussian(75, 50)
    let sample = Sample(isFloat ? DenseMatrix(TestMatrices.float(a)) : DenseMatrix(a))
    let svd = try sample.thinSVD()
    let factors = try PooledFactors(svd, grid: grid, control: WorkControl())
    for k in [0, 1, 5, 31, 32, 33, 49, 50] {
      let product = try svd.truncated(to: k).product()
      let direct = try pooledPicture(of: DenseMatrix(product), grid: grid, control: WorkControl())
      let picture = factors.picture(rank: k)
      #expect(picture.grid == grid && difference(picture, direct) < 5e-6)
      #expect(factors.picture(rank: k) == picture, "a pure function of the rank")
    }
    let whole = try pooledPicture(of: sample.matrix, grid: grid, control: WorkControl())
    #expect(difference(factors.picture(rank: 50), whole) < 5e-6)
    #expect(factors.picture(rank: 0).values.allSatisfy { $0 == 0 })
  }

  @Test("entries beyond the range of f32 keep their picture", arguments: [1e300, 1e-300, 1e307])
  func scale(factor: Double) throws {
    let a = TestMatrices.gaussian(30, 30)
    let sample = Sample(Matrix<Double>(a.shape) { i, j in a[i, j] * factor })
    let grid = PictureGrid(rows: 6, columns: 6)
    let base = try pooledPicture(of: DenseMatrix(a), grid: grid, control: WorkControl())
    let picture = try pooledPicture(of: sample.matrix, grid: grid, control: WorkControl())
    let again = try PooledFactors(sample.thinSVD(), grid: grid, control: WorkControl()).picture(rank: 30)
    for i in 0..<6 {
      for j in 0..<6 {
        #expect(abs(picture[i, j] / factor - base[i, j]) < 1e-6)
        #expect(abs(again[i, j] / factor - base[i, j]) < 1e-5)
      }
    }
  }

  @Test("empty matrices and empty grids", arguments: [Shape(0, 0), Shape(0, 4), Shape(4, 0), Shape(3, 3)])
  func empty(shape: Shape) throws {
    let sample = Sample(Matrix<Double>(zeros: shape))
    let svd = try sample.thinSVD()
    for grid in [PictureGrid(rows: 0, columns: 3), PictureGrid(rows: 4, columns: 4)] {
      let zeros = [Float](repeating: 0, count: grid.rows * grid.columns)
      #expect(try pooledPicture(of: sample.matrix, grid: grid, control: WorkControl()).values == zeros)
      #expect(try PooledFactors(svd, grid: grid, control: WorkControl()).picture(rank: 0).values == zeros)
      #expect(try sample.residual(svd, rank: 0, grid: grid).rootMeanSquare?.values == zeros)
    }
  }

  @Test("a cancelled picture stops")
  func cancels() throws {
    let control = WorkControl()
    control.token.cancel()
    let svd = try Sample(TestMatrices.gaussian(9, 9)).thinSVD()
    let grid = PictureGrid(rows: 3, columns: 3)
    #expect(throws: Cancelled.self) { try PooledFactors(svd, grid: grid, control: control) }
    let large = DenseMatrix(Matrix<Float>(zeros: Shape(1024, 1200)))
    #expect(throws: Cancelled.self) { try pooledPicture(of: large, grid: grid, control: control) }
  }

  private func difference(_ a: PooledPicture, _ b: PooledPicture) -> Double {
    zip(a.values, b.values).map { Double(abs($0 - $1)) }.max() ?? 0
  }
}

/// The mean of the entries under each pixel, straight from the definition.
func pooled(_ grid: PictureGrid, _ shape: Shape, _ entry: (Int, Int) -> Double) -> PooledPicture {
  func covered(_ i: Int, _ cells: Int, _ length: Int) -> Range<Int> {
    if length >= cells { return i * length / cells..<(i + 1) * length / cells }
    let nearest = (2 * i + 1) * length / (2 * cells)
    return nearest..<nearest + 1
  }
  var values: [Float] = []
  for i in 0..<grid.rows {
    for j in 0..<grid.columns {
      let (rows, columns) = (covered(i, grid.rows, shape.rows), covered(j, grid.columns, shape.columns))
      var sum = 0.0
      for row in rows { for column in columns { sum += entry(row, column) } }
      values.append(Float(sum / Double(rows.count * columns.count)))
    }
  }
  return PooledPicture(grid: grid, values: values)
}
