import Factorizations
import LinearAlgebra
import Preparation
import RankAnalysis

/// The matrix that an experiment is made on, with what is known of it already.
package struct ExperimentSubject: Sendable {
  /// The matrix, m × n, ready to be factored.
  package let prepared: PreparedMatrix
  /// Its exact spectrum; nil where the experiment did not ask for it.
  package let analysis: SpectrumAnalysis?
  /// Its thin SVD; nil where the experiment did not ask for it.
  package let svd: SVD?
  /// Who decides how a matrix is factored.
  package let planner: SolverPlanner
  /// Whether time counts: not where the same work must always give the same screen.
  package let isTimed: Bool

  /// A subject of which `analysis` and `svd` are known.
  package init(
    _ prepared: PreparedMatrix, analysis: SpectrumAnalysis? = nil, svd: SVD? = nil,
    planner: SolverPlanner = SolverPlanner(), isTimed: Bool = true
  ) {
    self.prepared = prepared
    self.analysis = analysis
    self.svd = svd
    self.planner = planner
    self.isTimed = isTimed
  }
}

/// Something that is tried on a matrix: seeded, so that the same experiment gives the same finding, but for time.
///
/// A value that says all of what is tried; equal experiments on the same matrix need not be made twice.
package protocol Experiment: Hashable, Sendable {
  /// What comes out.
  associatedtype Finding: Sendable

  /// Makes the experiment.
  ///
  /// - Parameters:
  ///   - control: asked between blocks of the work, and told the fraction done.
  ///   - report: told what is known so far, where a part of the finding says something already.
  /// - Throws: ``ExperimentError``.
  func run(
    on subject: ExperimentSubject, control: WorkControl, report: (Finding) -> Void
  ) throws(ExperimentError) -> Finding
}

/// Why an experiment has no finding.
package enum ExperimentError: Error, Hashable, CustomStringConvertible {
  /// It was cancelled.
  case cancelled
  /// It cannot be made on this matrix: one sentence that says why and what to do.
  case refused(String)
  /// A factorization failed.
  case factorization(FactorizationError)

  /// Cancelled, or what failed.
  package init(_ error: FactorizationError) { self = error == .cancelled ? .cancelled : .factorization(error) }

  /// Refuses a matrix without entries.
  package static func requireEntries(_ shape: Shape) throws(ExperimentError) {
    if shape.count == 0 { throw .refused("a \(shape) matrix has no entries") }
  }

  package var description: String {
    switch self {
    case .cancelled: "cancelled"
    case .refused(let sentence): sentence
    case .factorization(let error): error.description
    }
  }
}
