import LinearAlgebra

/// Products with AAᵀ, A taken so that its rows are the short side: p × N.
///
/// A stored p × N is taken as it lies, a stored N × p as its transpose; neither is copied.
struct NormalProduct<Scalar: OrthogonalizingScalar>: Sendable {
  /// The stored entries.
  let stored: Matrix<Scalar>
  /// Whether the stored rows are the long side.
  let isTransposed: Bool

  init(_ stored: Matrix<Scalar>) {
    self.stored = stored
    isTransposed = stored.rows > stored.columns
  }

  /// p.
  var short: Int { stored.shape.shortSide }
  /// N.
  var long: Int { stored.shape.longSide }

  /// The rows of a tile, a kilobyte or four of each column: long enough for BLAS, short enough for the nearest cache.
  private static var tileRows: Int { 1024 }
  /// The multiplications of one tile: so few that gemm need not repack its operands, which would take longer than the
  /// products themselves.
  private static var tileFlops: Int { 1_000_000 }

  /// X = AᵀW and Y = AX for a block W.
  ///
  /// A is read from memory once: each stripe of it that has given its part of X is used for Y while it is in cache.
  ///
  /// - Parameters:
  ///   - w: W, p × b.
  ///   - images: where the N × b entries of X go, columns one after the other.
  /// - Returns: Y, p × b.
  /// - Throws: ``FactorizationError/cancelled`` within about a millisecond of `control`'s word.
  /// - Complexity: 4·p·N·b flops.
  func callAsFunction(
    _ w: Matrix<Scalar>, images: UnsafeMutablePointer<Scalar>?, control: WorkControl
  ) throws(FactorizationError) -> Matrix<Scalar> {
    let b = w.columns
    let rows = min(stored.rows, Self.tileRows)
    let columns = min(stored.columns, max(8, Self.tileFlops / max(1, b * rows) & ~7))
    let tile = Shape(rows, columns)
    let stripe = isTransposed ? tile.rows : tile.columns
    let inner = isTransposed ? tile.columns : tile.rows
    return try Matrix<Scalar>(Shape(short, b)) { (target) throws(FactorizationError) in
      try stored.withEntries { (a) throws(FactorizationError) in
        try w.withEntries { (block) throws(FactorizationError) in
          let factors = Factors(
            a: a.baseAddress, w: block.baseAddress, x: images, y: target.baseAddress, columns: b)
          for start in stride(from: 0, to: long, by: stripe) {
            do { try control.token.check() } catch { throw .cancelled }
            let outer = start..<min(start + stripe, long)
            for first in stride(from: 0, to: short, by: inner) {
              addImage(factors, outer, first..<min(first + inner, short))
            }
            for first in stride(from: 0, to: short, by: inner) {
              addProduct(factors, outer, first..<min(first + inner, short))
            }
          }
        }
      }
    }
  }

  /// Where the four matrices lie.
  private struct Factors {
    let a: UnsafePointer<Scalar>?
    let w: UnsafePointer<Scalar>?
    let x: UnsafeMutablePointer<Scalar>?
    let y: UnsafeMutablePointer<Scalar>?
    let columns: Int
  }

  /// X[long] += A[short, long]ᵀ·W[short], or = for the first part of the short side.
  private func addImage(_ factors: Factors, _ long: Range<Int>, _ short: Range<Int>) {
    multiplyAdd(
      tile(factors.a, long, short), transposeA: !isTransposed,
      part(factors.w.map { UnsafeMutablePointer(mutating: $0) }, short, factors.columns, stride: self.short),
      into: part(factors.x, long, factors.columns, stride: self.long), beta: short.lowerBound == 0 ? 0 : 1)
  }

  /// Y[short] += A[short, long]·X[long].
  private func addProduct(_ factors: Factors, _ long: Range<Int>, _ short: Range<Int>) {
    multiplyAdd(
      tile(factors.a, long, short), transposeA: isTransposed,
      part(factors.x, long, factors.columns, stride: self.long),
      into: part(factors.y, short, factors.columns, stride: self.short), beta: 1)
  }

  /// The stored tile of some of the long and some of the short side.
  private func tile(_ a: UnsafePointer<Scalar>?, _ long: Range<Int>, _ short: Range<Int>) -> Block<Scalar> {
    let (rows, columns) = isTransposed ? (long, short) : (short, long)
    let start = a.map { UnsafeMutablePointer(mutating: $0 + rows.lowerBound + columns.lowerBound * stored.rows) }
    return Block(start, Shape(rows.count, columns.count), stride: stored.rows)
  }

  /// Some rows of a block vector.
  private func part(
    _ start: UnsafeMutablePointer<Scalar>?, _ rows: Range<Int>, _ columns: Int, stride: Int
  ) -> Block<Scalar> {
    Block(start.map { $0 + rows.lowerBound }, Shape(rows.count, columns), stride: stride)
  }
}
