import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import NcursesTerminal

/// The exit codes that scripts may rely on; the numbers are those of BSD's sysexits.
enum ExitStatus: Int32 {
  case success = 0
  /// The command line is not understood, or names what does not exist.
  case usage = 64
  /// The data is not what it should be.
  case data = 65
  /// The input cannot be opened.
  case noInput = 66
  /// A fault of this program or of a library.
  case internalError = 70
  /// The output cannot be written.
  case cannotWrite = 73
}

/// An error that a command met itself: one sentence and the status to leave with.
struct CommandFailure: Error {
  let status: ExitStatus
  let sentence: String

  /// The arguments do not fit together, or do not fit this matrix.
  static func usage(_ sentence: String) -> CommandFailure { CommandFailure(status: .usage, sentence: sentence) }
}

extension CommandFailure {
  /// What to say of any error that reading, solving or writing throws.
  init(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as FileError: self.init(status: error.status, sentence: error.description)
    case let error as FactorizationError: self.init(status: error.status, sentence: error.description)
    case let error as ExperimentError: self.init(status: error.status, sentence: error.description)
    case let error as TerminalError: self.init(status: .usage, sentence: error.description)
    case let error as RankOutOfRange: self.init(status: .usage, sentence: error.description)
    default: self.init(status: .internalError, sentence: "an unexpected error: \(error); please report this")
    }
  }
}

extension FileError {
  fileprivate var status: ExitStatus {
    switch self {
    case .cannotOpen: .noInput
    case .invalid, .missingValues, .tooLarge: .data
    case .chooseTensor, .unknownOutputFormat, .unknownMatrix, .unknownColumn: .usage
    case .cannotWrite: .cannotWrite
    case .cancelled: .internalError
    }
  }
}

extension FactorizationError {
  fileprivate var status: ExitStatus {
    switch self {
    case .nonFinite, .doesNotFit, .overflow, .noSolver, .declined, .refused: .data
    case .unknownMethod, .otherOutcome: .usage
    case .lapack, .cancelled: .internalError
    }
  }
}

extension ExperimentError {
  fileprivate var status: ExitStatus {
    switch self {
    case .refused: .data
    case .factorization(let error): error.status
    case .cancelled: .internalError
    }
  }
}
