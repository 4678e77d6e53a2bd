import LinearAlgebra

/// What is asked of a solver.
package struct SolveRequest: Hashable, Sendable {
  /// The singular values alone, or with the thin factors U and V.
  package enum Outcome: Hashable, Sendable { case values, thinSVD }

  /// The shape of the *stored* matrix.
  package var shape: Shape
  /// Whether the working precision is f32.
  package var worksInFloat: Bool
  /// Values or vectors.
  package var outcome: Outcome

  /// A request for `outcome` of a matrix of `shape`.
  package init(shape: Shape, worksInFloat: Bool, outcome: Outcome) {
    self.shape = shape
    self.worksInFloat = worksInFloat
    self.outcome = outcome
  }

  /// What is asked of `matrix`.
  package init(_ matrix: DenseMatrix, _ outcome: Outcome) {
    let isFloat = if case .float = matrix.storage { true } else { false }
    self.init(shape: matrix.storage.shape, worksInFloat: isFloat, outcome: outcome)
  }
}

/// How a request will be served, and why so: shown on the screen and in reports.
package struct SolverPlan: Sendable, Hashable {
  /// The method's name, as in "gesdd (divide and conquer)".
  package let method: String
  /// One clause: why this one.
  package let reason: String
  /// An estimate of the floating-point operations.
  package let estimatedFlops: Double
  /// The peak bytes beside the matrix itself: copies, work space and results.
  package let estimatedBytes: Double
  /// An estimate of the seconds on this machine's available cores; an estimate only, never shown as progress.
  package let estimatedSeconds: Double

  /// A plan of `method` because of `reason`.
  package init(
    method: String, reason: String, estimatedFlops: Double, estimatedBytes: Double, estimatedSeconds: Double
  ) {
    self.method = method
    self.reason = reason
    self.estimatedFlops = estimatedFlops
    self.estimatedBytes = estimatedBytes
    self.estimatedSeconds = estimatedSeconds
  }
}

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
  /// No solver of the catalog serves the request.
  case noSolver(Shape)
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
    case .noSolver(let shape): "no solver serves a \(shape) matrix"
    case .cancelled: "cancelled"
    }
  }

  private func mebibytes(_ bytes: Double) -> Int { Int((bytes / 0x1p20).rounded(.up)) }
}

/// A way to compute singular values or a thin SVD: one file each, registered in ``SolverCatalog``.
package protocol SVDSolver: Sendable {
  /// How it would serve `request`, or nil when it cannot.
  func plan(_ request: SolveRequest) -> SolverPlan?
  /// The spectrum of `matrix`, whose entries `summary` found finite.
  func spectrum(
    of matrix: DenseMatrix, summary: EntrySummary, sourceEpsilon: Double, control: WorkControl
  ) throws(FactorizationError) -> Spectrum
  /// The thin SVD of `matrix`, whose entries `summary` found finite.
  func thinSVD(
    of matrix: DenseMatrix, summary: EntrySummary, control: WorkControl
  ) throws(FactorizationError) -> SVD
}
