import LinearAlgebra

/// The least-squares problems of one factor's columns, one after the other, in buffers that are kept.
struct LineSolver {
  /// The factor that is held, k × n: a column for each place on a line.
  private let held: Matrix<Double>
  private let ridge: Double
  private var chosen: Matrix<Double>
  private var gram: Matrix<Double>
  private var residual: Matrix<Double>

  init(_ held: Matrix<Double>, ridge: Double) {
    self.held = held
    self.ridge = ridge
    chosen = Matrix(zeros: held.shape)
    gram = Matrix(zeros: Shape(held.rows, held.rows))
    residual = Matrix(zeros: Shape(held.columns, 1))
  }

  /// x with the least ‖Wᵀx − a‖² + λ‖x‖², W the columns of the held factor at `places`.
  ///
  /// - Parameters:
  ///   - a: the entries of the line, l × 1.
  ///   - x: where the solution goes, k × 1.
  /// - Returns: ‖Wᵀx − a‖².
  mutating func solve(_ a: Block<Double>, at places: ArraySlice<Int32>, into x: Block<Double>) -> Double {
    let (k, count) = (held.rows, places.count)
    gather(places)
    let chosen = chosen
    gram.withMutableBlock(columns: 0..<k) { target in
      chosen.withBlock(columns: count) { w in
        multiplyAdd(w, w, transposeB: true, into: target)
        multiplyAdd(w, a, into: x)
      }
    }
    divide(x)
    return residual.withMutableBlock(columns: 0..<1) { all in
      let r = Block(all.start, Shape(count, 1), stride: max(1, count))
      if let from = a.start { r.start?.update(from: from, count: count) }
      chosen.withBlock(columns: count) { multiplyAdd($0, transposeA: true, x, into: r, alpha: -1, beta: 1) }
      return sumOfSquares(UnsafeBufferPointer(start: r.start, count: count))
    }
  }

  /// x ← (G + λI)⁻¹x. Fewer entries than columns leave x open: then the least shift that makes the equations regular
  /// picks the shortest, up to rounding.
  private func divide(_ x: Block<Double>) {
    let trace = (0..<gram.rows).reduce(0) { $0 + gram[$1, $1] }
    guard let start = x.start, trace > 0 else { return }
    var shift = max(ridge, 1e-14 * trace)
    while shift.isFinite {
      if let cholesky = SmallCholesky(gram, shift: shift) { return cholesky.solve(start) }
      shift *= 100
    }
  }

  private mutating func gather(_ places: ArraySlice<Int32>) {
    let (k, held) = (held.rows, held)
    chosen.withMutableEntries { target in
      held.withEntries { source in
        guard let to = target.baseAddress, let from = source.baseAddress else { return }
        for (index, place) in places.enumerated() { (to + index * k).update(from: from + Int(place) * k, count: k) }
      }
    }
  }
}
