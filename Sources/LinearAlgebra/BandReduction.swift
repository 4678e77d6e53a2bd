/// Turns a dense matrix into an upper band matrix with the same singular values: the first stage of the two.
///
/// Panels are made triangular from the left (QR) and from the right (LQ) in turn, and both block reflections reach the
/// rest of the matrix in one product: with Q = I − V T Vᵀ from the left and P = I − Y S Yᵀ from the right,
/// QᵀA P = A − [V Z]·[W Y]ᵀ, where Wᵀ = TᵀVᵀA and Z = (A Y − V WᵀY) S. All but the panels is gemm: 8/3·n³ flops for n × n.
///
/// Source: Großer & Lang, Parallel Comput. 25 (1999), 969–986.
package enum BandReduction<Scalar: LAPACKScalar> {
  /// Reduces `a` (m × n, m ≥ n) in place to upper band form.
  ///
  /// - Parameters:
  ///   - a: becomes the band in its diagonal and `bandwidth` superdiagonals; what lies elsewhere means nothing.
  ///   - bandwidth: w, the width of the panels.
  ///   - control: asked between panels.
  /// - Complexity: 4(m − n/3)n² flops; 4w(m + n) scalars of scratch.
  package static func reduce(
    _ a: Block<Scalar>, bandwidth: Int, control: WorkControl
  ) throws(BandReductionError) {
    let (m, n) = (a.shape.rows, a.shape.columns)
    precondition(m >= n && bandwidth > 0, "a tall matrix and a band")
    guard let start = a.start, n > 0 else { return }
    var left = PanelQR<Scalar>(rows: m, width: bandwidth)
    var right = PanelQR<Scalar>(rows: n, width: bandwidth)
    var scratch = Scratch<Scalar>(rows: m, columns: n, bandwidth: bandwidth)
    for k in stride(from: 0, to: n, by: bandwidth) {
      do { try control.step(reducedShare(k, of: n)) } catch { throw .cancelled }
      let width = min(bandwidth, n - k)
      do {
        let panel = Block(start + k + k * a.stride, Shape(m - k, width), stride: a.stride)
        let count = try left.factor(panel)
        let rest = n - k - width
        guard rest > 0 else { continue }
        let trailing = Block(start + k + (k + width) * a.stride, Shape(m - k, rest), stride: a.stride)
        try reduceRows(trailing, width: width, count: count, left, &right, &scratch)
      } catch {
        throw .lapack(error)
      }
    }
  }

  /// Applies the reflection `left` (of `count` vectors) to `trailing`, makes its first `width` rows lower triangular from
  /// the right, and applies both reflections to the rows below.
  private static func reduceRows(
    _ trailing: Block<Scalar>, width: Int, count: Int, _ left: borrowing PanelQR<Scalar>,
    _ right: inout PanelQR<Scalar>, _ scratch: inout Scratch<Scalar>
  ) throws(LAPACKError) {
    guard let start = trailing.start else { return }
    let (m, n) = (trailing.shape.rows, trailing.shape.columns)
    let v = Block(left.vectors, Shape(m, count), stride: m)
    // W = AᵀV T, n × count.
    let w = Block(scratch.right, Shape(n, count), stride: n)
    multiplyAdd(trailing, transposeA: true, v, into: w, beta: 0)
    multiplyFromRight(w, byUpper: left.triangle, stride: left.width)
    // The first rows, transposed, so that their LQ is a QR.
    let rows = Block(start, Shape(width, n), stride: trailing.stride)
    multiplyAdd(Block(v.start, Shape(width, count), stride: m), w, transposeB: true, into: rows, alpha: -1, beta: 1)
    let panel = Block(scratch.panel, Shape(n, width), stride: n)
    transpose(rows, into: panel)
    let reflections = try right.factor(panel)
    writeLowerTriangle(of: panel, count: reflections, into: rows)

    let below = m - width
    guard below > 0 else { return }
    let lower = Block(start + width, Shape(below, n), stride: trailing.stride)
    let belowV = Block(left.vectors + width, Shape(below, count), stride: m)
    let y = Block(right.vectors, Shape(n, reflections), stride: n)
    // Z = (A Y − V WᵀY) S, below × reflections.
    let z = Block(scratch.left + below * count, Shape(below, reflections), stride: below)
    multiplyAdd(lower, y, into: z, beta: 0)
    let wy = Block(scratch.small, Shape(count, reflections), stride: count)
    multiplyAdd(w, transposeA: true, y, into: wy, beta: 0)
    multiplyAdd(belowV, wy, into: z, alpha: -1, beta: 1)
    multiplyFromRight(z, byUpper: right.triangle, stride: right.width)
    // A ← A − [V Z]·[W Y]ᵀ.
    copyColumns(belowV, to: scratch.left)
    copyColumns(y, to: scratch.right + n * count)
    let both = count + reflections
    multiplyAdd(
      Block(scratch.left, Shape(below, both), stride: below), Block(scratch.right, Shape(n, both), stride: n),
      transposeB: true, into: lower, alpha: -1, beta: 1)
  }
}

/// The share of the work that the first `done` of `count` columns are.
private func reducedShare(_ done: Int, of count: Int) -> Double {
  let left = Double(count - done) / Double(count)
  return 1 - left * left * left
}

/// Why a reduction ended early.
package enum BandReductionError: Error, Hashable {
  case cancelled
  case lapack(LAPACKError)
}

/// What one panel after the other is worked out in.
private struct Scratch<Scalar: LAPACKScalar>: ~Copyable {
  /// [V Z], [W Y] and a transposed row panel.
  let left: UnsafeMutablePointer<Scalar>
  let right: UnsafeMutablePointer<Scalar>
  let panel: UnsafeMutablePointer<Scalar>
  /// WᵀY.
  let small: UnsafeMutablePointer<Scalar>

  init(rows: Int, columns: Int, bandwidth: Int) {
    left = .allocate(capacity: 2 * rows * bandwidth)
    right = .allocate(capacity: 2 * columns * bandwidth)
    panel = .allocate(capacity: columns * bandwidth)
    small = .allocate(capacity: bandwidth * bandwidth)
  }

  deinit {
    left.deallocate()
    right.deallocate()
    panel.deallocate()
    small.deallocate()
  }
}

/// target = sourceᵀ.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func transpose<Scalar: LAPACKScalar>(_ source: Block<Scalar>, into target: Block<Scalar>) {
  guard let from = source.start, let to = target.start else { return }
  for j in 0..<source.shape.columns {
    let column = from + j * source.stride
    for i in 0..<source.shape.rows { to[j + i * target.stride] = column[i] }
  }
}

/// The lower trapezoid Rᵀ of a factored `panel` of `count` reflections, to the first columns of `rows`.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func writeLowerTriangle<Scalar: LAPACKScalar>(of panel: Block<Scalar>, count: Int, into rows: Block<Scalar>) {
  guard let from = panel.start, let to = rows.start else { return }
  for i in 0..<rows.shape.rows {
    for j in 0..<min(count, i + 1) { to[i + j * rows.stride] = from[j + i * panel.stride] }
  }
}

/// Copies a block's columns one after the other.
private func copyColumns<Scalar: LAPACKScalar>(_ source: Block<Scalar>, to target: UnsafeMutablePointer<Scalar>) {
  guard let from = source.start else { return }
  for j in 0..<source.shape.columns {
    (target + j * source.shape.rows).update(from: from + j * source.stride, count: source.shape.rows)
  }
}
