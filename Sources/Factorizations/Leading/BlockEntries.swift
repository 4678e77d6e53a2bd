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

/// Σ a² in f64.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
func squaredSum<Scalar: RealScalar>(_ entries: UnsafeBufferPointer<Scalar>) -> Double {
  var lanes = SIMD4<Double>.zero
  let whole = entries.count & ~3
  for start in stride(from: 0, to: whole, by: 4) {
    let values = SIMD4(
      Double(entries[start]), Double(entries[start + 1]), Double(entries[start + 2]), Double(entries[start + 3]))
    lanes += values * values
  }
  return (whole..<entries.count).reduce(lanes.sum()) { $0 + Double(entries[$1]) * Double(entries[$1]) }
}

/// Copies entries to f64.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func convert<Scalar: RealScalar>(
  _ source: UnsafeBufferPointer<Scalar>, into target: UnsafeMutableBufferPointer<Double>
) {
  for index in target.indices { target[index] = Double(source[index]) }
}

extension Matrix {
  /// The first `count` columns in f64.
  func doubleColumns(_ count: Int) -> Matrix<Double> {
    Matrix<Double>(Shape(rows, count)) { target in withEntries { convert($0, into: target) } }
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
