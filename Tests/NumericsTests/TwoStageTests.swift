import Factorizations
import LinearAlgebra
import Testing

@Suite("Two stages: dense to band, band to bidiagonal")
struct TwoStageTests {
  static let shapes = [
    Shape(1, 1), Shape(2, 2), Shape(3, 2), Shape(16, 16), Shape(17, 17), Shape(33, 33), Shape(50, 48), Shape(47, 60),
    Shape(64, 65), Shape(100, 100), Shape(130, 40), Shape(40, 700), Shape(900, 7),
  ]

  @Test("the same values as gesdd, whatever the shape, the width of the band and the threads", arguments: shapes)
  func values(shape: Shape) throws {
    let a = TestMatrices.gaussian(shape.rows, shape.columns)
    let sample = Sample(a)
    let reference = try sample.spectrum(by: "gesdd")
    for bandwidth in [1, 2, 5, 12, 16, 24, 32, 100] {
      for threads in [1, 2, 3] {
        let spectrum = try TwoStageSolver(bandwidth: bandwidth).spectrum(
          of: sample.input, threads: threads, control: WorkControl())
        for (one, other) in zip(spectrum.values, reference.values) {
          #expect(abs(one - other) < 40 * Double(shape.shortSide).squareRoot() * 0x1p-52 * reference.largest)
        }
      }
    }
  }

  @Test("the threads do not change a bit of the result")
  func threads() throws {
    let sample = Sample(TestMatrices.gaussian(150, 140))
    let one = try sample.spectrum(by: "two-stage", threads: 1)
    for threads in [2, 3, 4] {
      let solver = TwoStageSolver()
      let many = try solver.spectrum(of: sample.input, threads: threads, control: WorkControl())
      #expect(many.values == one.values)
    }
  }

  @Test("a band becomes a bidiagonal matrix with the same values", arguments: [1, 2, 3, 8, 12, 31])
  func chase(bandwidth: Int) throws {
    for n in [1, 2, 3, 10, 40, 97] {
      let full = TestMatrices.gaussian(n, n)
      let band = Matrix<Double>(Shape(n, n)) { i, j in j >= i && j - i <= bandwidth ? full[i, j] : 0 }
      var copy = band
      let chased = try copy.withMutableEntries { entries in
        try BandMatrix(Block(entries.baseAddress, Shape(n, n), stride: n), bandwidth: bandwidth).bidiagonal(
          threads: 2, control: WorkControl())
      }
      let values = try bidiagonalSingularValues(diagonal: chased.diagonal, superdiagonal: chased.superdiagonal)
      let reference = try Sample(band).spectrum(by: "gesdd").values
      for (one, other) in zip(values, reference) { #expect(abs(one - other) < 1e-13 * reference[0]) }
    }
  }

  @Test(
    "the triangle of a tall or wide matrix has its singular values",
    arguments: [Shape(1300, 9), Shape(9, 1300), Shape(45, 700)])
  func triangle(shape: Shape) throws {
    let a = TestMatrices.gaussian(shape.rows, shape.columns)
    let triangle = try TallQR.triangle(of: a, scale: 0.5, control: WorkControl())
    let p = shape.shortSide
    #expect(triangle.shape == Shape(p, p))
    for j in 0..<p { for i in j + 1..<p { #expect(triangle[i, j] == 0) } }
    let reference = try Sample(a).spectrum(by: "gesdd").values
    for (one, other) in zip(try Sample(triangle).spectrum(by: "gesdd").values, reference) {
      #expect(abs(2 * one - other) < 1e-13 * reference[0])
    }
  }

  @Test("stops when it is told to, wherever it is", arguments: [0.0, 0.3, 0.9])
  func cancelling(fraction: Double) throws {
    let sample = Sample(TestMatrices.gaussian(160, 160))
    let token = CancellationToken()
    let control = WorkControl(token: token) { if $0 >= fraction { token.cancel() } }
    #expect(throws: FactorizationError.cancelled) {
      try TwoStageSolver().spectrum(of: sample.input, threads: 2, control: control)
    }
  }
}

@Suite("The Gram matrix")
struct GramTests {
  @Test(
    "f32 values right to 1e-8 of the largest, better than any f32 solver",
    arguments: [Shape(60, 60), Shape(20, 300), Shape(300, 20)])
  func values(shape: Shape) throws {
    let p = shape.shortSide
    let powerLaw: [Double] = (0..<p).map { 1 / Double($0 + 1) }
    let spike: [Double] = (0..<p).map { $0 == 0 ? 1.0 : 1e-6 }
    for values in [powerLaw, spike, [Double](repeating: 1, count: p)] {
      let single = TestMatrices.float(try TestMatrices.planted(shape.rows, shape.columns, values))
      for isTransposed in [false, true] {
        let sample = Sample(DenseMatrix(.float(single), isStoredTransposed: isTransposed))
        let double = Matrix<Double>(shape) { i, j in Double(single[i, j]) }
        let exact = try Sample(double).spectrum(by: "gesdd")
        let spectrum = try sample.spectrum(by: "gram")
        #expect(spectrum.shape == sample.matrix.shape)
        for (one, other) in zip(spectrum.values, exact.values) { #expect(abs(one - other) < 3e-8 * exact.largest) }
        let squares: [Double] = zip(spectrum.values, exact.values).map { ($0 - $1) * ($0 - $1) }
        #expect(squares.reduce(0, +).squareRoot() <= (spectrum.rounding + exact.rounding) * exact.frobeniusNorm)
      }
    }
  }

  @Test("serves f64 only as a preview, with its floor")
  func doubles() throws {
    let sample = Sample(TestMatrices.hilbert(12))
    #expect(throws: FactorizationError.self) { try sample.spectrum(by: "gram") }
    let planner = SolverPlanner(method: "gram", accuracy: .preview)
    let (spectrum, decision) = try planner.spectrum(of: sample.input, control: WorkControl())
    #expect(!spectrum.isExact && decision.plan.precisionFloor > 1e-8)
    let exact = try sample.spectrum(by: "gesdd")
    for (one, other) in zip(spectrum.values, exact.values) {
      #expect(abs(one - other) <= decision.plan.precisionFloor * exact.largest)
    }
    // The bounds hold, and are tight where squaring loses nothing.
    for (bounds, value) in zip(zip(spectrum.lower, spectrum.upper), exact.values) {
      #expect(bounds.0 <= value * (1 + 1e-12) && value * (1 - 1e-12) <= bounds.1)
    }
    #expect(spectrum.upper[0] - spectrum.lower[0] < 1e-14 * exact.largest)
  }

  @Test("entries near both ends of the range of f32", arguments: [Float(0x1p+120), 0x1p-120])
  func range(factor: Float) throws {
    let a = Matrix<Float>(Shape(9, 5)) { i, j in factor * Float(i * j + 1) }
    let sample = Sample(DenseMatrix(a))
    let exact = try sample.spectrum(by: "gesdd")
    for (one, other) in zip(try sample.spectrum(by: "gram").values, exact.values) {
      #expect(abs(one - other) < 1e-6 * exact.largest)
    }
  }
}
