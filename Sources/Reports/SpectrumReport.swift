/// What `spectrum --json` prints, schema "lowrank.spectrum/1". Scripts depend on these names: add, never rename.
package struct SpectrumReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.spectrum/1"

  package var schema = Self.schemaName
  /// What the user named: a path, "-", or a gallery name.
  package var source: String
  /// The tensor's name, null where the file holds a single unnamed one.
  package var tensor: Nullable<String>
  /// m.
  package var rows: Int
  /// n.
  package var columns: Int
  /// The element type of the source: "f32", "u8", …
  package var dtype: String
  /// What was done to the matrix before it was factored.
  package var preparation: PreparationRecord
  /// The solver, and why it was chosen.
  package var method: String
  package var reason: String
  /// Whether the values are exact up to the solver's rounding, rather than bounded. What follows of bounds (``confidence``
  /// and every name in `_lower` and `_upper`) is there only when they are not.
  package var exact: Bool
  /// How probable it is, at least, that all bounds hold: 1 when they are certain.
  package var confidence: Double?
  /// Relative to σ₁: singular values below are rounding.
  package var precisionFloor: Double
  /// ‖A‖_F.
  package var frobeniusNorm: Double
  /// σ₁ ≥ σ₂ ≥ …: all of them, or the first `--top K`; their lower bounds when they are not exact.
  package var singularValues: [Double]
  package var singularValuesUpper: [Double]?
  /// Each rule's rank, by the rule's id; while it is an interval the upper end, which does what the rule asks in any case.
  package var ranks: [String: Int]
  /// The lower ends.
  package var ranksLower: [String: Int]?
  /// The σ above which a rule counts, by the rule's id; only rules that have such a cut.
  package var thresholds: [String: Double]
  package var measures: Measures
  package var parameters: Parameters
  /// The solver's seconds of wall clock, and those of opening and reading.
  package var seconds: Double
  package var readSeconds: Double
  /// With `--rank K`: the read-outs at that rank.
  package var approximation: RankReadout?
  /// With `--explain`: which method, why, and what was decided against.
  package var explanation: SolverExplanation?

  /// Rank measures; null where undefined, as for a zero matrix. While they are intervals, the lower ends.
  package struct Measures: Codable, Hashable, Sendable {
    package var stableRank: Nullable<Double>
    package var effectiveRank: Nullable<Double>
    package var participationRatio: Nullable<Double>
    package var stableRankLower: Double?
    package var stableRankUpper: Double?
    package var effectiveRankLower: Double?
    package var effectiveRankUpper: Double?
    package var participationRatioLower: Double?
    package var participationRatioUpper: Double?

    enum CodingKeys: String, CodingKey {
      case stableRankLower = "stable_rank_lower"
      case stableRankUpper = "stable_rank_upper"
      case effectiveRankLower = "effective_rank_lower"
      case effectiveRankUpper = "effective_rank_upper"
      case participationRatioLower = "participation_ratio_lower"
      case participationRatioUpper = "participation_ratio_upper"
      case stableRank = "stable_rank"
      case effectiveRank = "effective_rank"
      case participationRatio = "participation_ratio"
    }
  }

  /// What storing A costs, and until which rank a pair of factors costs less.
  package struct Parameters: Codable, Hashable, Sendable {
    /// m·n.
    package var dense: Int
    /// The largest k with k(m + n) < m·n.
    package var breakEvenRank: Int
    /// The means and scales that were taken off, counted at every rank.
    package var offsets: Int

    enum CodingKeys: String, CodingKey {
      case dense, offsets
      case breakEvenRank = "break_even_rank"
    }
  }

  enum CodingKeys: String, CodingKey {
    case schema, source, tensor, rows, columns, dtype, preparation, method, reason, exact, confidence, ranks,
      thresholds,
      measures, parameters
    case seconds, approximation, explanation
    case precisionFloor = "precision_floor"
    case frobeniusNorm = "frobenius_norm"
    case singularValues = "singular_values"
    case singularValuesUpper = "singular_values_upper"
    case ranksLower = "ranks_lower"
    case readSeconds = "read_seconds"
  }
}

/// The read-outs of A_k: predicted from the spectrum, and measured from the product of the factors.
package struct RankReadout: Codable, Hashable, Sendable {
  /// k.
  package var rank: Int
  /// k(m + n) and the offsets, and the ratio to m·n.
  package var parameters: Int
  package var parameterRatio: Double
  /// ‖A − A_k‖_F/‖A‖_F by the tail of the spectrum; of an interval the upper end, and likewise `spectralError`.
  package var relativeFrobeniusError: Double
  package var relativeFrobeniusErrorLower: Double?
  package var relativeFrobeniusErrorUpper: Double?
  /// σ_{k+1}, in A's units; 0 at k = p.
  package var spectralError: Double
  package var spectralErrorLower: Double?
  package var spectralErrorUpper: Double?
  /// Σ_{i≤k} σ²/Σσ²; of an interval the lower end.
  package var energy: Double
  package var energyLower: Double?
  package var energyUpper: Double?
  /// ‖A − A_k‖_F/‖A‖_F and max|A − A_k| of the actual product.
  package var measuredRelativeFrobeniusError: Double
  package var measuredMaxError: Double

  enum CodingKeys: String, CodingKey {
    case rank, parameters, energy
    case parameterRatio = "parameter_ratio"
    case relativeFrobeniusError = "relative_frobenius_error"
    case relativeFrobeniusErrorLower = "relative_frobenius_error_lower"
    case relativeFrobeniusErrorUpper = "relative_frobenius_error_upper"
    case spectralError = "spectral_error"
    case spectralErrorLower = "spectral_error_lower"
    case spectralErrorUpper = "spectral_error_upper"
    case energyLower = "energy_lower"
    case energyUpper = "energy_upper"
    case measuredRelativeFrobeniusError = "measured_relative_frobenius_error"
    case measuredMaxError = "measured_max_error"
  }
}
