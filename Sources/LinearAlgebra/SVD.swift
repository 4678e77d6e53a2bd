/// A thin singular value decomposition A = U Σ Vᵀ, in the working precision.
///
/// U is m × p and V is n × p (p = min(m, n)), one singular vector a column, so both sides are read alike.
package struct SVD: Sendable {
  /// U, m × p: the left singular vectors as columns.
  package let leftVectors: AnyMatrix
  /// σ₁ … σ_p, non-increasing, in A's units.
  package let singularValues: [Double]
  /// V, n × p: the right singular vectors as columns.
  package let rightVectors: AnyMatrix

  /// Takes the factors of A and fixes their signs: the first entry of each u_i with |u| ≥ (1 − 10⁻³)·max|u| is positive.
  package init(leftVectors: AnyMatrix, singularValues: [Double], rightVectors: AnyMatrix) {
    self.singularValues = singularValues
    switch (leftVectors, rightVectors) {
    case (.float(var u), .float(var v)):
      fixSigns(&u, &v)
      (self.leftVectors, self.rightVectors) = (.float(u), .float(v))
    case (.double(var u), .double(var v)):
      fixSigns(&u, &v)
      (self.leftVectors, self.rightVectors) = (.double(u), .double(v))
    default: preconditionFailure("U and V must share one precision")
    }
  }

  /// Some rows of U and V, in that order, which give the same rows and columns of every A_k.
  package func selecting(rows: [Int], columns: [Int]) -> SVD {
    let all = Array(singularValues.indices)
    return SVD(
      keeping: leftVectors.selecting(rows: rows, columns: all), singularValues,
      rightVectors.selecting(rows: columns, columns: all))
  }

  /// Takes vectors as they are.
  private init(keeping leftVectors: AnyMatrix, _ singularValues: [Double], _ rightVectors: AnyMatrix) {
    self.leftVectors = leftVectors
    self.singularValues = singularValues
    self.rightVectors = rightVectors
  }

  /// The shape of A, m × n.
  package var shape: Shape { Shape(leftVectors.shape.rows, rightVectors.shape.rows) }
}

private func fixSigns<Scalar: RealScalar>(_ u: inout Matrix<Scalar>, _ v: inout Matrix<Scalar>) {
  let (m, n, p) = (u.rows, v.rows, u.columns)
  u.withMutableEntries { left in
    v.withMutableEntries { right in
      for column in 0..<p
      where leadingEntryIsNegative(UnsafeBufferPointer(rebasing: left[column * m..<(column + 1) * m])) {
        negate(UnsafeMutableBufferPointer(rebasing: left[column * m..<(column + 1) * m]))
        negate(UnsafeMutableBufferPointer(rebasing: right[column * n..<(column + 1) * n]))
      }
    }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func leadingEntryIsNegative<Scalar: RealScalar>(_ vector: UnsafeBufferPointer<Scalar>) -> Bool {
  // Eight running maxima, so that none waits for another.
  var lanes = (0..<8).map { _ in Scalar.zero }
  let whole = vector.count & ~7
  lanes.withUnsafeMutableBufferPointer { lanes in
    for start in stride(from: 0, to: whole, by: 8) {
      for lane in 0..<8 {
        let magnitude = abs(vector[start + lane])
        lanes[lane] = magnitude > lanes[lane] ? magnitude : lanes[lane]
      }
    }
  }
  var largest = lanes.max() ?? 0
  for index in whole..<vector.count { largest = max(largest, abs(vector[index])) }
  let threshold = largest * (1 - 1e-3)
  for value in vector where abs(value) >= threshold { return value < 0 }
  return false
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func negate<Scalar: RealScalar>(_ vector: UnsafeMutableBufferPointer<Scalar>) {
  for index in vector.indices { vector[index] = -vector[index] }
}
