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
  /// Whether the values are exact up to the solver's rounding, rather than bounded.
  package var exact: Bool
  /// Relative to σ₁: singular values below are rounding.
  package var precisionFloor: Double
  /// ‖A‖_F.
  package var frobeniusNorm: Double
  /// σ₁ ≥ σ₂ ≥ …: all of them, or the first `--top K`.
  package var singularValues: [Double]
  /// Each rule's rank, by the rule's id.
  package var ranks: [String: Int]
  /// The σ above which a rule counts, by the rule's id; only rules that have such a cut.
  package var thresholds: [String: Double]
  package var measures: Measures
  package var parameters: Parameters
  /// The solver's seconds of wall clock, and those of opening and reading.
  package var seconds: Double
  package var readSeconds: Double
  /// With `--rank K`: the read-outs at that rank.
  package var approximation: RankReadout?

  /// Rank measures; null where undefined, as for a zero matrix.
  package struct Measures: Codable, Hashable, Sendable {
    package var stableRank: Nullable<Double>
    package var effectiveRank: Nullable<Double>
    package var participationRatio: Nullable<Double>

    enum CodingKeys: String, CodingKey {
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
    case schema, source, tensor, rows, columns, dtype, preparation, method, reason, exact, ranks, thresholds, measures,
      parameters
    case seconds, approximation
    case precisionFloor = "precision_floor"
    case frobeniusNorm = "frobenius_norm"
    case singularValues = "singular_values"
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
  /// ‖A − A_k‖_F/‖A‖_F by the tail of the spectrum.
  package var relativeFrobeniusError: Double
  /// σ_{k+1}, in A's units; 0 at k = p.
  package var spectralError: Double
  /// Σ_{i≤k} σ²/Σσ².
  package var energy: Double
  /// ‖A − A_k‖_F/‖A‖_F and max|A − A_k| of the actual product.
  package var measuredRelativeFrobeniusError: Double
  package var measuredMaxError: Double

  enum CodingKeys: String, CodingKey {
    case rank, parameters, energy
    case parameterRatio = "parameter_ratio"
    case relativeFrobeniusError = "relative_frobenius_error"
    case spectralError = "spectral_error"
    case measuredRelativeFrobeniusError = "measured_relative_frobenius_error"
    case measuredMaxError = "measured_max_error"
  }
}
