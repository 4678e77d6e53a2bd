import LinearAlgebra

// Loops over the entries of blocks, specialised for both precisions.

/// Writes independent standard normal deviates.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
func fillGaussian<Scalar: RealScalar>(
  _ entries: UnsafeMutableBufferPointer<Scalar>, from generator: inout SeededGenerator
) {
  for index in entries.indices { entries[index] = Scalar(generator.gaussian()) }
}

extension Matrix {
  /// The first `count` columns in f64.
  func doubleColumns(_ count: Int) -> Matrix<Double> {
    Matrix<Double>(Shape(rows, count)) { target in
      guard let start = target.baseAddress else { return }
      withEntries { Scalar.widen(UnsafeBufferPointer(rebasing: $0[..<target.count]), scale: 1, into: start) }
    }
  }

  /// A matrix of `width` columns whose first `kept` are this one's and whose others are zero.
  func widened(to width: Int, keeping kept: Int) -> Matrix {
    Matrix(Shape(rows, width)) { target in
      withEntries { source in
        guard kept > 0, rows > 0, let from = source.baseAddress else { return }
        target.baseAddress?.update(from: from, count: rows * kept)
      }
    }
  }
}
