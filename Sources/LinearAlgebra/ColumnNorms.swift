extension AnyMatrix {
  /// ‖a_j‖² of every column, summed in f64.
  package var squaredColumnNorms: [Double] {
    switch self {
    case .float(let matrix): matrix.squaredColumnNorms
    case .double(let matrix): matrix.squaredColumnNorms
    }
  }
}

extension Matrix {
  /// ‖a_j‖² of every column, summed in f64.
  package var squaredColumnNorms: [Double] {
    withEntries { entries in
      (0..<columns).map { column in
        sumOfSquares(UnsafeBufferPointer(rebasing: entries[column * rows..<(column + 1) * rows]))
      }
    }
  }
}

extension Matrix {
  /// `other` − A.
  package consuming func subtracted(from other: Matrix) -> Matrix {
    precondition(shape == other.shape, "matrices of one shape are subtracted")
    withMutableEntries { own in other.withEntries { subtractEntries(own, from: $0) } }
    return self
  }
}

/// `own` ← `other` − `own`.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func subtractEntries<Scalar: RealScalar>(
  _ own: UnsafeMutableBufferPointer<Scalar>, from other: UnsafeBufferPointer<Scalar>
) {
  for index in own.indices { own[index] = other[index] - own[index] }
}

extension AnyMatrix {
  /// Every entry times `factor`.
  package func scaled(by factor: Double) -> AnyMatrix {
    switch self {
    case .float(var matrix):
      matrix.scale(by: Float(factor))
      return .float(matrix)
    case .double(var matrix):
      matrix.scale(by: factor)
      return .double(matrix)
    }
  }
}
