import Experiments
import MatrixFiles
import Preparation
import RankAnalysis

/// A matrix and what holding parts of it out came to: what reports are made of.
package struct ValidationResult: Sendable {
  /// What the user named.
  package let source: String
  /// What was held out of.
  package let matrix: PreparedMatrix
  /// What was asked to be done to it before.
  package let preparation: Preparation
  /// What came of it.
  package let finding: ValidationFinding
  /// Seconds of wall clock: of the experiment, and of opening and reading.
  package let seconds: Double
  package let readSeconds: Double

  /// The result for `matrix`, called `source`.
  package init(
    source: String, matrix: PreparedMatrix, preparation: Preparation, finding: ValidationFinding, seconds: Double,
    readSeconds: Double
  ) {
    self.source = source
    self.matrix = matrix
    self.preparation = preparation
    self.finding = finding
    self.seconds = seconds
    self.readSeconds = readSeconds
  }

  /// Relative errors below this are rounding: 8·√N·eps of the source.
  package var errorFloor: Double {
    8 * Double(matrix.loaded.shape.longSide).squareRoot() * matrix.sourceEpsilon
  }
}
