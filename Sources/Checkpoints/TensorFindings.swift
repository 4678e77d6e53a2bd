/// What a scan finds of one matrix of a checkpoint: the line that `scan --format jsonl` prints, and what the browser
/// shows in a row. Scripts depend on the names: add, never rename.
package struct TensorFindings: Codable, Hashable, Sendable {
  /// The tensor's name.
  package var name: String
  /// m and n of the matrix it is read as.
  package var rows: Int
  package var columns: Int
  /// The stored element type: "bf16".
  package var dtype: String
  /// m·n.
  package var parameters: Int
  /// The rank that each rule chooses, by the rule's id.
  package var ranks: [String: Int]
  /// The σ above which a rule counts, by the rule's id.
  package var thresholds: [String: Double]
  package var measures: Measures
  /// The largest k with k(m + n) < m·n.
  package var breakEvenRank: Int
  /// Entries that are NaN or infinite: with any of them there is no spectrum, and ranks and measures are empty.
  package var nonfinite: Int
  /// Rows whose entries are all zero.
  package var zeroRows: Int
  /// Seconds of wall clock, reading included.
  package var seconds: Double
  /// σ_i/σ₁ at ``profileCount`` evenly spaced places of i = 1 … p, the largest where several share a place, first σ₁:
  /// what sparklines and heat maps draw. Empty for a zero matrix or one without a spectrum.
  package var profile: [Float]

  /// The places of a ``profile``; fewer where p is smaller.
  package static let profileCount = 128

  /// Norms and smooth measures; nil where a matrix has none.
  package struct Measures: Codable, Hashable, Sendable {
    /// σ₁ and ‖A‖_F.
    package var spectralNorm: Double
    package var frobeniusNorm: Double
    package var stableRank: Double?
    package var effectiveRank: Double?
    package var participationRatio: Double?
    /// The exponent of a power law fitted to the tail of λ = σ², its standard error, the eigenvalues in the tail, and the
    /// Kolmogorov–Smirnov distance of the fit.
    package var alpha: Double?
    package var alphaStandardError: Double?
    package var alphaTail: Int?
    package var alphaKS: Double?
    /// ‖A − A_k‖_F/‖A‖_F at the break-even rank: what low rank costs before it saves anything; nil where that rank is 0.
    package var errorAtBreakEven: Double?
    /// Below this such an error is rounding, which moves it by an eighth of this at most.
    package var errorFloor: Double?

    enum CodingKeys: String, CodingKey {
      case alpha
      case spectralNorm = "spectral_norm"
      case frobeniusNorm = "frobenius_norm"
      case stableRank = "stable_rank"
      case effectiveRank = "effective_rank"
      case participationRatio = "participation_ratio"
      case alphaStandardError = "alpha_standard_error"
      case alphaTail = "alpha_tail"
      case alphaKS = "alpha_ks"
      case errorAtBreakEven = "error_at_break_even"
      case errorFloor = "error_floor"
    }
  }

  enum CodingKeys: String, CodingKey {
    case name, rows, columns, dtype, parameters, ranks, thresholds, measures, nonfinite, seconds, profile
    case breakEvenRank = "break_even_rank"
    case zeroRows = "zero_rows"
  }
}
