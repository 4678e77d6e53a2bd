/// The factors of a product, A = s·L·R with L m × r and R r × n, whose entries are made a block of columns at a time.
package struct ThinFactors: Sendable {
  /// L, m × r.
  package let left: DenseMatrix
  /// R, r × n.
  package let right: DenseMatrix
  /// s.
  package let scale: Double
  /// Whether entries are computed in f32; then both factors are f32.
  package let isFloat: Bool

  /// s·`left`·`right`, in f32 where both factors are and `fitsFloat` says that no entry can leave its range.
  init(left: DenseMatrix, right: DenseMatrix, scale: Double, fitsFloat: Bool) {
    precondition(left.shape.columns == right.shape.rows, "the factors must fit")
    self.left = left
    self.right = right
    self.scale = scale
    isFloat = fitsFloat && left.storage.isFloat && right.storage.isFloat
  }

  /// m × n.
  package var shape: Shape { Shape(left.shape.rows, right.shape.columns) }
  /// r.
  package var innerSide: Int { left.shape.columns }

  /// Aᵀ = s·Rᵀ·Lᵀ, sharing the same entries.
  package var transposed: ThinFactors {
    ThinFactors(left: right.transposed, right: left.transposed, scale: scale, fitsFloat: isFloat)
  }

  /// All m·n entries.
  ///
  /// - Complexity: 2mnr flops.
  package func formed() -> DenseMatrix {
    let columns = 0..<shape.columns
    if isFloat, case .float(let l) = left.storage, case .float(let r) = right.storage {
      return DenseMatrix(product(l, r, columns))
    }
    return DenseMatrix(product(left.storage.widened, right.storage.widened, columns))
  }
}

extension ThinFactors: EntryBlocks {
  package var isStoredTransposed: Bool { false }
  package var factors: ThinFactors? { self }

  /// The given rows and columns, in that order: those of L and of R, copied.
  package func selecting(rows: [Int], columns: [Int]) -> ThinFactors {
    let inner = Array(0..<innerSide)
    return ThinFactors(
      left: left.selecting(rows: rows, columns: inner), right: right.selecting(rows: inner, columns: columns),
      scale: scale, fitsFloat: isFloat)
  }

  /// A block has about a million entries, and one column at least.
  ///
  /// - Complexity: 2mnr flops for all blocks; in f64 of f32 factors, a copy of both.
  package func forEachBlock<Failure: Error>(
    overlap: Int, _ body: (EntryBlock) throws(Failure) -> Void
  ) throws(Failure) {
    if isFloat, case .float(let l) = left.storage, case .float(let r) = right.storage {
      try forEachRange(overlap) { own, all throws(Failure) in
        try body(EntryBlock(columns: own, entries: .float(product(l, r, all))))
      }
    } else {
      let (l, r) = (left.storage.widened, right.storage.widened)
      try forEachRange(overlap) { own, all throws(Failure) in
        try body(EntryBlock(columns: own, entries: .double(product(l, r, all))))
      }
    }
  }

  /// The columns of each block, alone and with the overlap.
  private func forEachRange<Failure: Error>(
    _ overlap: Int, _ body: (Range<Int>, Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    let count = shape.columns
    let width = max(1, blockEntries / max(1, shape.rows))
    for start in stride(from: 0, to: count, by: width) {
      let end = min(start + width, count)
      try body(start..<end, start..<min(end + overlap, count))
    }
  }

  /// s·L·R in these columns.
  private func product<Scalar: RealScalar>(
    _ l: Matrix<Scalar>, _ r: Matrix<Scalar>, _ columns: Range<Int>
  ) -> Matrix<Scalar> {
    let part = Shape(shape.rows, columns.count)
    let offset = right.isStoredTransposed ? columns.lowerBound : columns.lowerBound * r.rows
    let rightShape = right.isStoredTransposed ? Shape(columns.count, innerSide) : Shape(innerSide, columns.count)
    return Matrix<Scalar>(part) { target in
      l.withEntries { left in
        r.withEntries { right in
          multiplyAdd(
            Block(UnsafeMutablePointer(mutating: left.baseAddress), l.shape, stride: l.rows),
            transposeA: self.left.isStoredTransposed,
            Block(right.baseAddress.map { UnsafeMutablePointer(mutating: $0 + offset) }, rightShape, stride: r.rows),
            transposeB: self.right.isStoredTransposed,
            into: Block(target.baseAddress, part, stride: part.rows), alpha: Scalar(scale))
        }
      }
    }
  }
}

/// The entries of a block: few enough that cancelling is prompt and little memory is taken, enough for gemm.
private let blockEntries = 1 << 20

extension AnyMatrix {
  /// The entries in f64.
  package var widened: Matrix<Double> {
    switch self {
    case .double(let matrix): matrix
    case .float(let matrix):
      Matrix<Double>(matrix.shape) { target in
        guard let to = target.baseAddress else { return }
        matrix.withEntries { Float.widen($0, scale: 1, into: to) }
      }
    }
  }
}
