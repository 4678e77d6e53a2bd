import LinearAlgebra

/// An orthonormal basis of a block Krylov space of AAᵀ, its images under Aᵀ, and how AAᵀ leads out of it.
///
/// The space is span(W, MW, M²W, …) with M = AAᵀ on the short side and W random. With a set of *locked* columns L it is the
/// same of (I − LLᵀ)M(I − LLᵀ), which is how a certificate looks at what a basis has missed. A block that loses rank is
/// filled up with random directions; when p columns are there the basis is complete.
///
/// Source: Golub & Underwood, Mathematical Software III (1977), 361–377; Parlett, The Symmetric Eigenvalue Problem, § 6.9
/// ("twice is enough").
struct KrylovSubspace<Scalar: LAPACKScalar>: Sendable {
  /// Products with AAᵀ.
  let product: NormalProduct<Scalar>
  /// The width of a block, b.
  let blockSize: Int
  /// L and then Q: p × (locked + l or more), orthonormal columns to working precision.
  private(set) var basis: Matrix<Scalar>
  /// AᵀQ: N × l or more.
  private(set) var images: Matrix<Scalar>
  /// The columns of L.
  let locked: Int
  /// l: the columns of Q.
  private(set) var count = 0
  /// Blocks multiplied: the space holds every polynomial in M of a degree below this, applied to W.
  private(set) var steps = 0
  /// The block that comes next, orthonormal to L and Q; no columns when the basis is complete.
  private(set) var next: Matrix<Scalar>
  /// R of (I − QQᵀ)AAᵀQ = `next`·R, whose columns before the last block are zero: next.columns × the last block's width.
  private(set) var coupling: Matrix<Scalar>
  /// Σ over the blocks of ‖(I − QQᵀ)AAᵀQ_j − Q_{j+1}R_j‖_F²: what filling up a block has left out.
  private(set) var leak = 0.0
  private var generator: SeededGenerator

  /// A space that begins with `blockSize` random directions.
  ///
  /// - Parameters:
  ///   - locked: L, p × any number of orthonormal columns.
  init(
    _ product: NormalProduct<Scalar>, locked: Matrix<Scalar>? = nil, blockSize: Int, generator: SeededGenerator
  ) throws(FactorizationError) {
    self.product = product
    self.blockSize = max(1, blockSize)
    self.generator = generator
    self.locked = locked?.columns ?? 0
    basis = locked ?? Matrix(zeros: Shape(product.short, 0))
    images = Matrix(zeros: Shape(product.long, 0))
    next = Matrix(zeros: Shape(product.short, 0))
    coupling = Matrix(zeros: Shape(0, 0))
    next = try completed(Matrix(zeros: Shape(product.short, 0)), beyond: self.locked)
  }

  /// Whether L and Q together span everything.
  var isComplete: Bool { next.columns == 0 }

  /// One more block: `next` joins Q, and the block after it is made.
  ///
  /// - Throws: ``FactorizationError/cancelled``; nothing has changed then.
  /// - Complexity: one product with AAᵀ and 8·p·l·b flops for the orthogonalisation.
  mutating func advance(control: WorkControl) throws(FactorizationError) {
    let width = next.columns
    guard width > 0 else { return }
    let (total, filled) = (locked + count + width, count + width)
    reserve(filled)
    write(next, to: &basis, at: locked + count)
    let (multiply, block, before) = (product, next, count)
    var residual = try images.withMutableBlock(columns: before..<filled) { (image) throws(FactorizationError) in
      try multiply(block, image: image, control: control)
    }
    removeProjection(from: &residual, onFirst: total)
    try control.goOn()
    let following = try completed(residual, beyond: total)
    coupling = following.multiplied(by: residual, transposeLeft: true)
    leak += squaredNorm(residual, minus: following, times: coupling)
    next = following
    count = filled
    steps += 1
  }

