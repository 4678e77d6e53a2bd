import Factorizations
import LinearAlgebra
import MatrixGallery
import Synchronization
import Testing

@Suite("Other ways to factor a matrix")
struct FactorizationMethodTests {
  @Test(
    "a matrix of exact rank r is recovered at k = r, in every orientation and precision",
    arguments: ["svd", "randomized", "als", "gradient"], [false, true])
  func exactRank(id: String, isFloat: Bool) throws {
    let method = try #require(FactorizationCatalog.method(id))
    let planted = try TestMatrices.planted(60, 40, [5, 4, 3, 2])
    let storage: AnyMatrix = isFloat ? .float(TestMatrices.float(planted)) : .double(planted)
    for isTransposed in [false, true] {
      let input = FactorizationInput(DenseMatrix(storage, isStoredTransposed: isTransposed))
      var options = FactorizationOptions(rank: 4)
      options.iterations = id == "gradient" ? 1200 : 40
      options.tolerance = 0
      let found = try method.factor(input, options: options, control: WorkControl()) { _ in }
      let norm = input.summary.frobeniusNorm
      #expect(found.progress.error < (isFloat ? 2e-6 : id == "gradient" ? 1e-9 : 1e-13) * norm)
      #expect(found.factors.shape == input.shape && found.factors.rank == 4)
      #expect(abs(distance(input, found.factors) - found.progress.error) <= (isFloat ? 1e-6 : 1e-14) * norm)
      #expect(found.factors.left.isFloat == isFloat)
      #expect(found.parameterCount == 400)
    }
  }

  @Test("more columns than the rank of the matrix break nothing", arguments: ["als", "gradient", "nmf", "randomized"])
  func surplusRank(id: String) throws {
    let method = try #require(FactorizationCatalog.method(id))
    let ones = FactorizationInput(DenseMatrix(Matrix<Double>(Shape(12, 9)) { i, j in Double((i + 1) * (j + 1)) }))
    var options = FactorizationOptions(rank: 5)
    options.iterations = 500
    let found = try method.factor(ones, options: options, control: WorkControl()) { _ in }
    // Columns too many make the valley flat: gradient descent creeps.
    #expect(found.progress.error < (id == "gradient" ? 2e-3 : 1e-6) * ones.summary.frobeniusNorm)
    let zero = FactorizationInput(DenseMatrix(Matrix<Double>(zeros: Shape(6, 4))))
    options.rank = 2
    #expect(try method.factor(zero, options: options, control: WorkControl()) { _ in }.progress.error == 0)
  }

  @Test("alternating least squares and the randomized SVD come to the Eckart–Young bound")
  func bound() throws {
    let values = (0..<30).map { 1 / Double(($0 + 1) * ($0 + 1)) }
    let input = FactorizationInput(DenseMatrix(try TestMatrices.planted(80, 50, values)))
    let best = values[6...].reduce(0) { $0 + $1 * $1 }.squareRoot()
    for id in ["svd", "randomized", "als", "gradient"] {
      let method = try #require(FactorizationCatalog.method(id))
      var options = FactorizationOptions(rank: 6)
      options.iterations = 1000
      options.tolerance = 1e-12
      let error = try method.factor(input, options: options, control: WorkControl()) { _ in }.progress.error
      #expect(error >= best * (1 - 1e-12), "\(id)")
      #expect(error <= best * (1 + (id == "gradient" ? 1e-3 : id == "randomized" ? 1e-6 : 1e-9)), "\(id)")
    }
  }

  @Test("errors never rise, and are those of the factors reported", arguments: ["als", "gradient", "nmf"])
  func monotone(id: String) throws {
    let method = try #require(FactorizationCatalog.method(id))
    var random = TestRandom(seed: 7)
    let entries = Matrix<Double>(Shape(40, 70)) { _, _ in random.uniform() * random.uniform() }
    for storage in [AnyMatrix.double(entries), .float(TestMatrices.float(entries))] {
      let input = FactorizationInput(DenseMatrix(storage))
      let slack = storage.isFloat ? 1e-4 : 1e-12
      var options = FactorizationOptions(rank: 8)
      options.iterations = 60
      options.tolerance = 0
      options.reportsFactors = true
      var before = Double.infinity
      var next = id == "als" ? 1 : 0
      _ = try method.factor(input, options: options, control: WorkControl()) { progress in
        #expect(progress.iteration == next)
        #expect(progress.error <= before * (1 + slack))
        #expect((progress.stepSize != nil) == (id == "gradient"))
        if let factors = progress.factors {
          #expect(abs(distance(input, factors) - progress.error) <= slack * progress.error)
        }
        (before, next) = (progress.error, next + 1)
      }
      #expect(next == 61)
    }
  }

