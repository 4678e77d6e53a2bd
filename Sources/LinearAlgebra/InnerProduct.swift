/// Σ xᵢyᵢ in f64, in blocks with independent partial sums, so that the error does not grow with the number of entries.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
package func innerProduct<Scalar: RealScalar>(
  _ x: UnsafeBufferPointer<Scalar>, _ y: UnsafeBufferPointer<Scalar>
) -> Double {
  precondition(x.count == y.count, "an inner product is of two vectors of the same length")
  var total = 0.0
  for start in stride(from: 0, to: x.count, by: blockLength) {
    var sums = SIMD8<Double>.zero
    let end = min(start + blockLength, x.count)
    let whole = start + (end - start) & ~7
    for index in stride(from: start, to: whole, by: 8) {
      var (a, b) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
      for lane in 0..<8 {
        a[lane] = Double(x[index + lane])
        b[lane] = Double(y[index + lane])
      }
      sums += a * b
    }
    var sum = sums.sum()
    for index in whole..<end { sum += Double(x[index]) * Double(y[index]) }
    total += sum
  }
  return total
}

/// The entries that are summed on their own.
private let blockLength = 4096

extension Matrix {
  /// ⟨A, B⟩ = Σ a_ij·b_ij in f64.
  package func innerProduct(with other: Matrix) -> Double {
    precondition(shape == other.shape, "an inner product is of two matrices of one shape")
    return withEntries { a in other.withEntries { b in LinearAlgebra.innerProduct(a, b) } }
  }
}

/// X ← α·X + β·Y.
package func combine<Scalar: RealScalar>(
  _ x: inout Matrix<Scalar>, _ alpha: Double, _ y: Matrix<Scalar>, _ beta: Double
) {
  precondition(x.shape == y.shape, "both matrices must have one shape")
  x.withMutableEntries { x in y.withEntries { combineEntries(x, Scalar(alpha), $0, Scalar(beta)) } }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func combineEntries<Scalar: RealScalar>(
  _ x: UnsafeMutableBufferPointer<Scalar>, _ alpha: Scalar, _ y: UnsafeBufferPointer<Scalar>, _ beta: Scalar
) {
  for index in x.indices { x[index] = alpha * x[index] + beta * y[index] }
}
