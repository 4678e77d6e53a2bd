import LinearAlgebra

/// Columns of a matrix that the others are combinations of, nearly, and how they are chosen.
enum Skeleton {
  /// What no coefficient of an interpolative decomposition exceeds.
  static let coefficientLimit = 2.0

  /// At most `count` columns of A, which is `stored` or its transpose: the pivots of a QR factorization, then exchanged
  /// until no coefficient of the others exceeds ``coefficientLimit``. Fewer where A's numerical rank is lower.
  ///
  /// Each exchange multiplies the volume of the columns by more than the limit, so that they come to an end; most matrices
  /// need none.
  ///
  /// - Parameter floor: relative to the first, the distance below which a column is rounding.
  /// - Complexity: 2mnk flops and for every exchange as many again.
  ///
  /// Sources: Businger & Golub, Numer. Math. 7 (1965); Gu & Eisenstat, SIAM J. Sci. Comput. 17 (1996), 848–869.
  static func columns(
    of stored: Matrix<Double>, isTransposed: Bool, count: Int, floor: Double, control: WorkControl
  ) throws(FactorizationError) -> ColumnSkeleton {
    var columns = try pivots(of: stored, isTransposed, count, floor, control.part(0..<0.6))
    var skeleton = try ColumnSkeleton(columns, of: stored, isTransposed: isTransposed)
    while let exchange = skeleton.exchange(beyond: coefficientLimit) {
      try control.advance(0.6)
      columns[exchange.position] = exchange.column
      skeleton = try ColumnSkeleton(columns, of: stored, isTransposed: isTransposed)
      skeleton.exchanges += 1
    }
    try control.advance(1)
    return skeleton
  }

  /// The pivots, one at a time while they are few. LAPACK's blocked factorization takes them all sooner than half of them,
  /// but cannot be cut short or cancelled: it is left the matrices of less than a second.
  private static func pivots(
    of stored: Matrix<Double>, _ isTransposed: Bool, _ count: Int, _ floor: Double, _ control: WorkControl
  ) throws(FactorizationError) -> [Int] {
    if 2 * count <= stored.shape.shortSide || stored.shape.count > 1 << 20 {
      var leading = LeadingPivots(of: stored, isTransposed: isTransposed, limit: count, floor: floor)
      do { try leading.extend(to: count, control: control) } catch { throw .cancelled }
      return leading.columns
    }
    try control.advance(0)
    do {
      let (columns, distances) = try PivotedQR.order(of: isTransposed ? stored.transposed() : stored)
      let first = distances.first ?? 0
      let rank = distances.prefix { $0 > floor * first && $0 > 0 }.count
      return Array(columns.prefix(min(rank, count)))
    } catch {
      throw .lapack(error)
    }
  }
}

/// Chosen columns C of A as C = QR, and A in the coordinates of Q.
struct ColumnSkeleton {
  /// The columns, from 0.
  let columns: [Int]
  /// Q, m × k.
  let basis: Matrix<Double>
  /// R, k × k.
  let triangle: Matrix<Double>
  /// QᵀA, k × n.
  let coordinates: Matrix<Double>
  /// C⁺A = R⁻¹QᵀA, k × n: a column that was chosen is a unit vector.
  let coefficients: Matrix<Double>
  /// How many of the pivots were exchanged.
  var exchanges = 0

  /// The skeleton of these columns of A, which is `stored` or its transpose.
  ///
  /// - Complexity: 2mnk + 4mk² + nk² flops.
  init(_ columns: [Int], of stored: Matrix<Double>, isTransposed: Bool) throws(FactorizationError) {
    let chosen =
      isTransposed
      ? stored.selecting(rows: columns, columns: Array(0..<stored.columns)).transposed()
      : stored.selecting(rows: Array(0..<stored.rows), columns: columns)
    do {
      let factored = try ThinQR(chosen)
      triangle = factored.triangle
      basis = try factored.orthonormalColumns()
    } catch {
      throw .lapack(error)
    }
    self.columns = columns
    coordinates = basis.multiplied(by: stored, transposeLeft: true, transposeRight: isTransposed)
    var solved = coordinates
    solved.solve(upper: triangle)
    solved.withMutableEntries { entries in
      for (position, column) in columns.enumerated() {
        for i in columns.indices { entries[i + column * columns.count] = i == position ? 1 : 0 }
      }
    }
    coefficients = solved
  }

  /// The largest coefficient beyond `limit`, as which column to take at which place of the chosen; nil if there is none.
  func exchange(beyond limit: Double) -> (position: Int, column: Int)? {
    let k = columns.count
    var largest = limit
    var found: (position: Int, column: Int)?
    coefficients.withEntries { entries in
      for index in entries.indices where abs(entries[index]) > largest {
        largest = abs(entries[index])
        found = (index % k, index / k)
      }
    }
    return found
  }
}

extension FactorizationInput {
  /// The stored entries in f64, times a power of two where their squares would leave its range.
  func working() -> (stored: Matrix<Double>, scaling: RangeScaling) {
    let scaling = RangeScaling(largestMagnitude: summary.largestMagnitude, worksInFloat: false)
    var stored: Matrix<Double>
    switch matrix.storage {
    case .double(let entries): stored = entries
    case .float(let entries):
      stored = Matrix(entries.shape) { target in
        entries.withEntries { source in
          for index in source.indices { target[index] = Double(source[index]) }
        }
      }
    }
    if scaling != .none { stored.scale(by: scaling.factor) }
    return (stored, scaling)
  }

  /// Relative to the largest column, the distance below which a column of A is rounding.
  var pivotFloor: Double { Double(shape.longSide) * matrix.storage.epsilon }

  /// `matrix` in the precision that A is in.
  func narrowed(_ matrix: Matrix<Double>) -> AnyMatrix {
    self.matrix.storage.isFloat ? .float(LinearAlgebra.narrowed(matrix)) : .double(matrix)
  }
}
