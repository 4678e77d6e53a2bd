import Experiments
import LinearAlgebra
import Testing

@Suite("Norms after each of many rank-one updates")
struct SuccessiveUpdateTests {
  /// The same by definition, one update after the other.
  private func oneByOne(_ a: Matrix<Double>, _ p: Matrix<Double>, _ q: Matrix<Double>) -> [Double] {
    (0...p.columns).map { k in
      var sum = 0.0
      for i in 0..<a.rows {
        for j in 0..<a.columns {
          var rest = a[i, j]
          for c in 0..<k { rest -= p[i, c] * q[j, c] }
          sum += rest * rest
        }
      }
      return sum
    }
  }

  @Test("are those of the definition, through several blocks of updates")
  func definition() throws {
    let a = Matrix<Double>.gaussian(Shape(19, 23), seed: 1)
    let p = Matrix<Double>.gaussian(Shape(19, 75), seed: 2)
    let q = Matrix<Double>.gaussian(Shape(23, 75), seed: 3)
    let norms = try SuccessiveUpdates.squaredNorms(of: a, left: p, right: q)
    let expected = oneByOne(a, p, q)
    #expect(norms.count == 76)
    for (found, truth) in zip(norms, expected) { #expect(abs(found - truth) <= 1e-9 * truth) }
    let inFloat = try SuccessiveUpdates.squaredNorms(of: a.rounded, left: p.rounded, right: q.rounded)
    for (found, truth) in zip(inFloat, expected) { #expect(abs(found - truth) <= 1e-3 * truth) }
  }

  @Test("are right where next to nothing is left, and after that")
  func cancellation() throws {
    let p = Matrix<Double>.gaussian(Shape(40, 60), seed: 4)
    let q = Matrix<Double>.gaussian(Shape(30, 60), seed: 5)
    // The first five updates take all of it; the others put something else there.
    let a = p.leadingColumns(5).multiplied(by: q.leadingColumns(5), transposeRight: true)
    let norms = try SuccessiveUpdates.squaredNorms(of: a, left: p, right: q)
    let expected = oneByOne(a, p, q)
    #expect(norms[5] < 1e-26 * norms[0])
    for k in norms.indices where k != 5 { #expect(abs(norms[k] - expected[k]) <= 1e-9 * expected[k]) }
    let inFloat = try SuccessiveUpdates.squaredNorms(of: a.rounded, left: p.rounded, right: q.rounded)
    #expect(inFloat[5] < 1e-11 * inFloat[0])
    for k in norms.indices where k != 5 { #expect(abs(inFloat[k] - expected[k]) <= 1e-3 * expected[k]) }
  }

  @Test("of no update are the norm itself")
  func none() throws {
    let a = Matrix<Double>(rows: [[3, 0], [0, 4]])
    let nothing = Matrix<Double>(zeros: Shape(2, 0))
    #expect(try SuccessiveUpdates.squaredNorms(of: a, left: nothing, right: nothing) == [25])
  }
}
