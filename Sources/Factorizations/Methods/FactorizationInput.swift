import LinearAlgebra

/// A matrix to write as a product. An entry that is NaN is missing: not observed, and not zero.
package struct FactorizationInput: Sendable {
  /// A, m × n, as it is stored.
  package let matrix: DenseMatrix
  /// What one pass over its entries found.
  package let summary: EntrySummary

  /// `matrix` with its `summary`.
  package init(_ matrix: DenseMatrix, summary: EntrySummary) {
    self.matrix = matrix
    self.summary = summary
  }

  /// `matrix`, which is gone through once.
  package init(_ matrix: DenseMatrix) { self.init(matrix, summary: EntrySummary(matrix.storage)) }

  /// m × n.
  package var shape: Shape { matrix.shape }
  /// Whether every entry is there.
  package var isComplete: Bool { summary.nonFiniteCount == 0 }
  /// The first entry that is missing or infinite, in A's own rows and columns from 0.
  package var firstNonFinite: (row: Int, column: Int)? {
    summary.firstNonFinite.map { matrix.isStoredTransposed ? (row: $0.column, column: $0.row) : $0 }
  }

  /// Why `rank` is none for this matrix: one sentence, or nil.
  package func refusal(ofRank rank: Int) -> String? {
    guard shape.count > 0 else { return "a \(shape) matrix has no entries to factor" }
    guard rank < 1 || rank > shape.shortSide else { return nil }
    return "rank \(rank) is out of range: a \(shape) matrix is factored at ranks 1 to \(shape.shortSide)"
  }
}
