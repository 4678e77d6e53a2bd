import LinearAlgebra

/// Why a factorization failed.
package enum FactorizationError: Error, Hashable, CustomStringConvertible {
  /// Entries are NaN or infinite.
  case nonFinite(count: Int)
  /// The work would not fit the memory that is available; both in bytes.
  case doesNotFit(Shape, needed: Double, available: Double)
  /// LAPACK failed.
  case lapack(LAPACKError)
  /// Singular values beyond the range of f64.
  case overflow(Shape)
  /// No solver of the catalog serves the request; what each said.
  case noSolver(Shape, reasons: [String])
  /// There is no method of that name for what is asked.
  case unknownMethod(String, known: [String])
  /// The method of that name gives the other of values and vectors.
  case otherOutcome(String, SolveRequest.Outcome, known: [String])
  /// The method that was asked for cannot serve, and why.
  case declined(method: String, Shape, reason: String)
  /// The method cannot factor this matrix: one sentence that says why.
  case refused(String)
  /// It was cancelled.
  case cancelled

  package var description: String {
    switch self {
    case .nonFinite(let count): "\(count) entries are NaN or infinite: a spectrum needs finite entries"
    case .doesNotFit(let shape, let needed, let available):
      "the SVD of a \(shape) matrix needs about \(mebibytes(needed)) MiB and \(mebibytes(available)) MiB are free: take "
        + "a block of it or a larger machine"
    case .lapack(let error): error.description
    case .overflow(let shape):
      "the singular values of this \(shape) matrix exceed the range of f64: divide its entries by a power of ten"
    case .noSolver(let shape, let reasons):
      "no solver serves a \(shape) matrix (\(reasons.joined(separator: "; "))); take a block of it"
    case .unknownMethod(let name, let known):
      "there is no method “\(name)” for this; there are \(known.joined(separator: ", "))"
    case .otherOutcome(let name, .values, let known):
      "\(name) is a method of vectors; for singular values alone there are \(known.joined(separator: ", "))"
    case .otherOutcome(let name, .thinSVD, let known):
      "\(name) gives singular values alone; for vectors there are \(known.joined(separator: ", "))"
    case .declined(let method, let shape, let reason):
      "\(method) cannot serve this \(shape) matrix: \(reason); leave --method out"
    case .refused(let sentence): sentence
    case .cancelled: "cancelled"
    }
  }

  private func mebibytes(_ bytes: Double) -> Int { Int((bytes / 0x1p20).rounded(.up)) }
}
