/// A dense matrix as its file stored it: A itself, or Aᵀ when the source is row-major.
///
/// A row-major source is kept as the transpose that its bytes already are: the singular values are the same, U and V
/// swap. Only ``SVD`` and the kernels that stream the entries need to know.
package struct DenseMatrix: Sendable {
  /// The stored entries: A, or Aᵀ if ``isStoredTransposed``.
  package let storage: AnyMatrix
  /// Whether ``storage`` is Aᵀ.
  package let isStoredTransposed: Bool

  /// A = `storage`, or A = `storage`ᵀ.
  package init(_ storage: AnyMatrix, isStoredTransposed: Bool = false) {
    self.storage = storage
    self.isStoredTransposed = isStoredTransposed
  }

  /// A = `matrix`.
  package init(_ matrix: Matrix<Double>) { self.init(.double(matrix)) }
  /// A = `matrix`.
  package init(_ matrix: Matrix<Float>) { self.init(.float(matrix)) }

  /// The shape of A, m × n.
  package var shape: Shape { isStoredTransposed ? storage.shape.transposed : storage.shape }

  /// Entry (i, j) of A.
  package subscript(_ i: Int, _ j: Int) -> Double { isStoredTransposed ? storage[j, i] : storage[i, j] }

  /// The given rows and columns, in that order, copied; stored the way A is.
  package func selecting(rows: [Int], columns: [Int]) -> DenseMatrix {
    let (inner, outer) = isStoredTransposed ? (columns, rows) : (rows, columns)
    return DenseMatrix(storage.selecting(rows: inner, columns: outer), isStoredTransposed: isStoredTransposed)
  }

  /// Aᵀ, sharing the same entries.
  package var transposed: DenseMatrix { DenseMatrix(storage, isStoredTransposed: !isStoredTransposed) }
}
