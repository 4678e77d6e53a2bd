import Factorizations
import LinearAlgebra
import Testing

@Suite("Block Krylov solver")
struct KrylovSolverTests {
  @Test("extending goes on where it stood: one call and several give the same bits")
  func extends() throws {
    let sample = Sample(DenseMatrix(TestMatrices.float(TestMatrices.gaussian(90, 120))))
    var once = try KrylovSolver(sample.input, blockSize: 8)
    try once.extend(to: 48, control: WorkControl())
    var thrice = try KrylovSolver(sample.input, blockSize: 8)
    for wanted in [5, 20, 48, 30] { try thrice.extend(to: wanted, control: WorkControl()) }
    #expect(once.count == 48 && thrice.count == 48)
    #expect(try once.spectrum(control: WorkControl()) == thrice.spectrum(control: WorkControl()))
    #expect(
      try once.leadingSVD(control: WorkControl()).singularValues
        == thrice.leadingSVD(control: WorkControl()).singularValues)
  }

  @Test("the leading triplets improve, and the seed decides every bit")
  func improves() throws {
    let a = try TestMatrices.planted(100, 80, (0..<80).map { 1 / Double($0 + 1) })
    let sample = Sample(a)
    var solver = try KrylovSolver(sample.input, seed: 1, blockSize: 4)
    var residual = Double.infinity
    for wanted in [4, 12, 20, 28] {
      try solver.extend(to: wanted, control: WorkControl())
      let next = try leadingResidual(solver, a)
      #expect(next < residual / 2)
      residual = next
    }
    #expect(residual < 1e-3)
    func values(_ seed: UInt64) throws -> [Double] {
      var solver = try KrylovSolver(sample.input, seed: seed, blockSize: 4)
      try solver.extend(to: 12, control: WorkControl())
      return try solver.spectrum(control: WorkControl()).lower
    }
    #expect(try values(1) == values(1))
    #expect(try values(1) != values(2))
  }

  @Test(
    "the triplets are orthonormal and solve QQᵀA, in every orientation",
    arguments: [Shape(60, 60), Shape(40, 70), Shape(70, 40), Shape(5, 3), Shape(1, 9)], [false, true])
  func triplets(shape: Shape, isFloat: Bool) throws {
    let p = shape.shortSide
    let a = try TestMatrices.planted(shape.rows, shape.columns, (0..<p).map { 1 / Double(($0 + 1) * ($0 + 1)) })
    let storage: AnyMatrix = isFloat ? .float(TestMatrices.float(a)) : .double(a)
    let epsilon = storage.epsilon
    for isTransposed in [false, true] {
      let matrix = DenseMatrix(storage, isStoredTransposed: isTransposed)
      var solver = try KrylovSolver(Sample(matrix).input, blockSize: 8)
      try solver.extend(to: 16, control: WorkControl())
      let svd = try solver.leadingSVD(control: WorkControl())
      #expect(solver.count == min(16, p) && svd.singularValues.count == solver.count)
      #expect(svd.shape == matrix.shape)
      let (u, v) = (double(svd.leftVectors), double(svd.rightVectors))
      #expect(departure(u) < 50 * epsilon && departure(v) < 50 * epsilon)
      // The small side's vectors are Ritz vectors: uᵀAv is diagonal.
      let dense = Matrix<Double>(matrix.shape) { i, j in matrix[i, j] }
      let core = u.multiplied(by: dense, transposeLeft: true).multiplied(by: v)
      for i in 0..<core.rows {
        for j in 0..<core.columns {
          #expect(abs(core[i, j] - (i == j ? svd.singularValues[i] : 0)) < 50 * epsilon)
        }
      }
    }
  }

  @Test("with all p columns the spectrum is exact, for matrices of any rank", arguments: [0, 1, 3, 12])
  func complete(rank: Int) throws {
    let values: [Double] = (0..<12).map { $0 < rank ? 2 / Double($0 + 2) : 0 }
    let a = try TestMatrices.planted(12, 17, values)
    var solver = try KrylovSolver(Sample(a).input, blockSize: 5)
    try solver.extend(to: 100, control: WorkControl())
    let spectrum = try solver.spectrum(control: WorkControl())
    #expect(solver.count == 12 && spectrum.isExact && spectrum.failureProbability == 0)
    for (value, known) in zip(spectrum.values, values) { #expect(abs(value - known) < 1e-14) }
    #expect(try solver.leadingSVD(control: WorkControl()).singularValues.count == 12)
  }

  @Test("empty, zero and tiny matrices", arguments: [Shape(0, 0), Shape(0, 4), Shape(4, 0), Shape(3, 5), Shape(1, 1)])
  func empty(shape: Shape) throws {
    for storage in [AnyMatrix.double(Matrix(zeros: shape)), .float(Matrix(zeros: shape))] {
      var solver = try KrylovSolver(Sample(DenseMatrix(storage)).input)
      let before = try solver.spectrum(control: WorkControl())
      #expect(before.upper.allSatisfy { $0 == 0 })
      try solver.extend(to: 64, control: WorkControl())
      #expect(solver.count == shape.shortSide)
      let zeros = [Double](repeating: 0, count: shape.shortSide)
      #expect(try solver.spectrum(control: WorkControl()).values == zeros)
      #expect(try solver.leadingSVD(control: WorkControl()).singularValues == zeros)
    }
  }

  @Test("refuses what has no spectrum")
  func refusals() {
    let bad = Sample(Matrix<Double>(rows: [[1, .nan]]))
    #expect(throws: FactorizationError.nonFinite(count: 1)) { try KrylovSolver(bad.input) }
    let huge = Sample(Matrix<Double>(Shape(20, 20)) { _, _ in 1e308 })
    #expect(throws: FactorizationError.overflow(Shape(20, 20))) { try KrylovSolver(huge.input) }
  }

  @Test("a cancelled call leaves a solver that goes on as if nothing had been")
  func cancellation() throws {
    let sample = Sample(TestMatrices.gaussian(100, 130))
    var calm = try KrylovSolver(sample.input, blockSize: 8)
    try calm.extend(to: 64, control: WorkControl())
    let expected = try calm.spectrum(control: WorkControl())
    var solver = try KrylovSolver(sample.input, blockSize: 8)
    let token = CancellationToken()
    let impatient = WorkControl(token: token, report: { if $0 > 0.4 { token.cancel() } })
    #expect(throws: FactorizationError.cancelled) { try solver.extend(to: 64, control: impatient) }
    #expect(solver.count > 0 && solver.count < 64 && solver.count % 8 == 0)
    try solver.extend(to: 64, control: WorkControl())
    let other = CancellationToken()
    let later = WorkControl(token: other, report: { if $0 > 0.4 { other.cancel() } })
    #expect(throws: FactorizationError.cancelled) { try solver.spectrum(control: later) }
    #expect(throws: FactorizationError.cancelled) { try solver.leadingSVD(control: later) }
    #expect(try solver.spectrum(control: WorkControl()) == expected)
  }

  @Test("cancelled between two products, within milliseconds")
  func promptness() throws {
    let sample = Sample(DenseMatrix(TestMatrices.float(TestMatrices.gaussian(700, 900))))
    var solver = try KrylovSolver(sample.input)
    let control = WorkControl()
    control.token.cancel()
    let clock = ContinuousClock()
    let seconds = clock.measure {
      #expect(throws: FactorizationError.cancelled) { try solver.extend(to: 64, control: control) }
    }
    #expect(seconds < .milliseconds(50) && solver.count == 0)
  }

  private func double(_ matrix: AnyMatrix) -> Matrix<Double> {
    Matrix<Double>(matrix.shape) { i, j in matrix[i, j] }
  }

  /// max |QᵀQ − I|.
  private func departure(_ q: Matrix<Double>) -> Double {
    let gram = q.multiplied(by: q, transposeLeft: true)
    var largest = 0.0
    for i in 0..<gram.rows {
      for j in 0..<gram.columns { largest = max(largest, abs(gram[i, j] - (i == j ? 1 : 0))) }
    }
    return largest
  }

  /// The largest ‖Aᵀu_i − σ_iv_i‖, ‖Av_i − σ_iu_i‖ of the leading four triplets.
  private func leadingResidual(_ solver: KrylovSolver, _ a: Matrix<Double>) throws -> Double {
    let svd = try solver.leadingSVD(control: WorkControl())
    let (u, v) = (double(svd.leftVectors), double(svd.rightVectors))
    let (image, back) = (a.multiplied(by: v), a.multiplied(by: u, transposeLeft: true))
    func distance(_ x: Matrix<Double>, _ y: Matrix<Double>, _ i: Int) -> Double {
      let squares = (0..<x.rows).map { row in
        let difference = x[row, i] - svd.singularValues[i] * y[row, i]
        return difference * difference
      }
      return squares.reduce(0, +).squareRoot()
    }
    return (0..<4).map { max(distance(image, u, $0), distance(back, v, $0)) }.max() ?? 0
  }
}
