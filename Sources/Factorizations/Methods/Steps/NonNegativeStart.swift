import LinearAlgebra

/// A start without negative entries from the leading singular triplets: of each pair u, v the positive or the negative
/// parts, whichever have the larger product of norms.
///
/// Source: Boutsidis & Gallopoulos, Pattern Recognition 41 (2008), 1350–1362 (NNDSVD).
enum NonNegativeStart {
  /// U, m × k, and V, n × k.
  static func factors<Scalar: LAPACKScalar>(
    _ a: WorkingMatrix<Scalar>, _ options: FactorizationOptions, _ control: WorkControl
  ) throws(FactorizationError) -> (Matrix<Scalar>, Matrix<Scalar>) {
    let found = try RandomizedTriplets(a, options: options, control: WorkControl(token: control.token))
    var (u, v) = (found.left, found.right)
    for (column, value) in found.values.enumerated() {
      try control.goOn()
      let positive = (u.norm(ofColumn: column, positive: true), v.norm(ofColumn: column, positive: true))
      let negative = (u.norm(ofColumn: column, positive: false), v.norm(ofColumn: column, positive: false))
      let isPositive = positive.0 * positive.1 >= negative.0 * negative.1
      let (left, right) = isPositive ? positive : negative
      let root = (value * left * right).squareRoot()
      u.keep(column, positive: isPositive, times: left > 0 ? root / left : 0)
      v.keep(column, positive: isPositive, times: right > 0 ? root / right : 0)
    }
    return (u, v)
  }
}

extension Matrix {
  /// The norm of a column's positive part, or of its negative one.
  fileprivate func norm(ofColumn column: Int, positive: Bool) -> Double {
    withEntries { entries in
      var sum = 0.0
      for value in entries[column * rows..<(column + 1) * rows] where (value > 0) == positive {
        sum += Double(value) * Double(value)
      }
      return sum.squareRoot()
    }
  }

  /// Leaves a column's positive or its negative part, made positive, times `factor`.
  fileprivate mutating func keep(_ column: Int, positive: Bool, times factor: Double) {
    let rows = rows
    let sign = Scalar(positive ? factor : -factor)
    withMutableEntries { entries in
      for index in column * rows..<(column + 1) * rows {
        entries[index] = (entries[index] > 0) == positive ? entries[index] * sign : 0
      }
    }
  }
}
