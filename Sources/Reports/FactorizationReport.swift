import Factorizations
import MatrixFiles
import Preparation
import RankAnalysis

/// What `approximate --json` prints of a factorization that is not the truncated SVD, schema "lowrank.factorization/1".
package struct FactorizationReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.factorization/1"

  /// A row or column of the matrix.
  package struct Line: Codable, Hashable, Sendable {
    /// Counted from 0.
    package var index: Int
    /// Null where it has no name.
    package var name: Nullable<String>
  }

  /// What is left of the matrix.
  package struct Residual: Codable, Hashable, Sendable {
    /// "all" or "observed": over which entries.
    package var over: String
    /// How many these are.
    package var entries: Int
    /// ‖·‖_F over ‖A‖_F, and the largest magnitude.
    package var relativeFrobeniusError: Double
    package var maxError: Double

    enum CodingKeys: String, CodingKey {
      case over, entries
      case relativeFrobeniusError = "relative_frobenius_error"
      case maxError = "max_error"
    }
  }

  /// The sparse part of robust PCA.
  package struct Sparse: Codable, Hashable, Sendable {
    /// Entries that are not zero, and their share of all.
    package var nonzeros: Int
    package var share: Double
    /// What the low-rank part alone leaves of the matrix, relative; the optimum is a bound on this.
    package var lowRankError: Double

    enum CodingKeys: String, CodingKey {
      case nonzeros, share
      case lowRankError = "low_rank_relative_frobenius_error"
    }
  }

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
  /// The method's identifier and name.
  package var method: String
  package var title: String
  /// What chose the rank: `{"rank": "40"}`.
  package var target: [String: String]
  /// The rank of the factors, and the one that the method found by itself, null where it finds none.
  package var rank: Int
  package var rankFound: Nullable<Int>
  /// Its own parameters, how they are counted, and their share of m·n; means and scales taken away beforehand counted.
  package var parameters: Int
  package var parametersCounted: String
  package var parameterRatio: Double
  /// What the product, and the sparse part where there is one, leaves of the matrix.
  package var residual: Residual
  /// ‖A − A_k‖_F/‖A‖_F of the best matrix of rank k; null where entries are missing.
  package var optimum: Nullable<Double>
  /// The sparse part; null without one.
  package var sparse: Nullable<Sparse>
  /// The rows and columns that were chosen; null where the method chooses none.
  package var chosenRows: Nullable<[Line]>
  package var chosenColumns: Nullable<[Line]>
  /// The iterations done, and why it ended: "direct", "converged" or "limit".
  package var iterations: Int
  package var end: String
  /// The path that was written, and its size.
  package var output: String
  package var outputBytes: Int
  /// Seconds of wall clock: the factorization, the optimum, opening and reading, and writing.
  package var seconds: Double
  package var optimumSeconds: Double
  package var readSeconds: Double
  package var writeSeconds: Double

  enum CodingKeys: String, CodingKey {
    case schema, source, tensor, rows, columns, dtype, preparation, method, title, target, rank, parameters, residual,
      optimum, sparse, iterations, end, output, seconds
    case rankFound = "rank_found"
    case parametersCounted = "parameters_counted"
    case parameterRatio = "parameter_ratio"
    case chosenRows = "chosen_rows"
    case chosenColumns = "chosen_columns"
    case outputBytes = "output_bytes"
    case optimumSeconds = "optimum_seconds"
    case readSeconds = "read_seconds"
    case writeSeconds = "write_seconds"
  }

  /// Reports on `prepared`, called `source`, of which a method made `result` that leaves `residual`.
  ///
  /// - Parameters:
  ///   - lowRank: what the product alone leaves, where there is a sparse part.
  ///   - optimum: the spectrum that tells the optimum; nil where entries are missing.
  package init(
    source: String, prepared: PreparedMatrix, preparation: Preparation, target: [String: String], title: String,
    result: Factorization, residual: FactorResidual, lowRank: FactorResidual?, optimum: SpectrumAnalysis?,
    output: String, outputBytes: Int, times: (factor: Double, optimum: Double, read: Double, write: Double)
  ) {
    let matrix = prepared.loaded
    self.source = source
    tensor = Nullable(matrix.entry.name)
    rows = matrix.shape.rows
    columns = matrix.shape.columns
    dtype = matrix.entry.type.rawValue
    self.preparation = PreparationRecord(preparation)
    method = result.method
    self.title = title
    self.target = target
    rank = result.factors.rank
    rankFound = Nullable(result.rankFound)
    let offsets = prepared.offsetParameters
    parameters = result.parameterCount + offsets
    parametersCounted = result.parameterSentence + (offsets > 0 ? "; and \(offsets) means and scales" : "")
    parameterRatio = matrix.shape.count > 0 ? Double(parameters) / Double(matrix.shape.count) : 0
    self.residual = Residual(
      over: residual.entries == matrix.shape.count ? "all" : "observed", entries: residual.entries,
      relativeFrobeniusError: residual.relative, maxError: residual.largest)
    self.optimum = Nullable(optimum?.relativeFrobeniusError(rank: result.factors.rank).middle)
    let count = result.factors.rank * (matrix.shape.rows + matrix.shape.columns)
    sparse = Nullable(
      result.sparse.map { sparse in
        // Each takes a value and a place.
        let nonzeros = (result.parameterCount - count) / 2
        return Sparse(
          nonzeros: nonzeros, share: Double(nonzeros) / Double(max(1, sparse.shape.count)),
          lowRankError: lowRank?.relative ?? residual.relative)
      })
    func lines(_ indices: [Int]?, _ names: [String]) -> Nullable<[Line]> {
      Nullable(indices?.map { Line(index: $0, name: Nullable($0 < names.count ? names[$0] : nil)) })
    }
    chosenRows = lines(result.chosenRows, matrix.labels.rows)
    chosenColumns = lines(result.chosenColumns, matrix.labels.columns)
    iterations = result.progress.iteration
    end = result.end.rawValue
    self.output = output
    self.outputBytes = outputBytes
    seconds = times.factor
    optimumSeconds = times.optimum
    readSeconds = times.read
    writeSeconds = times.write
  }
}
