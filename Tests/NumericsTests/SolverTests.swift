import Factorizations
import LinearAlgebra
import Testing

@Suite("Divide-and-conquer solver")
struct SolverTests {
  @Test("spectra that are known exactly, within the stated rounding", arguments: [1, 2, 4, 16, 64, 128])
  func exactSpectra(n: Int) throws {
    let repeated: [Double] = (0..<n).map { Double(1 + $0 % 16) }
    let spike: [Double] = (0..<n).map { $0 == 0 ? 512.0 : 1.0 }
    for values in [repeated, spike] {
      let dense = TestMatrices.reflected(values)
      let truth = values.sorted(by: >)
      for matrix in [DenseMatrix(dense), DenseMatrix(TestMatrices.float(dense))] {
        // Only matrices that the precision holds exactly have these values exactly.
        let isExact = (0..<n).allSatisfy { i in (0..<n).allSatisfy { matrix[i, $0] == dense[i, $0] } }
        guard isExact else { continue }
        let spectrum = try Sample(matrix).spectrum()
        #expect(distance(spectrum.values, truth) <= spectrum.rounding * spectrum.frobeniusNorm)
        #expect(spectrum.isExact)
      }
    }
  }

  @Test("f32 stays within its stated rounding of f64", arguments: [Shape(60, 60), Shape(20, 300), Shape(300, 20)])
  func rounding(shape: Shape) throws {
    let p = shape.shortSide
    let powerLaw: [Double] = (0..<p).map { 1 / Double($0 + 1) }
    let spike: [Double] = (0..<p).map { $0 == 0 ? 1.0 : 1e-3 }
    for values in [powerLaw, spike, [Double](repeating: 1, count: p)] {
      let single = TestMatrices.float(try TestMatrices.planted(shape.rows, shape.columns, values))
      let double = Matrix<Double>(shape) { i, j in Double(single[i, j]) }
      let rough = try Sample(DenseMatrix(single)).spectrum()
      let fine = try Sample(double).spectrum()
      #expect(distance(rough.values, fine.values) <= (rough.rounding + fine.rounding) * fine.frobeniusNorm)
      #expect(rough.precisionFloor == Double(shape.longSide) * 0x1p-23)
      #expect(fine.precisionFloor == Double(shape.longSide) * 0x1p-52)
    }
  }

