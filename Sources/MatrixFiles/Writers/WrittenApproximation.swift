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
