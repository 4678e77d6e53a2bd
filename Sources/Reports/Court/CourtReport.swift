import Experiments
import MatrixFiles
import Preparation
import RankAnalysis

/// What `court --json` prints, schema "lowrank.court/1".
package struct CourtReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.court/1"

  package var schema = Self.schemaName
  /// What the user named, and the tensor of it.
  package var source: String
  package var tensor: Nullable<String>
  /// m × n.
  package var rows: Int
  package var columns: Int
  /// What was done to the matrix before.
  package var preparation: PreparationRecord
  /// What decided the shuffled copies.
  package var seed: UInt64
  /// The standard deviation of the noise that was given or planted; null where it is not known.
  package var noise: Nullable<Double>
  /// That which the median σ would have.
  package var estimatedNoise: Double
  /// Every rule, those that tell signal from noise first.
  package var rules: [Rule]
  /// Where most of the rules lie that tell signal from noise.
  package var agreement: Nullable<Agreement>
  /// σ of the entry-shuffled copy.
  package var shuffledValues: [Double]
  /// Parallel analysis: σ of the centred columns, and the 95th percentile of the copies'.
  package var centeredValues: [Double]
  package var parallelPercentiles: [Double]
  /// Where the signal is known: the true error of every rank.
  package var truth: Nullable<Truth>

  /// A rule and the rank it picks.
  package struct Rule: Codable, Hashable, Sendable {
    package var id: String
    package var title: String
    package var rank: Int
    /// The σ above which it counts; null of rules without such a cut.
    package var threshold: Nullable<Double>
    /// One sentence: what it keeps, and what it assumes.
    package var assumption: String
    /// The formula with this matrix's numbers.
    package var formula: String
    /// Whether it tells signal from noise, and counts for the agreement.
    package var judgesNoise: Bool
    /// ‖A − A_k‖_F/‖A‖_F at its rank, and k(m + n).
    package var relativeFrobeniusError: Double
    package var parameters: Int
    /// ‖A_k − S‖_F/‖S‖_F, S the signal, where that is known.
    package var trueError: Double?

    enum CodingKeys: String, CodingKey {
      case id, title, rank, threshold, assumption, formula, parameters
      case judgesNoise = "judges_noise"
      case relativeFrobeniusError = "relative_frobenius_error"
      case trueError = "true_error"
    }
  }

  /// The middle half of the ranks.
  package struct Agreement: Codable, Hashable, Sendable {
    package var lower: Int
    package var median: Int
    package var upper: Int
    /// How many rules count.
    package var rules: Int
  }

  /// A known signal.
  package struct Truth: Codable, Hashable, Sendable {
    package var rank: Int
    package var noise: Double
    /// ‖A_k − S‖_F/‖S‖_F for k = 0 … p.
    package var errors: [Double]
    package var bestRank: Int
    package var bestError: Double
    /// The same of optimally shrunken σ.
    package var shrinkageError: Double

    enum CodingKeys: String, CodingKey {
      case rank, noise, errors
      case bestRank = "best_rank"
      case bestError = "best_error"
      case shrinkageError = "shrinkage_error"
    }

    /// What `curve` measured.
    package init(_ curve: DenoisingCurve) {
      rank = curve.trueRank
      noise = curve.noise
      errors = curve.errors
      bestRank = curve.bestRank
      bestError = curve.bestError
      shrinkageError = curve.shrinkageError
    }
  }

  enum CodingKeys: String, CodingKey {
    case schema, source, tensor, rows, columns, preparation, seed, noise, rules, agreement, truth
    case estimatedNoise = "estimated_noise"
    case shuffledValues = "shuffled_values"
    case centeredValues = "centered_values"
    case parallelPercentiles = "parallel_percentiles"
  }

  /// Reports `finding` on `matrix`, called `source`.
  package init(
    source: String, matrix: PreparedMatrix, preparation: Preparation, seed: UInt64, _ finding: CourtFinding,
    analysis: SpectrumAnalysis
  ) {
    self.source = source
    tensor = Nullable(matrix.loaded.entry.name)
    rows = matrix.loaded.shape.rows
    columns = matrix.loaded.shape.columns
    self.preparation = PreparationRecord(preparation)
    self.seed = seed
    noise = Nullable(finding.noise)
    estimatedNoise = finding.estimatedNoise
    let costs = ParameterCosts(matrix)
    rules = finding.verdicts.map { verdict in
      Rule(
        id: verdict.id, title: verdict.title, rank: verdict.rank, threshold: Nullable(verdict.threshold),
        assumption: verdict.assumption, formula: verdict.formula, judgesNoise: verdict.judgesNoise,
        relativeFrobeniusError: analysis.relativeFrobeniusError(rank: verdict.rank).middle,
        parameters: costs.factored(verdict.rank), trueError: finding.truth?.errors[verdict.rank])
    }
    agreement = Nullable(
      finding.band.map {
        Agreement(lower: $0.ranks.lowerBound, median: $0.median, upper: $0.ranks.upperBound, rules: $0.count)
      })
    shuffledValues = finding.shuffledValues ?? []
    centeredValues = finding.parallel?.values ?? []
    parallelPercentiles = finding.parallel?.percentiles ?? []
    truth = Nullable(finding.truth.map(Truth.init))
  }
}
