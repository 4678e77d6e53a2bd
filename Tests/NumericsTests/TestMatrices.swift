import Factorizations
import Glibc
import LinearAlgebra
import RankAnalysis

/// Seeded numbers for tests alone: splitmix64.
struct TestRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Uniform in [0, 1).
  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  /// Normal, by Box and Muller.
  mutating func normal() -> Double { (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform()) }
}

enum TestMatrices {
  static func gaussian(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix<Double> {
    var random = TestRandom(seed: seed)
    return Matrix<Double>(Shape(rows, columns)) { _, _ in random.normal() }
  }

  /// U·diag(values)·Vᵀ with random orthonormal U and V.
  static func planted(_ rows: Int, _ columns: Int, _ values: [Double], seed: UInt64 = 1) throws -> Matrix<Double> {
    let u = try DivideAndConquer<Double>.thinSVD(gaussian(rows, values.count, seed: seed)).u
    let v = try DivideAndConquer<Double>.thinSVD(gaussian(columns, values.count, seed: seed + 1)).u
    return u.scaledLeadingColumns(values).multiplied(by: v, transposeRight: true)
  }

  /// H·diag(values)·H with the reflection H = I − 2/n·11ᵀ: dense, with exactly these singular values, and without any
  /// rounding where n is a power of two and the values are small integers.
  static func reflected(_ values: [Double]) -> Matrix<Double> {
    let n = Double(values.count)
    let mean = values.reduce(0, +) * 4 / n / n
    return Matrix<Double>(Shape(values.count, values.count)) { i, j in
      let diagonal = i == j ? values[i] : 0
      return diagonal - 2 / n * (values[i] + values[j]) + mean
    }
  }

  static func hilbert(_ n: Int) -> Matrix<Double> {
    Matrix<Double>(Shape(n, n)) { i, j in 1 / Double(i + j + 1) }
  }

  static func diagonal(_ values: [Double]) -> Matrix<Double> {
    Matrix<Double>(Shape(values.count, values.count)) { i, j in i == j ? values[i] : 0 }
  }

  static func float(_ a: Matrix<Double>) -> Matrix<Float> {
    Matrix<Float>(a.shape) { i, j in Float(a[i, j]) }
  }
}

/// A matrix with what a solver wants to know of it.
struct Sample {
  let matrix: DenseMatrix
  let summary: EntrySummary

  init(_ matrix: DenseMatrix) {
    self.matrix = matrix
    summary = EntrySummary(matrix.storage)
  }

  init(_ matrix: Matrix<Double>) { self.init(DenseMatrix(matrix)) }

  var input: SolveInput { SolveInput(matrix: matrix, summary: summary, sourceEpsilon: matrix.storage.epsilon) }

  func spectrum(by method: String? = nil, threads: Int = 2) throws -> Spectrum {
    try SolverPlanner(method: method, threads: threads).spectrum(of: input, control: WorkControl()).0
  }

  func thinSVD(by method: String? = nil) throws -> SVD {
    try SolverPlanner(method: method).thinSVD(of: input, control: WorkControl()).0
  }

  func residual(_ svd: SVD, rank: Int, grid: PictureGrid? = nil) throws -> ResidualMeasurement {
    try measureResidual(of: matrix, summary: summary, svd: svd, rank: rank, grid: grid, control: WorkControl())
  }
}

/// A spectrum made by hand, of a shape with as many values.
func spectrum(
  _ values: [Double], longSide: Int? = nil, precisionFloor: Double? = nil, rounding: Double = 0
) -> Spectrum {
  let n = longSide ?? values.count
  let largest = values.first ?? 0
  let norm = largest > 0 ? largest * values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot() : 0
  return Spectrum(
    shape: Shape(values.count, n), values: values, frobeniusNorm: norm,
    precisionFloor: precisionFloor ?? Double(n) * 0x1p-52, rounding: rounding)
}

func context(_ spectrum: Spectrum) -> RuleContext {
  RuleContext(
    analysis: SpectrumAnalysis(spectrum),
    costs: ParameterCosts(shape: spectrum.shape, sourceElementSize: 8, factorElementSize: 8))
}
