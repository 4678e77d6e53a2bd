import Factorizations
import LinearAlgebra
import Testing

@Suite("Interpolative and CUR decompositions")
struct SkeletonTests {
  private func factor(
    _ method: any FactorizationMethod, _ matrix: DenseMatrix, rank: Int
  ) throws -> (Factorization, FactorResidual) {
    let input = FactorizationInput(matrix)
    let result = try method.factor(input, options: FactorizationOptions(rank: rank), control: WorkControl()) { _ in }
    return (result, try FactorResidual(of: result.factors, in: input, control: WorkControl()))
  }

  private static let methods: [any FactorizationMethod] = [InterpolativeDecomposition(), CURDecomposition()]

  @Test(
    "a matrix of rank k comes back, from k of its own lines, in every layout and precision",
    arguments: [0, 1], [(30, 20), (20, 30)])
  func exact(index: Int, shape: (Int, Int)) throws {
    let a = try TestMatrices.planted(shape.0, shape.1, [5, 3, 2, 1], seed: 3)
    let layouts: [(DenseMatrix, Double)] = [
      (DenseMatrix(a), 1e-13), (DenseMatrix(.double(a.transposed()), isStoredTransposed: true), 1e-13),
      (DenseMatrix(TestMatrices.float(a)), 1e-5),
      (DenseMatrix(.float(TestMatrices.float(a.transposed())), isStoredTransposed: true), 1e-5),
    ]
    for (matrix, tolerance) in layouts {
      // More columns than the rank would be rounding.
      for rank in [4, 6] {
        let (result, residual) = try factor(Self.methods[index], matrix, rank: rank)
        #expect(residual.relative < tolerance && result.factors.rank == 4)
        #expect(abs(result.progress.error - residual.norm) <= 1e-15 + 1e-9 * residual.norm)
        let columns = try #require(result.chosenColumns)
        #expect(Set(columns).count == 4)
        for (position, column) in columns.enumerated() {
          for i in 0..<shape.0 { #expect(result.factors.left[i, position] == matrix[i, column], "a real column") }
        }
      }
    }
  }

  @Test("the coefficients are bounded by 2 and hold the identity, where plain pivots leave larger ones")
  func bounded() throws {
    // Kahan's matrix: columns of equal length whose pivots are taken in order, and whose coefficients grow like 2^k.
    let (n, cosine) = (30, 0.3)
    let sine = (1 - cosine * cosine).squareRoot()
    var scale = 1.0
    let scales = (0..<n).map { _ -> Double in
      defer { scale *= sine }
      return scale
    }
    let kahan = Matrix<Double>(Shape(n, n)) { i, j in
      (i == j ? 1 : i < j ? -cosine : 0) * scales[i] * (1 - 1e-7 * Double(j))
    }
    let pivots = try PivotedQR.order(of: kahan).columns
    #expect(Array(pivots.prefix(29)) == Array(0..<29), "the pivots are the first columns")
    for (matrix, rank) in [
      (kahan, 29), (kahan, 10), (TestMatrices.gaussian(40, 60), 12), (TestMatrices.hilbert(40), 6),
    ] {
      let (result, residual) = try factor(InterpolativeDecomposition(), DenseMatrix(matrix), rank: rank)
      let columns = try #require(result.chosenColumns)
      var largest = 0.0
      for j in 0..<matrix.columns {
        for i in 0..<result.factors.rank { largest = max(largest, abs(result.factors.right[i, j])) }
      }
      #expect(largest <= 2 && largest >= 1)
      for (position, column) in columns.enumerated() {
        for i in columns.indices { #expect(result.factors.right[i, column] == (i == position ? 1 : 0)) }
      }
      // Not below the optimum, and within the guarantee √(1 + 4k(n − k)) of it.
      let values = try DivideAndConquer<Double>.singularValues(matrix)
      let optimum = values.dropFirst(result.factors.rank).reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(residual.norm >= optimum * (1 - 1e-9) - 1e-14)
      #expect(residual.norm <= optimum * (1 + 4 * Double(rank * (matrix.columns - rank))).squareRoot() + 1e-13)
    }
    let (kahanResult, _) = try factor(InterpolativeDecomposition(), DenseMatrix(kahan), rank: 29)
    #expect(kahanResult.chosenColumns != Array(0..<29), "a pivot was exchanged")
  }

  @Test("C and R are real columns and rows, A ≈ C·U·R, and U is the best between them")
  func cur() throws {
    let a = TestMatrices.gaussian(24, 18, seed: 9)
    let (result, residual) = try factor(CURDecomposition(), DenseMatrix(a), rank: 5)
    let (columns, rows) = (try #require(result.chosenColumns), try #require(result.chosenRows))
    guard case .double(let middle)? = result.middle, case .double(let right) = result.factors.right,
      case .double(let left) = result.factors.left
    else {
      Issue.record("U must be there, in the precision of A")
      return
    }
    let c = a.selecting(rows: Array(0..<24), columns: columns)
    let r = a.selecting(rows: rows, columns: Array(0..<18))
    let product = c.multiplied(by: middle).multiplied(by: r)
    let factors = left.multiplied(by: right)
    var squares = 0.0
    for j in 0..<18 {
      for i in 0..<24 {
        #expect(abs(product[i, j] - factors[i, j]) < 1e-12)
        squares += (a[i, j] - product[i, j]) * (a[i, j] - product[i, j])
      }
    }
    #expect(abs(squares.squareRoot() - residual.norm) < 1e-11)
    // Of the best U, Cᵀ(A − CUR)Rᵀ = 0.
    let rest = Matrix<Double>(Shape(24, 18)) { a[$0, $1] - product[$0, $1] }
    let gradient = c.multiplied(by: rest, transposeLeft: true).multiplied(by: r, transposeRight: true)
    for i in 0..<5 { for j in 0..<5 { #expect(abs(gradient[i, j]) < 1e-10) } }
  }

  @Test("each states its own count")
  func parameters() throws {
    let a = DenseMatrix(TestMatrices.gaussian(20, 12))
    let (id, _) = try factor(InterpolativeDecomposition(), a, rank: 4)
    #expect(id.parameterCount == 20 * 4 + 4 * 8 + 4)
    #expect(id.parameterSentence.hasPrefix("20 × 4 + 4 × (12 − 4) + 4: "))
    let (cur, _) = try factor(CURDecomposition(), a, rank: 4)
    #expect(cur.parameterCount == 20 * 4 + 4 * 4 + 4 * 12 + 8)
    #expect(cur.parameterSentence.hasPrefix("20 × 4 + 4 × 4 + 4 × 12 + 8: "))
  }

  @Test("entries near the ends of the range, and a zero matrix")
  func range() throws {
    for scale in [1e-200, 1e200] {
      var a = try TestMatrices.planted(12, 9, [3, 2], seed: 4)
      a.scale(by: scale)
      for method in Self.methods {
        let (result, residual) = try factor(method, DenseMatrix(a), rank: 2)
        #expect(residual.relative < 1e-13 && result.factors.rank == 2)
      }
    }
    for method in Self.methods {
      let (result, residual) = try factor(method, DenseMatrix(Matrix<Double>(zeros: Shape(4, 3))), rank: 2)
      #expect(result.factors.rank == 0 && result.parameterCount == 0 && residual.norm == 0)
    }
  }

  @Test("a rank that is none, and entries that are missing, are refused in one sentence")
  func refusals() throws {
    let a = DenseMatrix(Matrix<Double>(rows: [[1, 2], [.nan, 4]]))
    for method in Self.methods {
      #expect(method.refusal(of: FactorizationInput(a), rank: 1)?.contains("row 2, column 1") == true)
      #expect(throws: FactorizationError.self) { try factor(method, a, rank: 1) }
      #expect(throws: FactorizationError.self) { try factor(method, DenseMatrix(TestMatrices.hilbert(3)), rank: 4) }
    }
  }

  @Test("a residual counts the entries that are there, and what a sparse part takes")
  func residual() throws {
    let a = DenseMatrix(Matrix<Double>(rows: [[1, .nan, 3], [2, 4, .infinity]]))
    let pair = FactorPair(left: .double(Matrix(rows: [[1], [2]])), right: .double(Matrix(rows: [[1, 1, 0]])))
    let input = FactorizationInput(a)
    let plain = try FactorResidual(of: pair, in: input, control: WorkControl())
    // 0, 3, 0 and 2 are left.
    #expect(plain.entries == 4 && abs(plain.norm - 13.0.squareRoot()) < 1e-15 && plain.largest == 3)
    #expect(abs(plain.relative - (13.0 / 30).squareRoot()) < 1e-15)
    let sparse = DenseMatrix(.double(Matrix(rows: [[0, 0], [0, 0], [3, 0]])), isStoredTransposed: true)
    let rest = try FactorResidual(of: pair, sparse: sparse, in: input, control: WorkControl())
    #expect(abs(rest.norm - 2) < 1e-15)
  }
}
