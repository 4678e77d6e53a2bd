import Glibc
import LinearAlgebra
import Testing

@Suite("Pivoted QR")
struct PivotedQRTests {
  /// Columns of very different lengths, nearly dependent.
  private static func graded(_ rows: Int, _ columns: Int, seed: UInt64) throws -> Matrix<Double> {
    let p = min(rows, columns)
    return try TestMatrices.planted(rows, columns, (0..<p).map { pow(10, -0.5 * Double($0)) }, seed: seed)
  }

  @Test(
    "leading pivots are LAPACK's, however the matrix lies",
    arguments: [(40, 25, false), (25, 40, false), (40, 25, true), (25, 40, true)])
  func leading(rows: Int, columns: Int, isTransposed: Bool) throws {
    let a = try Self.graded(rows, columns, seed: 5)
    let (order, distances) = try PivotedQR.order(of: a)
    var leading = LeadingPivots(
      of: isTransposed ? a.transposed() : a, isTransposed: isTransposed, limit: 20, floor: 1e-14)
    try leading.extend(to: 7, control: WorkControl())
    #expect(leading.columns == Array(order.prefix(7)))
    try leading.extend(to: 20, control: WorkControl())
    #expect(leading.columns == Array(order.prefix(20)))
    for (ours, theirs) in zip(leading.distances, distances) { #expect(abs(ours - theirs) < 1e-13 * distances[0]) }
  }

  @Test("the pivots end where the rest is rounding")
  func rank() throws {
    let a = try TestMatrices.planted(30, 20, [3, 2, 1], seed: 2)
    var leading = LeadingPivots(of: a, isTransposed: false, limit: 10, floor: 30 * 0x1p-52)
    try leading.extend(to: 10, control: WorkControl())
    #expect(leading.columns.count == 3)
    var zero = LeadingPivots(of: Matrix(zeros: Shape(4, 5)), isTransposed: false, limit: 3, floor: 1e-15)
    try zero.extend(to: 3, control: WorkControl())
    #expect(zero.columns.isEmpty)
  }

  @Test("cancelled between two columns, the pivots so far stay")
  func cancelled() throws {
    var leading = LeadingPivots(of: TestMatrices.gaussian(20, 20), isTransposed: false, limit: 9, floor: 1e-14)
    try leading.extend(to: 4, control: WorkControl())
    let token = CancellationToken()
    token.cancel()
    #expect(throws: Cancelled.self) { try leading.extend(to: 9, control: WorkControl(token: token)) }
    #expect(leading.columns.count == 4)
  }

  @Test("a triangle is solved, eigenvalues come with their vectors")
  func kernels() throws {
    let triangle = Matrix<Double>(rows: [[2, 1], [0, 4]])
    var right = Matrix<Double>(rows: [[4, 1], [8, 0]])
    right.solve(upper: triangle)
    #expect(right[0, 0] == 1 && right[1, 0] == 2 && right[0, 1] == 0.5 && right[1, 1] == 0)
    let (values, vectors) = try symmetricEigensystem(Matrix(rows: [[2, 9], [1, 2]]))
    #expect(abs(values[0] - 3) < 1e-15 && abs(values[1] - 1) < 1e-15, "the lower triangle counts")
    #expect(abs(abs(vectors[0, 0]) - 0.5.squareRoot()) < 1e-15 && abs(vectors[0, 0] - vectors[1, 0]) < 1e-15)
  }
}
