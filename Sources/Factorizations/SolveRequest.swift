import LinearAlgebra

/// A matrix to factor, with what is known of it before.
package struct SolveInput: Sendable {
  /// A: its entries, or thin factors.
  package let source: MatrixSource
  /// What one pass over its entries found.
  package let summary: EntrySummary
  /// eps of the format that the entries came from, 2⁻²³ or 2⁻⁵²: it bounds what can be signal.
  package let sourceEpsilon: Double

  /// `matrix` with its `summary` and the precision of its source.
  package init(matrix: DenseMatrix, summary: EntrySummary, sourceEpsilon: Double) {
    self.init(source: .dense(matrix), summary: summary, sourceEpsilon: sourceEpsilon)
  }

  /// `source` with its `summary` and the precision of its entries.
  package init(source: MatrixSource, summary: EntrySummary, sourceEpsilon: Double) {
    self.source = source
    self.summary = summary
    self.sourceEpsilon = sourceEpsilon
  }

  /// The shape of A, m × n.
  package var shape: Shape { source.shape }
  /// A, as it is stored; a product is multiplied out each time this is asked for.
  package var matrix: DenseMatrix { source.formed() }
  /// The working precision's distance from 1 to the next scalar.
  package var epsilon: Double { source.worksInFloat ? Float.epsilon : Double.epsilon }

  /// The power of two that brings the entries near 1.
  var scaling: RangeScaling {
    RangeScaling(largestMagnitude: summary.largestMagnitude, worksInFloat: source.worksInFloat)
  }
}

/// What is asked of a solver.
package struct SolveRequest: Hashable, Sendable {
  /// The singular values alone, or with the thin factors U and V.
  package enum Outcome: String, Hashable, Sendable { case values, thinSVD }

  /// How far the answer may be from the exact one.
  package enum Accuracy: String, Hashable, Sendable, CaseIterable {
    /// As far as the source's own precision leaves it open.
    case full
    /// Whatever is soonest, as long as it says how far off it may be.
    case preview
  }

  /// The shape of the *stored* matrix.
  package var shape: Shape
  /// Whether that is the transpose of the matrix.
  package var isStoredTransposed: Bool
  /// Whether the working precision is f32.
  package var worksInFloat: Bool
  /// Values or vectors.
  package var outcome: Outcome
  /// eps of the source.
  package var sourceEpsilon: Double
  /// How exact it must be.
  package var accuracy: Accuracy
  /// The threads that may work on it.
  package var threads: Int
  /// r of a product of an m × r and an r × n factor; nil of a matrix of entries.
  package var innerSide: Int?

  /// A request for `outcome` of a matrix of `shape`.
  package init(
    shape: Shape, isStoredTransposed: Bool = false, worksInFloat: Bool, outcome: Outcome, sourceEpsilon: Double? = nil,
    accuracy: Accuracy = .full,
    threads: Int = BLASThreads.availableCores
  ) {
    self.shape = shape
    self.isStoredTransposed = isStoredTransposed
    self.worksInFloat = worksInFloat
    self.outcome = outcome
    self.sourceEpsilon = sourceEpsilon ?? (worksInFloat ? Float.epsilon : Double.epsilon)
    self.accuracy = accuracy
    self.threads = max(1, threads)
  }

  /// The shape of the matrix itself, for what is said of it.
  package var matrixShape: Shape { isStoredTransposed ? shape.transposed : shape }
  /// The bytes of a number in the working precision.
  package var elementSize: Double { worksInFloat ? 4 : 8 }
  /// p = min(m, n) as a number that no product overflows.
  var short: Double { Double(shape.shortSide) }
  /// N = max(m, n) likewise.
  var long: Double { Double(shape.longSide) }
  /// The bytes of a product's entries, for a solver that needs them; 0 of a matrix whose entries are there.
  var formedBytes: Double { innerSide == nil ? 0 : elementSize * short * long }
  /// The floor of a backward-stable solver: max(m, n) times the coarser eps of source and working precision.
  package var precisionFloor: Double {
    long * max(sourceEpsilon, worksInFloat ? Float.epsilon : Double.epsilon)
  }
}
