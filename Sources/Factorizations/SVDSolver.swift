import LinearAlgebra

/// A way to compute singular values or a thin SVD: one file each under `SVD/`, registered in ``SolverCatalog``.
package protocol SVDSolver: Sendable {
  /// The identifier on the command line and in the table of costs: "gesdd".
  var name: String { get }
  /// The method in words: "gesdd (divide and conquer)".
  var title: String { get }
  /// How it would serve `request`, or why it cannot. Constant time; nothing is allocated.
  func offer(_ request: SolveRequest) -> SolverOffer
  /// Whether `request` is of the kind that it is for at all; of others nothing is said.
  func isMeant(for request: SolveRequest) -> Bool
  /// Whether thin factors are enough; others have the product multiplied out.
  var takesFactors: Bool { get }
}

extension SVDSolver {
  /// Most are for any matrix.
  package func isMeant(for request: SolveRequest) -> Bool { true }
  /// Most work on entries.
  package var takesFactors: Bool { false }
}

/// A solver of singular values alone.
package protocol SpectrumSolver: SVDSolver {
  /// The spectrum of `input`, whose entries are finite.
  ///
  /// - Parameter threads: how many may work on it.
  /// - Throws: ``FactorizationError/cancelled`` soon after `control` says so; what LAPACK reports.
  func spectrum(
    of input: SolveInput, threads: Int, control: WorkControl
  ) throws(FactorizationError) -> Spectrum
}

/// A solver of values and vectors.
package protocol ThinSVDSolver: SVDSolver {
  /// The thin SVD of `input`, whose entries are finite.
  ///
  /// - Parameter threads: how many may work on it.
  /// - Throws: ``FactorizationError/cancelled`` soon after `control` says so; what LAPACK reports.
  func thinSVD(of input: SolveInput, threads: Int, control: WorkControl) throws(FactorizationError) -> SVD
}

extension WorkControl {
  /// ``step(_:)`` with the error of this module.
  func advance(_ fraction: Double) throws(FactorizationError) {
    do { try step(fraction) } catch { throw .cancelled }
  }
}
