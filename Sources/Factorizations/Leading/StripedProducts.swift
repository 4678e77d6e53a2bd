import LinearAlgebra

/// Two products with one large matrix A and a thin block, in one pass over A: X = Aᵀ·W and then Y = Y + α·A·X, stripe by
/// stripe, so that each stripe is read from memory once and is still in cache for the second product.
///
/// With Y = W and α = −1 and orthonormal columns in A that is Gram and Schmidt's projection, a stripe at a time.
struct StripedProducts<Scalar: RealScalar> {
  /// A or Aᵀ, as it lies: the rows of A are those of W.
  let stored: Block<Scalar>
  /// Whether `stored` is Aᵀ.
  let isTransposed: Bool

  /// Rows of a tile: four kilobytes of a column in f32.
  private static var tileRows: Int { 1024 }
  /// Up to this many multiplications, and this many entries of Aᵀ·W, gemm multiplies without packing its operands first.
  /// For thin blocks the packing takes longer than the products: 24 ms against 13 at 4096² with 16 columns in f32.
  private static var tileProducts: Int { 1_000_000 }
  private static var tileImages: Int { 960 }

  /// X ← AᵀW, Y ← Y + α·A·X.
  ///
  /// - Parameters:
  ///   - w: the block W, as many rows as A.
  ///   - x: X, a row for each column of A.
  ///   - y: Y, of W's shape; may be W itself.
  ///   - check: called between tiles.
  func callAsFunction<Failure: Error>(
    _ w: Block<Scalar>, image x: Block<Scalar>, addingTo y: Block<Scalar>, alpha: Scalar = 1,
    check: () throws(Failure) -> Void
  ) throws(Failure) {
    let columns = max(1, w.shape.columns)
    let rows = max(1, min(stored.shape.rows, Self.tileRows))
    let width = max(8, min(Self.tileProducts / (rows * columns), Self.tileImages / columns) & ~7)
    let (long, short) = (x.shape.rows, w.shape.rows)
    let (stripe, inner) = isTransposed ? (rows, width) : (width, rows)
    for start in stride(from: 0, to: long, by: stripe) {
      try check()
      let outer = start..<min(start + stripe, long)
      for first in stride(from: 0, to: short, by: inner) {
        let part = first..<min(first + inner, short)
        multiplyAdd(
          tile(outer, part), transposeA: !isTransposed, w.rows(part), into: x.rows(outer), beta: first == 0 ? 0 : 1)
      }
      for first in stride(from: 0, to: short, by: inner) {
        let part = first..<min(first + inner, short)
        multiplyAdd(
          tile(outer, part), transposeA: isTransposed, x.rows(outer), into: y.rows(part), alpha: alpha, beta: 1)
      }
    }
  }

  /// The stored tile of some columns and some rows of A.
  private func tile(_ columns: Range<Int>, _ rows: Range<Int>) -> Block<Scalar> {
    let (first, second) = isTransposed ? (columns, rows) : (rows, columns)
    return Block(
      stored.start.map { $0 + first.lowerBound + second.lowerBound * stored.stride },
      Shape(first.count, second.count), stride: stored.stride)
  }
}

extension Block {
  /// Some of its rows.
  fileprivate func rows(_ range: Range<Int>) -> Block {
    Block(start.map { $0 + range.lowerBound }, Shape(range.count, shape.columns), stride: stride)
  }
}

extension Matrix {
  /// Lends the first `count` columns as a block, to be read.
  func withBlock<Result, Failure: Error>(
    columns count: Int, _ body: (Block<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withEntries { (entries) throws(Failure) in
      try body(
        Block(UnsafeMutablePointer(mutating: entries.baseAddress), Shape(rows, count), stride: max(1, rows)))
    }
  }

  /// Lends the columns `range` as a block, to be written.
  mutating func withMutableBlock<Result, Failure: Error>(
    columns range: Range<Int>, _ body: (Block<Scalar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let rows = rows
    return try withMutableEntries { (entries) throws(Failure) in
      try body(
        Block(
          entries.baseAddress.map { $0 + range.lowerBound * rows }, Shape(rows, range.count), stride: max(1, rows)))
    }
  }

  /// VᵀV of the first `count` columns V; only the lower triangle is computed, the upper one is zero or half computed.
  ///
  /// - Parameter check: called between blocks of columns.
  func gram<Failure: Error>(columns count: Int, check: () throws(Failure) -> Void) throws(Failure) -> Matrix {
    let width = 64
    return try Matrix(Shape(count, count)) { (target) throws(Failure) in
      try withBlock(columns: count) { (all) throws(Failure) in
        for first in Swift.stride(from: 0, to: count, by: width) {
          try check()
          let (columns, below) = (min(width, count - first), count - first)
          let tail = Block(all.start.map { $0 + first * all.stride }, Shape(rows, below), stride: all.stride)
          let head = Block(tail.start, Shape(rows, columns), stride: all.stride)
          multiplyAdd(
            tail, transposeA: true, head,
            into: Block(target.baseAddress.map { $0 + first * (count + 1) }, Shape(below, columns), stride: count))
        }
      }
    }
  }
}
