import Factorizations
import LinearAlgebra

/// A matrix for the certified bounds, with its exact values.
struct BoundedCase: Sendable, CustomStringConvertible {
  let description: String
  let sample: Sample
  /// Its singular values by gesdd in f64.
  let truth: [Double]

  init(_ description: String, _ a: Matrix<Double>, isFloat: Bool, isTransposed: Bool = false) throws {
    self.description = "\(description) \(a.shape)\(isFloat ? " f32" : " f64")\(isTransposed ? " transposed" : "")"
    if isFloat {
      let rounded = TestMatrices.float(a)
      sample = Sample(DenseMatrix(.float(rounded), isStoredTransposed: isTransposed))
      truth = try DivideAndConquer<Double>.singularValues(Matrix(a.shape) { i, j in Double(rounded[i, j]) })
    } else {
      sample = Sample(DenseMatrix(.double(a), isStoredTransposed: isTransposed))
      truth = try DivideAndConquer<Double>.singularValues(a)
    }
  }
}

/// Families of random matrices that are hard for a sketch in one way each.
enum KrylovFamily: CaseIterable {
  case gaussian, flat, slowPower, power, fast, clustered, pairs, deficient, noisy, graded, spike, hiddenSpike, mean,
    sparse
  case constant

  /// A member of the family: m × n, from `random`.
  func matrix(_ m: Int, _ n: Int, _ random: inout TestRandom) throws -> Matrix<Double> {
    let p = min(m, n)
    let seed = UInt64(random.uniform() * 1e9)
    func planted(_ value: (Int) -> Double) throws -> Matrix<Double> {
      try TestMatrices.planted(m, n, (0..<p).map(value), seed: seed)
    }
    switch self {
    case .gaussian: return TestMatrices.gaussian(m, n, seed: seed)
    case .flat: return try planted { _ in 3 }
    case .slowPower: return try planted { 1 / Double($0 + 1).squareRoot() }
    case .power: return try planted { 1 / Double(($0 + 1) * ($0 + 1)) }
    case .fast: return try planted { i in (0..<i).reduce(1) { x, _ in x * 0.3 } }
    case .clustered: return try planted { [5, 5, 5, 2, 2, 2, 2, 1, 1, 0.1][min(9, $0 * 10 / max(1, p))] }
    case .pairs: return try planted { 1 / Double($0 / 2 + 1) + ($0 % 2 == 0 ? 1e-9 : 0) }
    case .deficient: return try planted { $0 < max(1, p / 5) ? Double(1 + $0 % 3) : 0 }
    case .noisy:
      let noise = TestMatrices.gaussian(m, n, seed: seed + 5)
      let signal = try planted { 1 / Double($0 + 1) }
      return Matrix(Shape(m, n)) { i, j in signal[i, j] + 0.002 * noise[i, j] }
    case .graded:
      let base = TestMatrices.gaussian(m, n, seed: seed)
      return Matrix(Shape(m, n)) { i, j in base[i, j] * scale(i, m) * scale(j, n) }
    case .spike: return try planted { $0 == 0 ? 1 : 1e-4 }
    case .hiddenSpike: return try planted { $0 == 0 ? 1.3 : 1 }
    case .mean:
      let base = TestMatrices.gaussian(m, n, seed: seed)
      return Matrix(Shape(m, n)) { i, j in 100 + base[i, j] }
    case .sparse:
      var source = TestRandom(seed: seed)
      return Matrix(Shape(m, n)) { _, _ in source.uniform() < 0.03 ? source.normal() : 0 }
    case .constant: return Matrix(Shape(m, n)) { _, _ in 7 }
    }
  }

  private func scale(_ index: Int, _ count: Int) -> Double {
    (0..<index * 8 / max(1, count)).reduce(1) { x, _ in x * 0.1 }
  }

  /// `count` members of all families in turn, of sides 1 … 130.
  static func cases(_ count: Int, seed: UInt64) throws -> [BoundedCase] {
    var random = TestRandom(seed: seed)
    return try (0..<count).map { index in
      let family = allCases[index % allCases.count]
      let short = 1 + Int(random.uniform() * random.uniform() * 110) + (index % 3) * 8
      let long = index % 4 == 0 ? short : short + Int(random.uniform() * 60)
      let (m, n) = index % 2 == 0 ? (short, long) : (long, short)
      let a = try family.matrix(m, n, &random)
      return try BoundedCase("\(index) \(family)", a, isFloat: random.uniform() < 0.5, isTransposed: index % 5 == 0)
    }
  }
}
