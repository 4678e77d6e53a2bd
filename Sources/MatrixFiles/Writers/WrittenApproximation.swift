import LinearAlgebra

/// What is written of an approximation: the factors as they were computed, or the entries they stand for.
package struct WrittenApproximation: Sendable {
  /// The factors of the matrix that was factored.
  package let factors: LowRankApproximation
  /// The approximation in the file's own units, means and scales put back; equal to ``factors`` where there are none.
  package let restored: LowRankApproximation
  /// Vectors that belong to the factors, by name: what the way back needs.
  package let vectors: [(name: String, values: [Double])]
  /// How the entries are a picture.
  package let picture: PictureKind?
  /// Whether the factors are singular triplets, whose σ are written beside them.
  package var hasSingularValues = true
  /// What belongs to the product beside its factors, by name: a sparse part, real rows. Only archives hold it.
  package var matrices: [(name: String, matrix: AnyMatrix)] = []
  /// Numbers of rows and columns, from 0, by name. Only archives hold them.
  package var indices: [(name: String, values: [Int])] = []

  /// The factors of a matrix as it was read.
  package init(_ factors: LowRankApproximation, picture: PictureKind? = nil) {
    self.init(factors, restored: factors, vectors: [], picture: picture)
  }

  /// `factors`, and the way back from them.
  package init(
    _ factors: LowRankApproximation, restored: LowRankApproximation, vectors: [(name: String, values: [Double])],
    picture: PictureKind?
  ) {
    self.factors = factors
    self.restored = restored
    self.vectors = vectors
    self.picture = picture
  }
}
