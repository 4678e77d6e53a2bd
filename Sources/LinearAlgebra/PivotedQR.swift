import COpenBLAS

/// The order in which a QR factorization with column pivoting takes the columns of a matrix: each time the one that is
/// furthest from the span of those before it.
///
/// Source: Businger & Golub, Numer. Math. 7 (1965), 269–276.
package enum PivotedQR {
  /// All columns of `a` in the order of their pivots (LAPACK's dgeqp3), and |r₁₁| ≥ |r₂₂| ≥ …, one a column of the short
  /// side; `a` is consumed.
  ///
  /// - Throws: ``LAPACKError/tooLarge(_:)`` when a side reaches 2³¹.
  /// - Complexity: 2mnp − 2(m + n)p²/2 + … ≈ 4/3·p³ flops for a square matrix, half of them products with vectors; one call
  ///   that cannot be interrupted.
  package static func order(of a: consuming Matrix<Double>) throws(LAPACKError) -> (columns: [Int], diagonal: [Double])
  {
    let (shape, n) = (a.shape, a.columns)
    guard shape.shortSide > 0 else { return (Array(0..<n), []) }
    let count = 2 * n + 65 * (n + 1)
    guard let rows = Int32(exactly: shape.rows), let columns = Int32(exactly: n), let size = Int32(exactly: count)
    else {
      throw .tooLarge(shape)
    }
    var pivots = [Int32](repeating: 0, count: n)
    var tau = [Double](repeating: 0, count: shape.shortSide)
    var work = [Double](repeating: 0, count: count)
    let info = a.withMutableEntries { entries in
      LAPACKE_dgeqp3_work(
        LAPACK_COL_MAJOR, rows, columns, entries.baseAddress, rows, &pivots, &tau, &work, size)
    }
    if info != 0 { throw .illegalArgument(routine: "dgeqp3", info: Int(info)) }
    let factored = a
    return (pivots.map { Int($0) - 1 }, (0..<shape.shortSide).map { abs(factored[$0, $0]) })
  }
}

