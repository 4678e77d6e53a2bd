import LinearAlgebra

/// What may be chosen of a factorization; each method reads what it has a use for.
package struct FactorizationOptions: Sendable {
  /// k, 1 … min(m, n).
  package var rank: Int
  /// What decides every random number.
  package var seed: UInt64 = 1
  /// The most iterations of an iterative method; the power steps of the randomized SVD are ``powerSteps``.
  package var iterations = 200
  /// An iterative method ends once an iteration lowers its error by less than this share of it; 0 never ends it early.
  package var tolerance = 1e-6
  /// λ ≥ 0 of the penalty λ(‖B‖² + ‖C‖²), in A's units. Alternating least squares.
  package var ridge = 0.0
  /// How much of the step before is kept, 0 ..< 1. Gradient descent.
  package var momentum = 0.9
  /// The step size in units of 1/L, L the Lipschitz estimate; within 0 … 2. Gradient descent.
  package var stepSize = 1.0
  /// Columns that are drawn beyond k. Randomized SVD.
  package var oversampling = 10
  /// Products with AAᵀ before the basis is taken. Randomized SVD.
  package var powerSteps = 2
  /// The weight of the sparse part's ‖S‖₁; nil for the usual 1/√max(m, n). Robust PCA.
  package var sparsity: Double?
  /// Factors to start from, in A's units; nil for the method's own start.
  package var start: FactorPair?
  /// Whether every progress carries the factors of the moment: a copy of both each time.
  package var reportsFactors = false
  /// Seconds after which no iteration is begun any more; nil for none.
  package var secondsLimit: Double?

  /// The usual choices at `rank`.
  package init(rank: Int) { self.rank = rank }
}

/// Two factors, in A's units.
package struct FactorPair: Sendable {
  /// B, m × k.
  package let left: AnyMatrix
  /// C, k × n, in the precision of `left`.
  package let right: AnyMatrix

  /// B = `left` and C = `right`.
  package init(left: AnyMatrix, right: AnyMatrix) {
    precondition(left.shape.columns == right.shape.rows, "the factors must fit")
    precondition(left.isFloat == right.isFloat, "both factors must share one precision")
    self.left = left
    self.right = right
  }

  /// k.
  package var rank: Int { left.shape.columns }
  /// m × n.
  package var shape: Shape { Shape(left.shape.rows, right.shape.columns) }
  /// Cᵀ and Bᵀ: the factors of Aᵀ.
  package var transposed: FactorPair { FactorPair(left: right.transposed(), right: left.transposed()) }
}