  @Test("without momentum gradient descent makes plain steps of the size that it says")
  func plainSteps() throws {
    let input = FactorizationInput(DenseMatrix(TestMatrices.gaussian(20, 14)))
    var options = FactorizationOptions(rank: 3)
    options.momentum = 0
    options.iterations = 5
    options.tolerance = 0
    options.reportsFactors = true
    var before: (b: Matrix<Double>, c: Matrix<Double>)?
    let a = double(input.matrix.storage)
    _ = try GradientDescent().factor(input, options: options, control: WorkControl()) { progress in
      guard let pair = progress.factors, let step = progress.stepSize else { return }
      let (b, c) = (double(pair.left), double(pair.right))
      if let before {
        let residual = difference(a, before.b.multiplied(by: before.c))
        let gradient = residual.multiplied(by: before.c, transposeRight: true)
        let expected = Matrix<Double>(b.shape) { i, j in before.b[i, j] + step * gradient[i, j] }
        #expect(EntrySummary(difference(expected, b)).largestMagnitude < 1e-12)
      }
      before = (b, c)
    }
    #expect(before != nil)
  }

  @Test("a planted product of non-negative factors is found without negative entries")
  func plantedNonNegative() throws {
    var random = TestRandom(seed: 3)
    // Half of the entries are zero: such factors are nearly unique.
    let w = Matrix<Double>(Shape(60, 3)) { _, _ in max(0, random.normal()) }
    let h = Matrix<Double>(Shape(3, 45)) { _, _ in max(0, random.normal()) }
    let input = FactorizationInput(DenseMatrix(w.multiplied(by: h)))
    var options = FactorizationOptions(rank: 3)
    options.iterations = 1500
    options.tolerance = 0
    let found = try NonNegativeFactorization().factor(input, options: options, control: WorkControl()) { _ in }
    #expect(found.progress.error < 1e-4 * input.summary.frobeniusNorm)
    #expect(EntrySummary(found.factors.left).minimum >= 0 && EntrySummary(found.factors.right).minimum >= 0)
    // Every planted column is one of those found, up to its length.
    let b = double(found.factors.left)
    for j in 0..<3 {
      let best = (0..<3).map { cosine(w, j, b, $0) }.max() ?? 0
      #expect(best > 0.999)
    }
  }

  @Test("held-out entries of a rank-2 matrix are recovered from the others", arguments: [false, true])
  func completion(isFloat: Bool) throws {
    let full = try TestMatrices.planted(50, 30, [40, 25])
    var random = TestRandom(seed: 11)
    let holed = Matrix<Double>(full.shape) { i, j in random.uniform() < 0.4 ? .nan : full[i, j] }
    let storage: AnyMatrix = isFloat ? .float(TestMatrices.float(holed)) : .double(holed)
    for isTransposed in [false, true] {
      let input = FactorizationInput(DenseMatrix(storage, isStoredTransposed: isTransposed))
      var options = FactorizationOptions(rank: 2)
      options.iterations = 100
      options.tolerance = 0
      let found = try AlternatingLeastSquares().factor(input, options: options, control: WorkControl()) { _ in }
      let product = double(found.factors.left).multiplied(by: double(found.factors.right))
      let truth = isTransposed ? full.transposed() : full
      #expect(EntrySummary(difference(product, truth)).largestMagnitude < (isFloat ? 1e-4 : 1e-9))
    }
  }

  @Test("with every entry there and a ridge, both ways of alternating come to the same product")
  func ridge() throws {
    let a = try TestMatrices.planted(30, 20, [9, 6, 3, 1])
    var options = FactorizationOptions(rank: 3)
    options.ridge = 0.5
    options.iterations = 200
    options.tolerance = 0
    let whole = try AlternatingLeastSquares().factor(
      FactorizationInput(DenseMatrix(a)), options: options, control: WorkControl()
    ) { _ in }
    // The optimum keeps the triplets with σ − λ: Srebro & Jaakkola's soft threshold.
    let product = double(whole.factors.left).multiplied(by: double(whole.factors.right))
    let values = try DivideAndConquer<Double>.singularValues(product)
    for (value, expected) in zip(values, [8.5, 5.5, 2.5]) { #expect(abs(value - expected) < 1e-9) }
    var holed = a
    holed[4, 4] = .nan
    let masked = try AlternatingLeastSquares().factor(
      FactorizationInput(DenseMatrix(holed)), options: options, control: WorkControl()
    ) { _ in }
    let other = double(masked.factors.left).multiplied(by: double(masked.factors.right))
    #expect(EntrySummary(difference(product, other)).largestMagnitude < 0.2)
  }

  @Test("same seed, same bits; another seed, other bits", arguments: ["randomized", "als", "gradient"])
  func seeds(id: String) throws {
    let method = try #require(FactorizationCatalog.method(id))
    let input = FactorizationInput(DenseMatrix(TestMatrices.gaussian(50, 40)))
    func left(_ seed: UInt64) throws -> Matrix<Double> {
      var options = FactorizationOptions(rank: 5)
      options.seed = seed
      options.iterations = 7
      return double(try method.factor(input, options: options, control: WorkControl()) { _ in }.factors.left)
    }
    func bits(_ matrix: Matrix<Double>) -> [Double] { matrix.withEntries { Array($0) } }
    #expect(try bits(left(1)) == bits(left(1)))
    #expect(try bits(left(1)) != bits(left(2)))
  }

  @Test(
    "a cancel stops every method before its next iteration", arguments: ["svd", "randomized", "als", "gradient", "nmf"])
  func cancels(id: String) throws {
    let method = try #require(FactorizationCatalog.method(id))
    let input = FactorizationInput(
      DenseMatrix(Matrix<Double>(Shape(60, 50)) { i, j in Double((i * 7 + j * 13) % 11) }))
    let token = CancellationToken()
    var options = FactorizationOptions(rank: 5)
    options.tolerance = 0
    var reports = 0
    #expect(throws: FactorizationError.cancelled) {
      _ = try method.factor(input, options: options, control: WorkControl(token: token) { _ in token.cancel() }) { _ in
        reports += 1
      }
    }
    #expect(reports <= 1)
  }

