import Factorizations
import LinearAlgebra
import RankAnalysis
import Testing

/// LAPACK's own acceptance test of an SVD (TESTING/EIG/xDRVBD): residual and orthogonality ratios below 50, ordered
/// values, and values alone equal to values with vectors.
@Suite("LAPACK's acceptance ratios")
struct LAPACKRatioTests {
  enum Kind: String, CaseIterable {
    case gaussian, zero, identity, repeated, graded, huge, tiny, rankOne, hilbert, lauchli
  }

  static let shapes = [
    Shape(0, 0), Shape(0, 3), Shape(3, 0), Shape(1, 1), Shape(1, 9), Shape(9, 1), Shape(20, 20), Shape(40, 13),
    Shape(13, 40), Shape(150, 8), Shape(8, 150),
  ]

  @Test("every solver, shape, kind, precision and orientation", arguments: shapes, Kind.allCases)
  func ratios(shape: Shape, kind: Kind) throws {
    let a = try matrix(kind, shape)
    // f32 has its own ends of the range.
    let narrowing = kind == .huge ? 1e-265 : kind == .tiny ? 1e265 : 1
    let single = Matrix<Float>(shape) { i, j in Float(a[i, j] * narrowing) }
    for storage in [AnyMatrix.double(a), .float(single)] {
      for isTransposed in [false, true] {
        let sample = Sample(DenseMatrix(storage, isStoredTransposed: isTransposed))
        let reference = try sample.spectrum(by: "gesdd")
        for solver in SolverCatalog.thinSVD where offers(solver, sample, .thinSVD) {
          try check(sample, try sample.thinSVD(by: solver.name), reference, solver.name)
        }
        for solver in SolverCatalog.values where offers(solver, sample, .values) {
          let spectrum = try sample.spectrum(by: solver.name)
          #expect(isNonIncreasing(spectrum.values), "\(solver.name)")
          #expect(valueRatio(spectrum.values, reference.values, storage.epsilon) <= 50, "\(solver.name)")
        }
      }
    }
  }

  private func offers(_ solver: any SVDSolver, _ sample: Sample, _ outcome: SolveRequest.Outcome) -> Bool {
    let request = SolverPlanner().request(outcome, of: sample.matrix, sourceEpsilon: sample.matrix.storage.epsilon)
    if case .plan = solver.offer(request) { return true }
    return false
  }

  private func check(_ sample: Sample, _ svd: SVD, _ reference: Spectrum, _ name: String) throws {
    let epsilon = sample.matrix.storage.epsilon
    #expect(svd.shape == sample.matrix.shape, "\(name)")
    #expect(isNonIncreasing(svd.singularValues), "\(name)")
    #expect(residualRatio(sample.matrix, svd, epsilon) <= 50, "\(name)")
    #expect(orthogonalityRatio(svd.leftVectors, epsilon) <= 50, "\(name)")
    #expect(orthogonalityRatio(svd.rightVectors, epsilon) <= 50, "\(name)")
    #expect(valueRatio(svd.singularValues, reference.values, epsilon) <= 50, "\(name)")
  }

  /// max |σ̂ − σ| / (σ₁·min(m, n)·ulp).
  private func valueRatio(_ values: [Double], _ reference: [Double], _ epsilon: Double) -> Double {
    guard let largest = reference.first, largest > 0 else { return values.allSatisfy { $0 == 0 } ? 0 : .infinity }
    let worst = zip(values, reference).map { abs($0 - $1) }.max() ?? 0
    return worst / largest / (Double(reference.count) * epsilon)
  }

  private func matrix(_ kind: Kind, _ shape: Shape) throws -> Matrix<Double> {
    let p = shape.shortSide
    return switch kind {
    case .gaussian: TestMatrices.gaussian(shape.rows, shape.columns)
    case .zero: Matrix<Double>(zeros: shape)
    case .identity: Matrix<Double>(shape) { i, j in i == j ? 1 : 0 }
    case .repeated:
      try TestMatrices.planted(shape.rows, shape.columns, (0..<p).map { $0 < p / 2 ? 3 : 1 })
    case .graded:
      Matrix<Double>(shape) { i, j in (i == j ? 1 : 0.5) * Double(sign: .plus, exponent: -2 * (i + j), significand: 1) }
    case .huge: TestMatrices.gaussian(shape.rows, shape.columns).scaled(1e300)
    case .tiny: TestMatrices.gaussian(shape.rows, shape.columns).scaled(1e-300)
    case .hilbert: Matrix<Double>(shape) { i, j in 1 / Double(i + j + 1) }
    // A row of ones over a small multiple of the identity: the classic failure of normal equations.
    case .lauchli: Matrix<Double>(shape) { i, j in i == 0 ? 1 : i == j + 1 ? 1e-9 : 0 }
    case .rankOne: Matrix<Double>(shape) { i, j in Double(i + 1) / Double(j + 1) }
    }
  }

  private func isNonIncreasing(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $0 >= $1 } && values.allSatisfy { $0 >= 0 }
  }

  /// ‖A − UΣVᵀ‖₁ / (‖A‖₁·max(m, n)·ulp), on entries divided by σ₁.
  private func residualRatio(_ a: DenseMatrix, _ svd: SVD, _ epsilon: Double) -> Double {
    let unit = svd.singularValues.first ?? 0
    guard unit > 0 else { return 0 }
    var residual = 0.0
    var norm = 0.0
    for j in 0..<a.shape.columns {
      var sums = (residual: 0.0, norm: 0.0)
      for i in 0..<a.shape.rows {
        var product = 0.0
        for (k, value) in svd.singularValues.enumerated() {
          product += svd.leftVectors[i, k] * (value / unit) * svd.rightVectors[j, k]
        }
        sums.residual += abs(a[i, j] / unit - product)
        sums.norm += abs(a[i, j] / unit)
      }
      residual = max(residual, sums.residual)
      norm = max(norm, sums.norm)
    }
    return residual / norm / (Double(a.shape.longSide) * epsilon)
  }

  /// ‖I − QᵀQ‖₁ / (rows·ulp).
  private func orthogonalityRatio(_ q: AnyMatrix, _ epsilon: Double) -> Double {
    var worst = 0.0
    for j in 0..<q.shape.columns {
      var sum = 0.0
      for i in 0..<q.shape.columns {
        let dot = (0..<q.shape.rows).reduce(0) { $0 + q[$1, i] * q[$1, j] }
        sum += abs((i == j ? 1 : 0) - dot)
      }
      worst = max(worst, sum)
    }
    return worst / (Double(max(1, q.shape.rows)) * epsilon)
  }
}

extension Matrix<Double> {
  fileprivate func scaled(_ factor: Double) -> Matrix<Double> {
    Matrix<Double>(shape) { i, j in self[i, j] * factor }
  }
}
