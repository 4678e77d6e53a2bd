import Factorizations
import MatrixFiles

/// Why nothing was found of a tensor.
package enum TensorFailure: Error, Hashable, CustomStringConvertible {
  /// It could not be read.
  case file(FileError)
  /// Its singular values could not be computed.
  case factorization(FactorizationError)

  /// Whether nothing is wrong but that the work was cancelled.
  package var isCancelled: Bool { self == .file(.cancelled) || self == .factorization(.cancelled) }

  package var description: String {
    switch self {
    case .file(let error): error.description
    case .factorization(let error): error.description
    }
  }
}