  /// Eigenvalues of Hilbert matrices to 20 digits, from mpmath's `eigsy` at 40 digits.
  @Test(
    "Hilbert matrices",
    arguments: [
      [1.5002142800592428232, 0.16914122022145003243, 0.0067382736057607479501, 0.000096702304022586885554],
      [
        1.6959389969219494521, 0.29812521131693070618, 0.026212843578119047797, 0.0014676881177418673116,
        0.000054369433697499423624, 1.2943320918728114803e-6, 1.7988737458175766773e-8, 1.1115389663724424271e-10,
      ],
    ])
  func hilbert(values: [Double]) throws {
    let spectrum = try Sample(TestMatrices.hilbert(values.count)).spectrum()
    for (computed, known) in zip(spectrum.values, values) { #expect(abs(computed - known) < 1e-15) }
  }

  @Test("diagonal, orthogonal, rank one")
  func special() throws {
    #expect(try Sample(TestMatrices.diagonal([2, -5, 0, 1e-3])).spectrum().values == [5, 2, 1e-3, 0])
    let q = try DivideAndConquer<Double>.thinSVD(TestMatrices.gaussian(40, 40)).u
    for value in try Sample(q).spectrum().values { #expect(abs(value - 1) < 1e-14) }
    let one = Matrix<Double>(Shape(30, 7)) { i, j in Double(i + 1) * Double(j + 1) }
    let values = try Sample(one).spectrum().values
    #expect(abs(values[0] / Double(9455 * 140).squareRoot() - 1) < 1e-14)
    for value in values.dropFirst() { #expect(value < 30 * 0x1p-52 * values[0]) }
  }

  @Test("values do not depend on orientation and scale with the entries", arguments: [1e300, 1e-300, 0x1p-1030])
  func scale(factor: Double) throws {
    let a = TestMatrices.gaussian(12, 20)
    let scaled = Matrix<Double>(a.shape) { i, j in a[i, j] * factor }
    let base = try Sample(a).spectrum()
    let big = try Sample(scaled).spectrum()
    let turned = try Sample(DenseMatrix(.double(scaled), isStoredTransposed: true)).spectrum()
    #expect(turned.shape == Shape(20, 12) && big.shape == Shape(12, 20))
    // Subnormal entries hold fewer digits.
    let digits = factor < 1e-307 ? 1e-11 : 1e-13
    for i in 0..<12 {
      #expect(abs(big.values[i] / factor / base.values[i] - 1) < digits)
      #expect(turned.values[i] == big.values[i])
    }
  }

  @Test("f32 entries near both ends of their range", arguments: [Float(0x1p+127), 0x1p-126, 0x1p-146])
  func floatRange(factor: Float) throws {
    let a = Matrix<Float>(Shape(9, 9)) { _, _ in factor }
    let values = try Sample(DenseMatrix(a)).spectrum().values
    #expect(abs(values[0] / (9 * Double(factor)) - 1) < 1e-6)
    #expect(values[1] < 1e-6 * values[0])
  }

  @Test("empty and zero matrices", arguments: [Shape(0, 0), Shape(0, 4), Shape(4, 0), Shape(3, 5), Shape(1, 1)])
  func empty(shape: Shape) throws {
    let sample = Sample(Matrix<Double>(zeros: shape))
    let spectrum = try sample.spectrum()
    #expect(spectrum.values == [Double](repeating: 0, count: shape.shortSide))
    let svd = try sample.thinSVD()
    #expect(svd.shape == shape && svd.singularValues == spectrum.values)
  }

  @Test("refuses what it cannot solve, in one sentence")
  func refusals() throws {
    let bad = Sample(Matrix<Double>(rows: [[1, .nan], [2, .infinity]]))
    #expect(throws: FactorizationError.nonFinite(count: 2)) { try bad.spectrum() }
    #expect(throws: FactorizationError.nonFinite(count: 2)) { try bad.thinSVD() }
    let huge = Sample(Matrix<Double>(Shape(20, 20)) { _, _ in 1e308 })
    #expect(throws: FactorizationError.overflow(Shape(20, 20))) { try huge.spectrum() }
    let control = WorkControl()
    control.token.cancel()
    let fine = Sample(TestMatrices.gaussian(3, 3))
    #expect(throws: FactorizationError.cancelled) {
      try SolverPlanner().spectrum(of: fine.input, control: control)
    }
  }

  @Test("refuses work that does not fit the memory there is, before it starts")
  func memory() throws {
    let sample = Sample(TestMatrices.gaussian(100, 80))
    let copy = 100 * 80 * 8
    func spectrum(_ available: Int) throws -> Spectrum {
      try SolverPlanner(method: "gesdd", availableBytes: { available }).spectrum(
        of: sample.input, control: WorkControl()
      ).0
    }
    #expect(throws: FactorizationError.self) { try spectrum(copy) }
    #expect(try spectrum(4 * copy).count == 80)
    do {
      _ = try spectrum(copy)
    } catch FactorizationError.doesNotFit(let shape, let needed, let available) {
      #expect(shape == Shape(100, 80) && needed > available && available == Double(copy))
    }
    #expect(AvailableMemory.bytes > 1 << 20, "or this machine could not have built the tests")
  }

  @Test("a forced method serves what it can: elsewhere it is refused by name, or left to the planner")
  func forced() throws {
    let sample = Sample(TestMatrices.gaussian(12, 9))
    #expect(throws: FactorizationError.otherOutcome("mixed-gram", .values, known: ["two-stage", "gram", "gesdd"])) {
      try sample.spectrum(by: "mixed-gram")
    }
    #expect(throws: FactorizationError.otherOutcome("two-stage", .thinSVD, known: ["mixed-gram", "gesdd"])) {
      try sample.thinSVD(by: "two-stage")
    }
    #expect(throws: FactorizationError.unknownMethod("jacobi", known: ["mixed-gram", "gesdd"])) {
      try sample.thinSVD(by: "jacobi")
    }
    let planner = SolverPlanner(method: "two-stage")
    #expect(planner.forcing(.values).method == "two-stage" && planner.forcing(.thinSVD).method == nil)
    #expect(try planner.forcing(.thinSVD).thinSVD(of: sample.input, control: WorkControl()).0.singularValues.count == 9)
    // A name that no outcome knows stays, and is refused.
    #expect(SolverPlanner(method: "jacobi").forcing(.thinSVD).method == "jacobi")
  }

  @Test("refusals tell the shape of the matrix, not of its storage")
  func shapes() throws {
    let stored = DenseMatrix(.double(TestMatrices.gaussian(30, 12)), isStoredTransposed: true)
    let reason = "squaring loses σ below 5.5e-8·σ₁, which the source resolves"
    #expect(throws: FactorizationError.declined(method: "gram", Shape(12, 30), reason: reason)) {
      try Sample(stored).spectrum(by: "gram")
    }
  }

  @Test("work spaces beyond 32 bits are known before any allocation")
  func addressing() {
    #expect(DivideAndConquer<Float>.canAddress(Shape(20_000, 20_000), vectors: true))
    #expect(!DivideAndConquer<Float>.canAddress(Shape(32_768, 32_768), vectors: true))
    #expect(DivideAndConquer<Float>.canAddress(Shape(32_768, 32_768), vectors: false))
    #expect(!DivideAndConquer<Double>.canAddress(Shape(1 << 31, 2), vectors: false))
    #expect(!DivideAndConquer<Double>.canAddress(Shape(.max, .max), vectors: true))
  }

  @Test("the plan grows with the work, for shapes that no memory holds too")
  func plans() throws {
    func plan(_ rows: Int, _ columns: Int, float: Bool = true, _ outcome: SolveRequest.Outcome = .values) throws
      -> SolverPlan
    {
      let request = SolveRequest(shape: Shape(rows, columns), worksInFloat: float, outcome: outcome)
      return try SolverPlanner(method: "gesdd").decide(request).plan
    }
    let small = try plan(512, 512)
    let large = try plan(4096, 4096)
    #expect(large.estimatedFlops > 500 * small.estimatedFlops)
    #expect(large.estimatedSeconds > 100 * small.estimatedSeconds)
    #expect(try plan(4096, 4096, float: false).estimatedSeconds > 1.5 * large.estimatedSeconds)
    #expect(try plan(4096, 4096, .thinSVD).estimatedSeconds > 1.2 * large.estimatedSeconds)
    #expect(large.estimatedBytes < 1.1 * 4096 * 4096 * 4, "one copy: the whole process stays below four")
    #expect(throws: FactorizationError.self) { try plan(1 << 40, 1 << 40) }
    #expect(try plan(0, 5).estimatedFlops == 0)
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    let squares = zip(a, b).map { x, y in (x - y) * (x - y) }
    return squares.reduce(0, +).squareRoot()
  }
}
