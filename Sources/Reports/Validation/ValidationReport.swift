import Experiments

/// What `validate --json` prints, schema "lowrank.validation/1". Scripts depend on these names: add, never rename.
///
/// Errors are mean squares per entry, in the matrix's units squared.
package struct ValidationReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.validation/1"

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
  /// What was done to the matrix before.
  package var preparation: PreparationRecord
  /// "bcv", "rows" or "entries".
  package var method: String
  /// The rank of least mean error; of held-out rows always the largest, and no choice.
  package var rank: Nullable<Int>
  /// The smallest rank whose error is within one standard error of that.
  package var rankWithinStandardError: Nullable<Int>
  /// The ranks that were tried, and for each of them: the error of what was held out, its standard error over the folds, and
  /// the error of what it was told from.
  package var ranks: [Int]
  package var errors: [Double]
  package var standardErrors: [Double]
  package var trainingErrors: [Double]
  /// The error of each fold, ranks inside.
  package var foldErrors: [[Double]]
  /// The mean square of all entries.
  package var meanSquare: Double
  package var folds: Folds
  package var repeats: Int
  /// The share of the entries that was hidden, of held-out entries; otherwise absent.
  package var hiddenShare: Double?
  package var seed: UInt64
  /// Seconds of wall clock: of the experiment, and of opening and reading.
  package var seconds: Double
  package var readSeconds: Double

  /// Into what rows and columns were dealt.
  package struct Folds: Codable, Hashable, Sendable {
    /// The groups of rows and of columns.
    package var rows: Int
    package var columns: Int
    /// The group of every row and of every column, from 0, at the first repetition.
    package var rowGroups: [Int]
    package var columnGroups: [Int]

    enum CodingKeys: String, CodingKey {
      case rows, columns
      case rowGroups = "row_groups"
      case columnGroups = "column_groups"
    }
  }

  enum CodingKeys: String, CodingKey {
    case schema, source, tensor, rows, columns, dtype, preparation, method, rank, ranks, errors, folds, repeats, seed,
      seconds
    case rankWithinStandardError = "rank_within_standard_error"
    case standardErrors = "standard_errors"
    case trainingErrors = "training_errors"
    case foldErrors = "fold_errors"
    case meanSquare = "mean_square"
    case hiddenShare = "hidden_share"
    case readSeconds = "read_seconds"
  }

  /// Reports on `result`.
  package init(_ result: ValidationResult) {
    let finding = result.finding
    func inUnits(_ errors: [Double]) -> [Double] { errors.map { finding.meanSquare($0) } }
    source = result.source
    tensor = Nullable(result.matrix.loaded.entry.name)
    rows = finding.shape.rows
    columns = finding.shape.columns
    dtype = result.matrix.loaded.entry.type.rawValue
    preparation = PreparationRecord(result.preparation)
    method = finding.kind.rawValue
    rank = Nullable(finding.rank)
    rankWithinStandardError = Nullable(finding.rankWithinStandardError)
    ranks = finding.ranks
    errors = inUnits(finding.errors)
    standardErrors = inUnits(finding.standardErrors)
    trainingErrors = inUnits(finding.trainingErrors)
    foldErrors = finding.foldErrors.map(inUnits)
    meanSquare = finding.meanSquare(1)
    folds = Folds(
      rows: finding.rowFolds, columns: finding.columnFolds, rowGroups: finding.rowGroups,
      columnGroups: finding.columnGroups)
    repeats = finding.repeats
    hiddenShare = finding.hiddenShare
    seed = finding.seed
    seconds = result.seconds
    readSeconds = result.readSeconds
  }
}