  /// Makes room for `wanted` columns of Q, or more if they must be moved.
  mutating func reserve(_ wanted: Int) {
    guard images.columns < min(wanted, product.short - locked) else { return }
    let room = min(product.short - locked, max(wanted, images.columns * 3 / 2))
    basis = basis.widened(to: locked + room, keeping: locked + count)
    images = images.widened(to: room, keeping: count)
  }

  /// An orthonormal block for `residual` = (I − QQᵀ)AAᵀW that is orthogonal to the first `total` columns of the basis as
  /// well: residual = block·R to within rounding. Columns that the residual cannot give are random.
  private mutating func completed(_ residual: Matrix<Scalar>, beyond total: Int) throws(FactorizationError)
    -> Matrix<Scalar>
  {
    let width = min(blockSize, product.short - total)
    guard width > 0 else { return Matrix(zeros: Shape(product.short, 0)) }
    // Where fewer directions than columns remain any basis of them serves.
    var block = residual.columns == width ? residual : random(width)
    block = try orthonormalized(block)
    // What is left after a projection is orthogonal to within rounding once little was taken away. A column of which
    // nothing was left is rounding, and may be the same rounding again.
    for _ in 0..<10 {
      let taken = removeProjection(from: &block, onFirst: total)
      var isReplaced = false
      for column in 0..<width where !(taken[column] < 1 - 1e-5) {
        write(random(1), to: &block, at: column)
        isReplaced = true
      }
      block = try orthonormalized(block)
      if !isReplaced, (taken.max() ?? 0) < 1e-6 { break }
    }
    return block
  }

  private mutating func random(_ columns: Int) -> Matrix<Scalar> {
    var source = generator
    let block = Matrix<Scalar>(Shape(product.short, columns)) { fillGaussian($0, from: &source) }
    generator = source
    return block
  }

  private func orthonormalized(_ block: Matrix<Scalar>) throws(FactorizationError) -> Matrix<Scalar> {
    do { return try ThinQR(block).orthonormalColumns() } catch { throw .lapack(error) }
  }

  /// block ← block − V(Vᵀblock) with the first `total` columns V of the basis.
  ///
  /// - Returns: ‖Vᵀw‖² of each column w of the block.
  @discardableResult
  private func removeProjection(from block: inout Matrix<Scalar>, onFirst total: Int) -> [Double] {
    let width = block.columns
    guard total > 0 else { return [Double](repeating: 0, count: width) }
    var parts = Matrix<Scalar>(zeros: Shape(total, width))
    basis.withBlock(columns: total) { v in
      block.withMutableBlock(columns: 0..<width) { w in
        parts.withMutableBlock(columns: 0..<width) { parts in
          StripedProducts(stored: v, isTransposed: false)(w, image: parts, addingTo: w, alpha: -1) {}
        }
      }
    }
    return parts.withEntries { entries in
      (0..<width).map { sumOfSquares(UnsafeBufferPointer(rebasing: entries[$0 * total..<($0 + 1) * total])) }
    }
  }
}

/// Copies the columns of `block` over those of `matrix` from column `first` on.
private func write<Scalar: LAPACKScalar>(
  _ block: Matrix<Scalar>, to matrix: inout Matrix<Scalar>, at first: Int
) {
  let rows = matrix.rows
  block.withEntries { source in
    matrix.withMutableEntries { target in
      guard let from = source.baseAddress, let to = target.baseAddress else { return }
      (to + first * rows).update(from: from, count: source.count)
    }
  }
}

/// ‖a − b·c‖_F² in f64.
private func squaredNorm<Scalar: LAPACKScalar>(
  _ a: Matrix<Scalar>, minus b: Matrix<Scalar>, times c: Matrix<Scalar>
) -> Double {
  var difference = a
  difference.withMutableBlock(columns: 0..<a.columns) { target in
    b.withBlock(columns: b.columns) { left in
      c.withBlock(columns: c.columns) { multiplyAdd(left, $0, into: target, alpha: -1, beta: 1) }
    }
  }
  return difference.withEntries { sumOfSquares($0) }
}
