/// ‖A − P_k·Q_kᵀ‖² for every k at once, P_k and Q_k the first k columns: what each further rank-one update leaves of A.
package enum SuccessiveUpdates {
  /// The updates that are made by one product.
  static let blockWidth = 32

  /// The squared Frobenius norms of A, A − p₁q₁ᵀ, A − p₁q₁ᵀ − p₂q₂ᵀ …: K + 1 of them, in A's units squared.
  ///
  /// The updates are made a block at a time. With R what the blocks before have left, those within a block follow from
  /// ‖R − Σ p_i q_iᵀ‖² = ‖R‖² − 2 Σ p_iᵀRq_i + Σ Σ (p_iᵀp_j)(q_iᵀq_j), summed in f64, so that all but the sums are
  /// products of matrices. Where little is left of much, that difference would lose what it is about: the block then ends
  /// early, the updates are made, and the norm is taken of what is there.
  ///
  /// - Parameters:
  ///   - a: A, m × n; consumed.
  ///   - left: P, m × K.
  ///   - right: Q, n × K.
  ///   - control: asked before every block.
  /// - Complexity: 4mnK flops, nearly all of them in products; m × 32 scalars.
  package static func squaredNorms<Scalar: RealScalar>(
    of a: consuming Matrix<Scalar>, left: Matrix<Scalar>, right: Matrix<Scalar>, control: WorkControl = WorkControl()
  ) throws(Cancelled) -> [Double] {
    precondition(left.columns == right.columns, "as many columns in P as in Q")
    precondition(left.rows == a.rows && right.rows == a.columns, "P and Q must fit A")
    var rest = a
    var norms = [rest.withEntries { sumOfSquares($0) }]
    norms.reserveCapacity(left.columns + 1)
    var first = 0
    while first < left.columns {
      try control.step(Double(first) / Double(left.columns))
      let wanted = min(blockWidth, left.columns - first)
      let block = UpdateBlock(rest, left, right, first..<first + wanted)
      let known = block.squaredNorms(from: norms[first])
      // The norm after the last update that is made is taken of what is left, so that no error adds up.
      let made = min(wanted, known.count + 1)
      subtract(left, right, first..<first + made, from: &rest)
      norms += known.prefix(made - 1)
      norms.append(rest.withEntries { sumOfSquares($0) })
      first += made
    }
    return norms
  }

  /// A ← A − P·Qᵀ over the columns in `range`.
  private static func subtract<Scalar: RealScalar>(
    _ left: Matrix<Scalar>, _ right: Matrix<Scalar>, _ range: Range<Int>, from a: inout Matrix<Scalar>
  ) {
    let shape = a.shape
    a.withMutableEntries { entries in
      left.withEntries { p in
        right.withEntries { q in
          multiplyAdd(
            columns(range, of: p, rows: shape.rows), columns(range, of: q, rows: shape.columns), transposeB: true,
            into: Block(entries.baseAddress, shape, stride: shape.rows), alpha: -1, beta: 1)
        }
      }
    }
  }

  /// Some neighbouring columns of a matrix of `rows` rows.
  fileprivate static func columns<Scalar: RealScalar>(
    _ range: Range<Int>, of entries: UnsafeBufferPointer<Scalar>, rows: Int
  ) -> Block<Scalar> {
    let start = UnsafeMutablePointer(mutating: entries.baseAddress.map { $0 + range.lowerBound * rows })
    return Block(start, Shape(rows, range.count), stride: rows)
  }
}

/// The sums that say what the updates of a block leave: p_iᵀRq_i, p_iᵀp_j and q_iᵀq_j.
private struct UpdateBlock<Scalar: RealScalar> {
  private let cross: [Double]
  private let leftProducts: Matrix<Scalar>
  private let rightProducts: Matrix<Scalar>

  init(_ rest: Matrix<Scalar>, _ left: Matrix<Scalar>, _ right: Matrix<Scalar>, _ range: Range<Int>) {
    let count = range.count
    let shape = rest.shape
    func gram(_ matrix: Matrix<Scalar>) -> Matrix<Scalar> {
      Matrix(Shape(count, count)) { target in
        matrix.withEntries { entries in
          let block = SuccessiveUpdates.columns(range, of: entries, rows: matrix.rows)
          multiplyAdd(
            block, transposeA: true, block, into: Block(target.baseAddress, Shape(count, count), stride: count))
        }
      }
    }
    leftProducts = gram(left)
    rightProducts = gram(right)
    let image = Matrix<Scalar>(Shape(shape.rows, count)) { target in
      rest.withEntries { r in
        right.withEntries { q in
          multiplyAdd(
            Block(UnsafeMutablePointer(mutating: r.baseAddress), shape, stride: shape.rows),
            SuccessiveUpdates.columns(range, of: q, rows: shape.columns),
            into: Block(target.baseAddress, Shape(shape.rows, count), stride: shape.rows))
        }
      }
    }
    cross = image.withEntries { image in
      left.withEntries { p in
        (0..<count).map { column in
          columnProduct(p, at: (range.lowerBound + column) * shape.rows, image, at: column * shape.rows, shape.rows)
        }
      }
    }
  }

  /// ‖R − Σ_{i≤k} p_i q_iᵀ‖² for k = 1, 2 …, as far as the sums tell it to many digits.
  func squaredNorms(from start: Double) -> [Double] {
    // Rounding is a small multiple of eps times the square of all lengths together.
    let tolerance = Scalar.epsilon < 1e-10 ? 1e-6 : 1e-2
    var norms: [Double] = []
    var norm = start
    var length = start.squareRoot()
    for k in cross.indices {
      let own = Double(leftProducts[k, k]) * Double(rightProducts[k, k])
      norm += own - 2 * cross[k]
      for i in 0..<k { norm += 2 * Double(leftProducts[i, k]) * Double(rightProducts[i, k]) }
      length += max(0, own).squareRoot()
      guard norm > tolerance * length * length else { return norms }
      norms.append(norm)
    }
    return norms
  }
}

/// xᵀy of two columns of `count` entries, summed in f64.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func columnProduct<Scalar: RealScalar>(
  _ x: UnsafeBufferPointer<Scalar>, at xStart: Int, _ y: UnsafeBufferPointer<Scalar>, at yStart: Int, _ count: Int
) -> Double {
  var lanes = SIMD8<Double>.zero
  let whole = count & ~7
  for start in stride(from: 0, to: whole, by: 8) {
    var a = SIMD8<Double>.zero
    var b = SIMD8<Double>.zero
    for lane in 0..<8 {
      a[lane] = Double(x[xStart + start + lane])
      b[lane] = Double(y[yStart + start + lane])
    }
    lanes += a * b
  }
  var sum = lanes.sum()
  for index in whole..<count { sum += Double(x[xStart + index]) * Double(y[yStart + index]) }
  return sum
}
