/// A matrix of known rank, as its factors: what a noisy matrix should be cleaned to.
package struct PlantedSignal: Sendable {
  /// L, m × r.
  package let left: Matrix<Double>
  /// R, r × n: the signal is L·R.
  package let right: Matrix<Double>
  /// ‖L·R‖_F.
  package let norm: Double

  /// m × n.
  package var shape: Shape { Shape(left.rows, right.columns) }
  /// The planted rank, r.
  package var rank: Int { left.columns }

  /// The signal L·R.
  package init(left: Matrix<Double>, right: Matrix<Double>) {
    precondition(left.columns == right.rows, "the factors must fit")
    self.left = left
    self.right = right
    // ‖LR‖² = tr(LᵀL·RRᵀ), without forming the product.
    let (inner, outer) = (
      left.multiplied(by: left, transposeLeft: true), right.multiplied(by: right, transposeRight: true)
    )
    norm = max(
      0,
      inner.withEntries { a in
        outer.withEntries { b in a.indices.reduce(0) { $0 + a[$1] * b[$1] } }
      }
    ).squareRoot()
  }

  /// A signal of uniformly distributed singular vectors with the singular values `values`, at most min(m, n) of them.
  package init(_ shape: Shape, singularValues values: [Double], seed: UInt64) {
    precondition(values.count <= shape.shortSide, "a planted rank lies between 0 and min(m, n)")
    var random = SeededGenerator(seed: seed)
    let left = Matrix<Double>.orthogonal(Shape(shape.rows, values.count), seed: random.next())
    let right = Matrix<Double>.orthogonal(Shape(shape.columns, values.count), seed: random.next())
    self.init(left: left.scaledLeadingColumns(values), right: right.transposed())
  }

  /// All m·n entries.
  package var entries: Matrix<Double> { left.multiplied(by: right) }

  /// The signal under Gaussian noise of standard deviation `noise`.
  package func noisy(_ noise: Double, seed: UInt64) -> Matrix<Double> {
    var matrix = entries
    guard noise != 0 else { return matrix }
    var random = SeededGenerator(seed: seed)
    matrix.withMutableEntries { target in
      for index in target.indices { target[index] += noise * random.gaussian() }
    }
    return matrix
  }
}

/// What ``Matrix/planted(_:rank:noise:seed:)`` makes a matrix from: enough to know what was planted.
package struct PlantedRecipe: Hashable, Sendable {
  /// m × n.
  package let shape: Shape
  /// r.
  package let rank: Int
  /// The standard deviation of the noise.
  package let noise: Double
  /// What decides all entries.
  package let seed: UInt64

  /// A matrix of `shape` and `rank` in 0 … min(m, n) under `noise`.
  package init(shape: Shape, rank: Int, noise: Double, seed: UInt64) {
    self.shape = shape
    self.rank = rank
    self.noise = noise
    self.seed = seed
  }

  /// What stands under the noise: L·R/√r, L and R standard normal.
  package var signal: PlantedSignal {
    var generator = SeededGenerator(seed: seed)
    let left = Matrix<Double>.gaussian(Shape(shape.rows, rank), from: &generator)
    let right = Matrix<Double>.gaussian(Shape(rank, shape.columns), from: &generator)
    let scales = Array(repeating: rank == 0 ? 0 : 1 / Double(rank).squareRoot(), count: rank)
    return PlantedSignal(left: left.scaledLeadingColumns(scales), right: right)
  }
}
