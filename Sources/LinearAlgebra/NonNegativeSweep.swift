/// One pass of coordinate descent over neighbouring columns of a non-negative factor W: column l becomes
/// max(0, w_l + d_l / g_ll), where D = P − W·G is minus the gradient, and D follows.
///
/// The rows are independent of each other and are taken some hundreds at a time, so that they stay in the cache.
///
/// - Parameters:
///   - w: the columns, m × b; entries are never negative afterwards.
///   - d: those columns of D, m × b; of W before. It is left as it came out.
///   - gram: G's block of these columns, b × b. A column with g_ll = 0 stays.
///
/// Source: Gillis & Glineur, Neural Computation 24 (2012), 1085–1105, § 2 (HALS).
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
package func sweepNonNegative<Scalar: RealScalar>(_ w: Block<Scalar>, descent d: Block<Scalar>, gram: [Scalar]) {
  let (rows, count) = (w.shape.rows, w.shape.columns)
  precondition(d.shape == w.shape && gram.count == count * count, "the blocks must fit")
  guard let factor = w.start, let descent = d.start else { return }
  let tile = 512
  withUnsafeTemporaryAllocation(of: Scalar.self, capacity: tile) { change in
    for first in stride(from: 0, to: rows, by: tile) {
      let length = min(tile, rows - first)
      for l in 0..<count where gram[l + l * count] > 0 {
        let inverse = 1 / gram[l + l * count]
        let (x, y) = (factor + first + l * w.stride, descent + first + l * d.stride)
        for i in 0..<length {
          let step = y[i] * inverse
          let least = -x[i]
          change[i] = step < least ? least : step
        }
        for i in 0..<length { x[i] += change[i] }
        for next in l + 1..<max(l + 1, count) {
          let weight = gram[next + l * count]
          let z = descent + first + next * d.stride
          for i in 0..<length { z[i] -= change[i] * weight }
        }
      }
    }
  }
}
