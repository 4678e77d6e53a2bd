import Factorizations
import LinearAlgebra
import Testing

@Suite("Robust PCA")
struct RobustPCATests {
  /// A matrix of rank `rank`, and one with so many entries of ±5.
  private func planted(_ rows: Int, _ columns: Int, rank: Int, share: Double) -> (low: Matrix<Double>, Matrix<Double>) {
    let low = Matrix<Double>.planted(Shape(rows, columns), rank: rank, noise: 0, seed: 11)
    var random = TestRandom(seed: 12)
    let sparse = Matrix<Double>(Shape(rows, columns)) { _, _ in
      random.uniform() < share ? (random.uniform() < 0.5 ? -5 : 5) : 0
    }
    return (low, sparse)
  }

  private func sum(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Matrix<Double> {
    Matrix<Double>(a.shape) { a[$0, $1] + b[$0, $1] }
  }

  @Test(
    "low rank and sparse come apart to a millionth, however the matrix lies",
    arguments: [(80, 60, false), (60, 80, false), (80, 60, true)])
  func recovery(rows: Int, columns: Int, isTransposed: Bool) throws {
    let (low, sparse) = planted(rows, columns, rank: 3, share: 0.05)
    let a = sum(low, sparse)
    let matrix = isTransposed ? DenseMatrix(.double(a.transposed()), isStoredTransposed: true) : DenseMatrix(a)
    var iterations: [Int] = []
    let result = try RobustPCA().factor(
      FactorizationInput(matrix), options: FactorizationOptions(rank: 10), control: WorkControl()
    ) { iterations.append($0.iteration) }
    #expect(result.end == .converged && result.rankFound == 3 && result.factors.rank == 3)
    #expect(iterations == Array(0...result.progress.iteration) && iterations.count < 60)
    let found = try #require(result.sparse)
    guard case .double(let left) = result.factors.left, case .double(let right) = result.factors.right else { return }
    let product = left.multiplied(by: right)
    let norm = EntrySummary(low).frobeniusNorm
    var (lowError, sparseError, support) = (0.0, 0.0, true)
    for j in 0..<columns {
      for i in 0..<rows {
        lowError += (product[i, j] - low[i, j]) * (product[i, j] - low[i, j])
        sparseError += (found[i, j] - sparse[i, j]) * (found[i, j] - sparse[i, j])
        support = support && (sparse[i, j] == 0 || found[i, j] != 0)
      }
    }
    #expect(lowError.squareRoot() < 1e-6 * norm && sparseError.squareRoot() < 1e-6 * norm && support)
    var nonzeros = 0
    for j in 0..<columns { for i in 0..<rows where found[i, j] != 0 { nonzeros += 1 } }
    #expect(result.parameterCount == 3 * (rows + columns) + 2 * nonzeros)
    #expect(result.parameterSentence.hasPrefix("3 × (\(rows) + \(columns)) + 2 × \(nonzeros): "))
    let residual = try FactorResidual(
      of: result.factors, sparse: found, in: FactorizationInput(matrix), control: WorkControl())
    #expect(residual.relative <= 1e-7)
  }

  @Test("the factors are cut to the rank that was asked for, by their largest triplets")
  func cut() throws {
    let (low, sparse) = planted(50, 40, rank: 3, share: 0.03)
    let input = FactorizationInput(DenseMatrix(sum(low, sparse)))
    let result = try RobustPCA().factor(input, options: FactorizationOptions(rank: 2), control: WorkControl()) { _ in }
    #expect(result.rankFound == 3 && result.factors.rank == 2)
    let values = try DivideAndConquer<Double>.singularValues(low)
    let residual = try FactorResidual(of: result.factors, sparse: result.sparse, in: input, control: WorkControl())
    #expect(abs(residual.norm - values[2]) < 1e-5 * values[0], "the third triplet is what is missing")
  }

  @Test("a heavier weight leaves fewer nonzeros; f32 stays f32; a zero matrix is done at once")
  func options() throws {
    let (low, sparse) = planted(40, 40, rank: 2, share: 0.05)
    let matrix = DenseMatrix(TestMatrices.float(sum(low, sparse)))
    var options = FactorizationOptions(rank: 40)
    func nonzeros(_ weight: Double?) throws -> Int {
      options.sparsity = weight
      let result = try RobustPCA().factor(FactorizationInput(matrix), options: options, control: WorkControl()) { _ in }
      #expect(result.factors.left.isFloat && result.sparse?.storage.isFloat == true)
      return (result.parameterCount - result.factors.rank * 80) / 2
    }
    #expect(try nonzeros(10) == 0)
    #expect(try nonzeros(0.1) > nonzeros(0.5))
    let zero = FactorizationInput(DenseMatrix(Matrix<Double>(zeros: Shape(5, 4))))
    let result = try RobustPCA().factor(zero, options: FactorizationOptions(rank: 2), control: WorkControl()) { _ in }
    #expect(result.end == .converged && result.factors.rank == 0 && result.parameterCount == 0)
    options.iterations = 3
    let short = try RobustPCA().factor(FactorizationInput(matrix), options: options, control: WorkControl()) { _ in }
    #expect(short.end == .limit && short.progress.iteration == 3)
  }

  @Test("cancelled, it stops between iterations; the race is told why it is outside")
  func cancelled() throws {
    let (low, sparse) = planted(40, 40, rank: 2, share: 0.05)
    let token = CancellationToken()
    var last = 0
    #expect(throws: FactorizationError.cancelled) {
      try RobustPCA().factor(
        FactorizationInput(DenseMatrix(sum(low, sparse))), options: FactorizationOptions(rank: 2),
        control: WorkControl(token: token)
      ) {
        last = $0.iteration
        if last == 2 { token.cancel() }
      }
    }
    #expect(last == 2)
    #expect(RobustPCA().raceExclusion?.contains("sparse") == true)
  }
}
