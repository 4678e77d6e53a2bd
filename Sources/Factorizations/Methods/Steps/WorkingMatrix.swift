import LinearAlgebra

/// A as a method works on it: its entries near 1, read as they lie, in its own precision.
struct WorkingMatrix<Scalar: LAPACKScalar> {
  /// A, or Aᵀ if ``isTransposed``, times a power of two.
  let stored: Matrix<Scalar>
  /// Whether ``stored`` is Aᵀ.
  let isTransposed: Bool
  /// What brought the entries near 1.
  let scaling: RangeScaling
  /// ‖A‖_F as it is scaled.
  let norm: Double

  /// `stored` is what `input` stores, in its own precision. Every entry must be finite.
  init(_ stored: Matrix<Scalar>, of input: FactorizationInput) {
    scaling = RangeScaling(
      largestMagnitude: input.summary.largestMagnitude, worksInFloat: Scalar.self == Float.self)
    self.stored = stored.scaled(by: scaling)
    isTransposed = input.matrix.isStoredTransposed
    norm = input.summary.frobeniusNorm * scaling.factor
  }

  /// m × n.
  var shape: Shape { isTransposed ? stored.shape.transposed : stored.shape }

  /// `target` ← A·X; X is n × k.
  func times(
    _ x: Matrix<Scalar>, into target: inout Matrix<Scalar>, control: WorkControl
  ) throws(FactorizationError) {
    try multiply(x, storedTransposed: isTransposed, into: &target, control)
  }

  /// `target` ← Aᵀ·X; X is m × k.
  func transposedTimes(
    _ x: Matrix<Scalar>, into target: inout Matrix<Scalar>, control: WorkControl
  ) throws(FactorizationError) {
    try multiply(x, storedTransposed: !isTransposed, into: &target, control)
  }

  /// Some columns of ``stored`` at a time, so that a cancel is soon noticed.
  private func multiply(
    _ x: Matrix<Scalar>, storedTransposed: Bool, into target: inout Matrix<Scalar>, _ control: WorkControl
  ) throws(FactorizationError) {
    let (rows, columns, k) = (stored.rows, stored.columns, x.columns)
    precondition(
      target.shape == Shape(storedTransposed ? columns : rows, k) && x.rows == (storedTransposed ? rows : columns),
      "the factors must fit")
    let width = max(128, productFlops / max(1, 2 * rows * k))
    try target.withMutableBlock(columns: 0..<k) { (out) throws(FactorizationError) in
      try x.withBlock(columns: k) { (x) throws(FactorizationError) in
        try stored.withBlock(columns: columns) { (a) throws(FactorizationError) in
          for first in stride(from: 0, to: columns, by: width) {
            try control.goOn()
            let count = min(width, columns - first)
            let part = Block(a.start.map { $0 + first * a.stride }, Shape(rows, count), stride: a.stride)
            if storedTransposed {
              multiplyAdd(
                part, transposeA: true, x,
                into: Block(out.start.map { $0 + first }, Shape(count, k), stride: out.stride))
            } else {
              multiplyAdd(
                part, Block(x.start.map { $0 + first }, Shape(count, k), stride: x.stride), into: out,
                beta: first == 0 ? 0 : 1)
            }
          }
        }
      }
    }
  }

  /// B = U and C = Vᵀ in A's own units, U m × k and V n × k.
  func pair(_ u: Matrix<Scalar>, _ v: Matrix<Scalar>) -> FactorPair {
    var left = u
    if scaling != .none { left.scale(by: Scalar(scaling.inverse)) }
    return FactorPair(left: AnyMatrix(wrapping: left), right: AnyMatrix(wrapping: v.transposed()))
  }

  /// U and V of a pair in A's units, each with half of the scale.
  func working(_ pair: FactorPair) -> (u: Matrix<Scalar>, v: Matrix<Scalar>) {
    var u = Matrix<Scalar>(rounding: pair.left)
    if scaling != .none { u.scale(by: Scalar(scaling.factor)) }
    return (u, Matrix<Scalar>(rounding: pair.right).transposed())
  }
}

/// The operations between two looks at the token: some hundredths of a second.
private let productFlops = 2_000_000_000

extension AnyMatrix {
  /// `matrix` in its own precision.
  init<Scalar: RealScalar>(wrapping matrix: Matrix<Scalar>) {
    if let matrix = matrix as? Matrix<Float> {
      self = .float(matrix)
    } else if let matrix = matrix as? Matrix<Double> {
      self = .double(matrix)
    } else {
      preconditionFailure("BLAS knows two precisions")
    }
  }
}

extension Matrix {
  /// `matrix` in this precision.
  init(rounding matrix: AnyMatrix) {
    switch matrix {
    case .float(let matrix): self = (matrix as? Matrix<Scalar>) ?? Matrix(Matrix<Double>(widening: matrix))
    case .double(let matrix): self.init(matrix)
    }
  }

  /// X·M into `target`, M small.
  func multiplied(by small: Matrix, into target: inout Matrix) {
    withBlock(columns: columns) { x in
      small.withBlock(columns: small.columns) { m in
        target.withMutableBlock(columns: 0..<small.columns) { multiplyAdd(x, m, into: $0) }
      }
    }
  }
}

extension Matrix where Scalar == Double {
  init(widening matrix: Matrix<Float>) {
    self.init(matrix.shape) { target in
      guard let to = target.baseAddress else { return }
      matrix.withEntries { Float.widen($0, scale: 1, into: to) }
    }
  }
}
