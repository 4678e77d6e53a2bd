import LinearAlgebra
import MatrixFiles
import Synchronization

/// What the queue holds of the opened matrix; the state on the screen only knows its number.
struct StoredMatrix: Sendable {
  let id: MatrixID
  let loaded: LoadedMatrix
  var svd: SVD?
  var pictures: PictureSet?
}

/// The one opened matrix, shared by the lanes.
final class MatrixStore: Sendable {
  private let current = Mutex<StoredMatrix?>(nil)

  /// The matrix numbered `id`, unless another was opened since.
  func matrix(_ id: MatrixID) -> StoredMatrix? { current.withLock { $0?.id == id ? $0 : nil } }

  /// Replaces what was there, unless that is newer.
  func open(_ matrix: StoredMatrix) {
    current.withLock { if ($0?.id ?? 0) <= matrix.id { $0 = matrix } }
  }

  /// Changes the matrix numbered `id`, if it is still the opened one.
  func update(_ id: MatrixID, _ change: (inout StoredMatrix) -> Void) {
    current.withLock { stored in
      if var matrix = stored, matrix.id == id {
        change(&matrix)
        stored = matrix
      }
    }
  }

  /// Forgets the matrix.
  func close() { current.withLock { $0 = nil } }
}