/// The first pivots of a matrix, one after the other: what they have been told so far is kept, A is left as it is.
///
/// Each step makes the new column orthogonal to those before it, twice, and takes its component away from the norms of all
/// others; a norm that has lost half of its digits is measured again, as LAPACK does.
///
/// Sources: Businger & Golub 1965; Drmač & Bujanović, ACM Trans. Math. Softw. 35 (2008), 12 (when norms are measured again).
package struct LeadingPivots: Sendable {
  /// The columns taken, in order.
  package private(set) var columns: [Int] = []
  /// Their distances from the span of those before: |r₁₁| ≥ |r₂₂| ≥ …, up to rounding.
  package private(set) var distances: [Double] = []

  private let stored: Matrix<Double>
  private let isTransposed: Bool
  private let shape: Shape
  private let floor: Double
  /// Q, m × limit; the first columns count.
  private var basis: Matrix<Double>
  /// R, n × limit, transposed.
  private var coefficients: Matrix<Double>
  /// What is left of each column's squared norm, and that norm when it was measured last.
  private var remaining: [Double]
  private var measured: [Double]

  /// Nothing is taken yet of `a`, which is A or Aᵀ; all entries are finite, their squares in range.
  ///
  /// - Parameters:
  ///   - limit: the most columns that will be asked for.
  ///   - floor: relative to the first, the distance below which a column is rounding.
  package init(of a: Matrix<Double>, isTransposed: Bool, limit: Int, floor: Double) {
    stored = a
    self.isTransposed = isTransposed
    shape = isTransposed ? a.shape.transposed : a.shape
    self.floor = floor
    let limit = min(limit, shape.shortSide)
    basis = Matrix(zeros: Shape(shape.rows, limit))
    coefficients = Matrix(zeros: Shape(shape.columns, limit))
    remaining = squaredNorms(of: a, areRows: isTransposed)
    measured = remaining
  }

  /// Takes columns until there are `count`, or the rest is rounding.
  ///
  /// - Throws: ``Cancelled`` when `control` says so, asked before every column.
  /// - Complexity: 2mn + O((m + n)k) flops a column, a pass over A.
  package mutating func extend(to count: Int, control: WorkControl) throws(Cancelled) {
    let count = min(count, basis.columns)
    while columns.count < count {
      try control.step(Double(columns.count) / Double(count))
      guard let next = remaining.indices.max(by: { remaining[$0] < remaining[$1] }), remaining[next] > 0 else { return }
      if !take(next) { return }
    }
  }

  /// Makes `column` the next one; false when it is rounding.
  private mutating func take(_ column: Int) -> Bool {
    let (m, n, taken) = (shape.rows, shape.columns, columns.count)
    var vector = (0..<m).map { isTransposed ? stored[column, $0] : stored[$0, column] }
    for _ in 0..<2 { orthogonalize(&vector, taken) }
    let distance = norm(vector)
    guard distance > floor * (distances.first ?? 0), distance > 0 else { return false }
    for index in vector.indices { vector[index] /= distance }
    basis.withMutableEntries { q in
      for i in 0..<m { q[i + taken * m] = vector[i] }
    }
    // r = Aᵀq.
    coefficients.withMutableEntries { r in
      stored.withEntries { a in
        basis.withEntries { q in
          multiplyAdd(
            Block(UnsafeMutablePointer(mutating: a.baseAddress), stored.shape, stride: stored.rows),
            transposeA: !isTransposed,
            Block(q.baseAddress.map { UnsafeMutablePointer(mutating: $0 + taken * m) }, Shape(m, 1), stride: m),
            into: Block(r.baseAddress.map { $0 + taken * n }, Shape(n, 1), stride: n))
        }
      }
    }
    columns.append(column)
    distances.append(distance)
    var lost: [Int] = []
    coefficients.withEntries { r in
      for j in 0..<n where measured[j] > 0 {
        remaining[j] = max(0, remaining[j] - r[j + taken * n] * r[j + taken * n])
        if remaining[j] <= 1.5e-8 * measured[j] { lost.append(j) }
      }
    }
    remaining[column] = 0
    measured[column] = 0
    for j in lost where measured[j] > 0 { measure(j) }
    return true
  }

  /// Measures what is left of a column.
  private mutating func measure(_ column: Int) {
    var vector = (0..<shape.rows).map { isTransposed ? stored[column, $0] : stored[$0, column] }
    orthogonalize(&vector, columns.count)
    let length = norm(vector)
    remaining[column] = length * length
    measured[column] = remaining[column]
  }

  /// x ← x − Q(Qᵀx), with the first `count` columns of Q.
  private func orthogonalize(_ vector: inout [Double], _ count: Int) {
    guard count > 0 else { return }
    let m = shape.rows
    var products = [Double](repeating: 0, count: count)
    basis.withEntries { q in
      let block = Block(UnsafeMutablePointer(mutating: q.baseAddress), Shape(m, count), stride: m)
      vector.withUnsafeMutableBufferPointer { x in
        products.withUnsafeMutableBufferPointer { h in
          let (x, h) = (
            Block(x.baseAddress, Shape(m, 1), stride: m), Block(h.baseAddress, Shape(count, 1), stride: count)
          )
          multiplyAdd(block, transposeA: true, x, into: h)
          multiplyAdd(block, h, into: x, alpha: -1, beta: 1)
        }
      }
    }
  }
}

/// ‖x‖₂.
private func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

/// The squared norms of the columns of `a`, or of its rows.
private func squaredNorms(of a: Matrix<Double>, areRows: Bool) -> [Double] {
  var sums = [Double](repeating: 0, count: areRows ? a.rows : a.columns)
  a.withEntries { entries in
    for j in 0..<a.columns {
      for i in 0..<a.rows {
        let value = entries[i + j * a.rows]
        sums[areRows ? i : j] += value * value
      }
    }
  }
  return sums
}
