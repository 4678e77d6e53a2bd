import LinearAlgebra

/// ‖A − UVᵀ‖_F over all entries.
///
/// ‖A‖² − 2⟨AᵀU, V⟩ + ⟨UᵀU, VᵀV⟩ costs next to nothing where AᵀU is there anyway, but cancels: it is trusted to
/// ``cancellationFloor``·‖A‖², relative to which rounding is a ten-thousandth at most; below, A − UVᵀ is formed block by
/// block and summed.
struct ErrorMeter<Scalar: LAPACKScalar> {
  let matrix: WorkingMatrix<Scalar>

  /// The share of ‖A‖² below which the difference of squares means too little: 10⁴·eps of the working precision, an
  /// error of 3.5 % in f32 and of 1.5e-6 in f64.
  static var cancellationFloor: Double { 1e4 * Scalar.epsilon }

  /// The error by the difference of squares; nil where it cancels.
  ///
  /// - Parameters:
  ///   - cross: ⟨AᵀU, V⟩.
  ///   - left: UᵀU.
  ///   - right: VᵀV.
  func estimate(cross: Double, _ left: Matrix<Double>, _ right: Matrix<Double>) -> Double? {
    let square = matrix.norm * matrix.norm
    let rest = square - 2 * cross + left.innerProduct(with: right)
    return rest > Self.cancellationFloor * square ? rest.squareRoot() : nil
  }

  /// The error from every entry of A − UVᵀ.
  ///
  /// - Complexity: 2mnk flops; a block of about a million entries.
  func exact(
    _ u: Matrix<Scalar>, _ v: Matrix<Scalar>, control: WorkControl
  ) throws(FactorizationError) -> Double {
    let stored = matrix.stored
    // The stored matrix is A ≈ UVᵀ, or Aᵀ ≈ VUᵀ.
    let (rowFactor, columnFactor) = matrix.isTransposed ? (v, u) : (u, v)
    let rows = stored.rows
    let width = max(1, min(stored.columns, (1 << 20) / max(1, rows)))
    var scratch = Matrix<Scalar>(zeros: Shape(rows, width))
    var sum = 0.0
    for first in stride(from: 0, to: stored.columns, by: width) {
      try control.goOn()
      let count = min(width, stored.columns - first)
      sum += scratch.withMutableBlock(columns: 0..<count) { block in
        stored.withEntries { entries in
          if let from = entries.baseAddress { block.start?.update(from: from + first * rows, count: rows * count) }
        }
        rowFactor.withBlock(columns: rowFactor.columns) { f in
          columnFactor.withBlock(columns: columnFactor.columns) { g in
            multiplyAdd(
              f, Block(g.start.map { $0 + first }, Shape(count, g.shape.columns), stride: g.stride), transposeB: true,
              into: block, alpha: -1, beta: 1)
          }
        }
        return sumOfSquares(UnsafeBufferPointer(start: block.start, count: rows * count))
      }
    }
    return sum.squareRoot()
  }
}
