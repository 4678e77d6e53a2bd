import COpenBLAS

/// A LAPACK routine reported failure, or its work space cannot be addressed.
package enum LAPACKError: Error, Hashable, CustomStringConvertible {
  /// The iteration did not converge (`info` > 0).
  case didNotConverge(routine: String, info: Int)
  /// An argument was refused (`info` < 0): a fault of this program.
  case illegalArgument(routine: String, info: Int)
  /// A side or the work space exceeds what 32-bit LAPACK can address.
  case tooLarge(Shape)

  package var description: String {
    switch self {
    case .didNotConverge(let routine, let info):
      "\(routine) did not converge (info \(info)); scale the matrix or look for extreme entries"
    case .illegalArgument(let routine, let info): "\(routine) refused argument \(-info); please report this"
    case .tooLarge(let shape):
      "a \(shape) matrix is beyond 32-bit LAPACK (a side or the work space reaches 2³¹); take a block of it"
    }
  }
}

/// LAPACK's divide-and-conquer SVD, xGESDD.
///
/// Source: Gu & Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995), 172–191; LAPACK Users' Guide.
package enum DivideAndConquer<Scalar: RealScalar> {
  /// The singular values alone (JOBZ = 'N'), non-increasing.
  ///
  /// `a` is consumed: gesdd destroys its input. Every entry must be finite.
  package static func singularValues(_ a: consuming Matrix<Scalar>) throws(LAPACKError) -> [Scalar] {
    let shape = a.shape
    guard shape.shortSide > 0 else { return [] }
    let work = try WorkSpace<Scalar>(valuesOf: shape)
    defer { work.deallocate() }
    var values = [Scalar](repeating: 0, count: shape.shortSide)
    var unused = Scalar.zero
    var unusedToo = Scalar.zero
    let info = a.withMutableEntries { entries -> Int32 in
      guard let start = entries.baseAddress else { return 0 }
      return Scalar.gesdd(
        CChar(UInt8(ascii: "N")), Int32(shape.rows), Int32(shape.columns), start, Int32(shape.rows), &values, &unused,
        1,
        &unusedToo, 1, work.scalars, work.count, work.integers)
    }
    try check(info)
    return values
  }

  /// The thin SVD (JOBZ = 'S'): U is m × p, Vᵀ is p × n, p = min(m, n).
  package static func thinSVD(
    _ a: consuming Matrix<Scalar>
  ) throws(LAPACKError) -> (u: Matrix<Scalar>, values: [Scalar], vt: Matrix<Scalar>) {
    let shape = a.shape
    let p = shape.shortSide
    var u = Matrix<Scalar>(zeros: Shape(shape.rows, p))
    var vt = Matrix<Scalar>(zeros: Shape(p, shape.columns))
    guard p > 0 else { return (u, [], vt) }
    let work = try WorkSpace<Scalar>(thinSVDOf: shape)
    defer { work.deallocate() }
    var values = [Scalar](repeating: 0, count: p)
    let info = a.withMutableEntries { entries -> Int32 in
      u.withMutableEntries { left in
        vt.withMutableEntries { right in
          guard let start = entries.baseAddress, let l = left.baseAddress, let r = right.baseAddress else { return 0 }
          return Scalar.gesdd(
            CChar(UInt8(ascii: "S")), Int32(shape.rows), Int32(shape.columns), start, Int32(shape.rows), &values, l,
            Int32(shape.rows), r, Int32(p), work.scalars, work.count, work.integers)
        }
      }
    }
    try check(info)
    return (u, values, vt)
  }

  /// The bytes of work space that a call needs beside its arguments, computed in 64 bits.
  package static func workSpaceBytes(_ shape: Shape, vectors: Bool) -> Int {
    let count = vectors ? WorkSpace<Scalar>.thinSVDCount(shape) : WorkSpace<Scalar>.valuesCount(shape)
    return count * MemoryLayout<Scalar>.stride + 8 * shape.shortSide * MemoryLayout<Int32>.stride
  }

  /// Whether 32-bit LAPACK can address a matrix of `shape` and the work space it needs.
  package static func canAddress(_ shape: Shape, vectors: Bool) -> Bool {
    // Checked first, so that the sums below stay within 64 bits.
    guard Int32(exactly: shape.longSide) != nil, shape.shortSide < 1 << 28 else { return false }
    let count = vectors ? WorkSpace<Scalar>.thinSVDCount(shape) : WorkSpace<Scalar>.valuesCount(shape)
    return Int32(exactly: count) != nil
  }

  private static func check(_ info: Int32) throws(LAPACKError) {
    let routine = Scalar.precisionName == Float.precisionName ? "sgesdd" : "dgesdd"
    if info > 0 { throw .didNotConverge(routine: routine, info: Int(info)) }
    if info < 0 { throw .illegalArgument(routine: routine, info: Int(info)) }
  }
}

/// gesdd's scratch memory: the documented minimum plus room for blocked steps. LAPACK's own work-space query answers in
/// the scalar type and in 32 bits, so it overflows for large sides; these sums do not.
private struct WorkSpace<Scalar: RealScalar> {
  let scalars: UnsafeMutablePointer<Scalar>
  let count: Int32
  let integers: UnsafeMutablePointer<Int32>

  init(valuesOf shape: Shape) throws(LAPACKError) { try self.init(Self.valuesCount(shape), shape) }
  init(thinSVDOf shape: Shape) throws(LAPACKError) { try self.init(Self.thinSVDCount(shape), shape) }

  private init(_ wanted: Int, _ shape: Shape) throws(LAPACKError) {
    guard let count = Int32(exactly: wanted), Int32(exactly: shape.longSide) != nil else { throw .tooLarge(shape) }
    self.count = count
    scalars = .allocate(capacity: wanted)
    integers = .allocate(capacity: 8 * shape.shortSide)
  }

  func deallocate() {
    scalars.deallocate()
    integers.deallocate()
  }

  /// LAPACK 3.11, JOBZ = 'N': 3p + max(N, 7p), plus a block of 64 columns.
  static func valuesCount(_ shape: Shape) -> Int {
    let (p, n) = (shape.shortSide, shape.longSide)
    return 3 * p + max(n, 7 * p) + 64 * (p + n)
  }

  /// LAPACK 3.11, JOBZ = 'S': 4p² + 7p, and p² + 3p + the work of bdsdc when one side is much longer; plus blocks.
  static func thinSVDCount(_ shape: Shape) -> Int {
    let (p, n) = (shape.shortSide, shape.longSide)
    return 5 * p * p + 10 * p + 64 * (p + n)
  }
}
