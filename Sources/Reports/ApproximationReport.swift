import Factorizations
import MatrixFiles
import Preparation
import RankAnalysis

/// What `approximate --json` prints, schema "lowrank.approximation/1".
package struct ApproximationReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.approximation/1"

  package var schema = Self.schemaName
  /// What the user named: a path, "-", or a gallery name.
  package var source: String
  /// The tensor's name, null where the file holds a single unnamed one.
  package var tensor: Nullable<String>
  /// m.
  package var rows: Int
  /// n.
  package var columns: Int
  /// The element type of the source.
  package var dtype: String
  /// What was done to the matrix before it was factored.
  package var preparation: PreparationRecord
  /// The solver, and why it was chosen.
  package var method: String
  package var reason: String
  /// False, and with what probability at least the bounds hold, where the factors are leading triplets with bounds rather
  /// than those of the exact decomposition; otherwise absent.
  package var exact: Bool?
  package var confidence: Double?
  /// What chose the rank, as it was asked for: `{"energy": "95%"}`.
  package var target: [String: String]
  /// The read-outs at the chosen rank.
  package var approximation: RankReadout
  /// The path that was written, and its size.
  package var output: String
  package var outputBytes: Int
  /// Seconds of wall clock: the solver, opening and reading, and writing.
  package var seconds: Double
  package var readSeconds: Double
  package var writeSeconds: Double

  enum CodingKeys: String, CodingKey {
    case schema, source, tensor, rows, columns, dtype, preparation, method, reason, exact, confidence, target,
      approximation, output,
      seconds
    case outputBytes = "output_bytes"
    case readSeconds = "read_seconds"
    case writeSeconds = "write_seconds"
  }

  /// Reports on `matrix`, called `source`, that was solved as `decision` says and written to `output`.
  package init(
    source: String, matrix: LoadedMatrix, preparation: Preparation, decision: SolverDecision, target: [String: String],
    approximation: RankReadout, analysis: SpectrumAnalysis,
    output: String, outputBytes: Int, times: (solve: Double, read: Double, write: Double)
  ) {
    self.source = source
    tensor = Nullable(matrix.entry.name)
    rows = matrix.shape.rows
    columns = matrix.shape.columns
    dtype = matrix.entry.type.rawValue
    self.preparation = PreparationRecord(preparation)
    method = decision.plan.title
    reason = decision.reason
    if !analysis.isExact { (exact, confidence) = (false, 1 - analysis.spectrum.failureProbability) }
    self.target = target
    self.approximation = approximation
    self.output = output
    self.outputBytes = outputBytes
    seconds = times.solve
    readSeconds = times.read
    writeSeconds = times.write
  }
}
