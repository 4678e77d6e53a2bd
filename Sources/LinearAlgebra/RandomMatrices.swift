/// Seeded random matrices: the same bits on every machine. Their loops are written out, because BLAS sums in an order
/// that depends on the processor.
extension Matrix where Scalar == Double {
  /// An m × n matrix of independent standard normal entries, drawn column by column.
  package static func gaussian(_ shape: Shape, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed)
    return gaussian(shape, from: &generator)
  }

  /// An m × n matrix of independent standard normal entries, drawn column by column from `generator`.
  package static func gaussian(_ shape: Shape, from generator: inout SeededGenerator) -> Matrix {
    Matrix(shape) { entries in
      for index in entries.indices { entries[index] = generator.gaussian() }
    }
  }

  /// An m × n matrix whose singular values are all 1, uniformly distributed among such matrices: orthonormal columns
  /// when m ≥ n, orthonormal rows otherwise.
  ///
  /// A product of n Householder reflections H = I − 2vvᵀ/vᵀv, v Gaussian in ever fewer coordinates, applied to the first
  /// columns of the identity: orthogonal by structure, to within rounding. Cost: 2mn² − ⅔n³ flops.
  ///
  /// Source: Stewart, SIAM J. Numer. Anal. 17 (1980), 403–409.
  package static func orthogonal(_ shape: Shape, seed: UInt64) -> Matrix {
    if shape.rows < shape.columns { return orthogonal(shape.transposed, seed: seed).transposed() }
    let (m, n) = (shape.rows, shape.columns)
    var generator = SeededGenerator(seed: seed)
    let vectors = (0..<n).map { first in (first..<m).map { _ in generator.gaussian() } }
    return Matrix(shape) { q in
      // The last reflection acts first: column j is then still a unit vector until reflection j reaches it.
      for first in stride(from: n - 1, through: 0, by: -1) {
        let (v, sign) = householder(vectors[first])
        q[first + first * m] = sign
        for column in first..<n {
          reflect(UnsafeMutableBufferPointer(rebasing: q[first + column * m..<(column + 1) * m]), by: v)
        }
      }
    }
  }

  /// A rank-`rank` matrix of unit mean-square entries plus Gaussian noise of standard deviation `noise`:
  /// A = L·R/√rank + noise·G, with L, R and G standard normal. Cost: O(m·n·rank).
  ///
  /// - Parameter rank: in 0 … min(m, n).
  package static func planted(_ shape: Shape, rank: Int, noise: Double, seed: UInt64) -> Matrix {
    precondition(rank >= 0 && rank <= shape.shortSide, "a planted rank lies between 0 and min(m, n)")
    var generator = SeededGenerator(seed: seed)
    let left = gaussian(Shape(shape.rows, rank), from: &generator)
    let right = gaussian(Shape(rank, shape.columns), from: &generator)
    let scale = rank == 0 ? 0 : 1 / Double(rank).squareRoot()
    return Matrix(shape) { entries in
      left.withEntries { l in
        for j in 0..<shape.columns {
          let column = UnsafeMutableBufferPointer(rebasing: entries[j * shape.rows..<(j + 1) * shape.rows])
          for inner in 0..<rank {
            let factor = right[inner, j] * scale
            for i in column.indices { column[i] += factor * l[i + inner * shape.rows] }
          }
          if noise != 0 { for i in column.indices { column[i] += noise * generator.gaussian() } }
        }
      }
    }
  }
}

extension AnyMatrix {
  /// An m × n matrix of independent standard normal entries in either precision, drawn column by column.
  package static func gaussian(_ shape: Shape, isFloat: Bool, seed: UInt64) -> AnyMatrix {
    guard isFloat else { return .double(.gaussian(shape, seed: seed)) }
    var generator = SeededGenerator(seed: seed)
    return .float(
      Matrix<Float>(shape) { entries in
        for index in entries.indices { entries[index] = Float(generator.gaussian()) }
      })
  }
}

/// The vector v of the reflection H = I − vvᵀ with Hx = sign·‖x‖e₁, and that sign: the opposite of x₁'s, which avoids
/// cancellation.
private func householder(_ x: [Double]) -> (vector: [Double], sign: Double) {
  let sign: Double = (x.first ?? 0) < 0 ? -1 : 1
  var v = x
  let norm = x.withUnsafeBufferPointer { dot($0, $0).squareRoot() }
  guard norm > 0 else { return (v, -sign) }
  v[0] += sign * norm
  let scale = 1 / (norm * abs(v[0])).squareRoot()
  for index in v.indices { v[index] *= scale }
  return (v, -sign)
}

/// y ← y − v(vᵀy).
private func reflect(_ y: UnsafeMutableBufferPointer<Double>, by vector: [Double]) {
  vector.withUnsafeBufferPointer { v in
    let projection = dot(v, UnsafeBufferPointer(y))
    for index in y.indices { y[index] -= projection * v[index] }
  }
}

/// xᵀy in eight running sums added in a fixed order.
private func dot(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> Double {
  var lanes = SIMD8<Double>.zero
  let whole = x.count & ~7
  for start in stride(from: 0, to: whole, by: 8) {
    var a = SIMD8<Double>.zero
    var b = SIMD8<Double>.zero
    for lane in 0..<8 {
      a[lane] = x[start + lane]
      b[lane] = y[start + lane]
    }
    lanes += a * b
  }
  var sum = 0.0
  for lane in 0..<8 { sum += lanes[lane] }
  for index in whole..<x.count { sum += x[index] * y[index] }
  return sum
}