  @Test("what cannot be factored is said in one sentence that names the first place")
  func refusals() {
    let negative = FactorizationInput(DenseMatrix(Matrix<Double>(rows: [[1, 2], [0, -3], [4, 5]])))
    #expect(
      NonNegativeFactorization().refusal(of: negative, rank: 1)
        == "non-negative matrix factorization needs entries that are not negative: row 2, column 2 holds -3.0")
    let flipped = FactorizationInput(negative.matrix.transposed, summary: negative.summary)
    #expect(NonNegativeFactorization().refusal(of: flipped, rank: 1)?.contains("row 2, column 2") == true)
    #expect(
      AlternatingLeastSquares().refusal(of: negative, rank: 3)
        == "rank 3 is out of range: a 3 × 2 matrix is factored at ranks 1 to 2")
    let holed = FactorizationInput(DenseMatrix(Matrix<Double>(rows: [[1, .nan], [2, .nan], [3, .nan]])))
    #expect(
      AlternatingLeastSquares().refusal(of: holed, rank: 1)
        == "column 2 has no entry at all, so nothing can be said of it: leave it out")
    let gap = FactorizationInput(holed.matrix.transposed, summary: holed.summary)
    #expect(
      AlternatingLeastSquares().refusal(of: gap, rank: 1)
        == "row 2 has no entry at all, so nothing can be said of it: leave it out")
    #expect(
      TruncatedSVD().refusal(of: holed, rank: 1)
        == "truncated SVD needs every entry: 3 are missing, the first in row 1, column 2; take alternating least "
        + "squares, or fill them")
    #expect(throws: FactorizationError.self) {
      _ = try GradientDescent().factor(holed, options: FactorizationOptions(rank: 1), control: WorkControl()) { _ in }
    }
  }

  @Test(
    "entries at either end of the range are factored like others",
    arguments: ["svd", "randomized", "als", "gradient", "nmf"])
  func extremes(id: String) throws {
    let method = try #require(FactorizationCatalog.method(id))
    for scale in [1e-290, 1e290] {
      let input = FactorizationInput(
        DenseMatrix(Matrix<Double>(Shape(9, 7)) { i, j in scale * Double(1 + i * j) }))
      var options = FactorizationOptions(rank: 2)
      options.iterations = 400
      let found = try method.factor(input, options: options, control: WorkControl()) { _ in }
      #expect(found.progress.error < 1e-3 * input.summary.frobeniusNorm)
    }
  }
}

private func double(_ matrix: AnyMatrix) -> Matrix<Double> {
  Matrix<Double>(matrix.shape) { i, j in matrix[i, j] }
}

private func difference(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Matrix<Double> {
  Matrix<Double>(a.shape) { i, j in a[i, j] - b[i, j] }
}

/// ‖A − BC‖_F, entry by entry.
private func distance(_ input: FactorizationInput, _ pair: FactorPair) -> Double {
  let product = double(pair.left).multiplied(by: double(pair.right))
  var sum = 0.0
  for j in 0..<input.shape.columns {
    for i in 0..<input.shape.rows {
      let rest = input.matrix[i, j] - product[i, j]
      sum += rest * rest
    }
  }
  return sum.squareRoot()
}

private func cosine(_ a: Matrix<Double>, _ i: Int, _ b: Matrix<Double>, _ j: Int) -> Double {
  var (cross, left, right) = (0.0, 0.0, 0.0)
  for row in 0..<a.rows {
    cross += a[row, i] * b[row, j]
    left += a[row, i] * a[row, i]
    right += b[row, j] * b[row, j]
  }
  return left * right > 0 ? cross / (left * right).squareRoot() : 0
}
