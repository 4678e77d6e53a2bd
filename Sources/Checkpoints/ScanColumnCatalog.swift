import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// Every column of a table of tensors. A new one is one line here: help, `--columns`, CSV and the browser read it.
package enum ScanColumnCatalog {
  /// The columns, in the order in which lists show them.
  package static let all: [ScanColumn] = known + smooth + ranks + powerLaw + damage

  /// What is shown when nobody chooses, and fits 100 cells beside a shortened name.
  package static let defaults: [ScanColumn] = ["name", "shape", "sparkline", "error_at_break_even", "k10_ratio"]
    .compactMap { column($0) }

  /// The column that only a comparison with a shuffled copy fills.
  package static let shuffled = "shuffled"

  /// The column whose id is `id`.
  package static func column(_ id: String) -> ScanColumn? { all.first { $0.id == id } }

  /// What the file's header tells.
  private static let known: [ScanColumn] = [
    ScanColumn(
      "name", "name", "The tensor's name in the file.", alignment: .left, width: nil,
      value: { entry, _ in .text(entry.name ?? "") },
      text: { entry, _, _ in printable(entry.name ?? "(unnamed)", limit: 1000) }),
    ScanColumn(
      "shape", "shape", "Rows × columns of the matrix it is read as.", width: nil,
      value: { entry, _ in .integer(entry.parameters) },
      text: { entry, _, isUnicode in
        entry.matrixShape.map { "\($0.rows)\(isUnicode ? "×" : "x")\($0.columns)" } ?? "scalar"
      }),
    ScanColumn(
      "sparkline", "spectrum",
      "σ/σ₁ over the index on a logarithmic axis from σ₁/100 to σ₁: flat is full rank, a cliff is low rank.",
      alignment: .left, width: Sparkline.width,
      value: { _, _ in .none },
      text: { _, findings, isUnicode in
        Sparkline.text(findings?.profile ?? [], width: Sparkline.width, isUnicode: isUnicode)
      }),
    ScanColumn(
      "rows", "rows", "m, the rows of the matrix.",
      value: { entry, _ in entry.matrixShape.map { .integer($0.rows) } ?? .none },
      text: { entry, _, _ in entry.matrixShape.map { String($0.rows) } ?? "" }),
    ScanColumn(
      "columns", "columns", "n, the columns of the matrix.",
      value: { entry, _ in entry.matrixShape.map { .integer($0.columns) } ?? .none },
      text: { entry, _, _ in entry.matrixShape.map { String($0.columns) } ?? "" }),
    ScanColumn(
      "dtype", "dtype", "The stored element type.", alignment: .left, width: 11,
      value: { entry, _ in .text(entry.type.rawValue) }, text: { entry, _, _ in entry.type.rawValue }),
    ScanColumn(
      "bytes", "bytes", "The bytes of its elements as stored.",
      value: { entry, _ in .integer(entry.bytes) }, text: { entry, _, _ in NumberFormat.bytes(entry.bytes) }),
    ScanColumn(
      "parameters", "parameters", "m·n, the number of elements.",
      value: { entry, _ in .integer(entry.parameters) },
      text: { entry, _, _ in NumberFormat.count(Double(entry.parameters)) }),
  ]

  /// What low rank costs, norms, and the smooth measures of rank.
  private static let smooth: [ScanColumn] = [
    ScanColumn(
      "error_at_break_even", "even error", "‖A − A_k‖/‖A‖ at the break-even rank: what low rank costs before it saves.",
      width: BreakEvenError.width,
      value: { _, findings in findings?.measures.errorAtBreakEven.map { .number($0) } ?? .none },
      text: { _, findings, isUnicode in
        guard let findings else { return "" }
        return BreakEvenError.text(findings.measures) ?? none(isUnicode)
      }),
    figure(
      "k10_ratio", "k10 ratio",
      "The rank of 10 % error divided by the break-even rank: over 1, low rank at 10 % error saves nothing.",
      { $0.tenPercentRatio }),
    figure("spectral_norm", "σ₁", "σ₁, the spectral norm.", { $0.hasSpectrum ? $0.measures.spectralNorm : nil }),
    figure(
      "frobenius_norm", "‖A‖F", "‖A‖_F, the Frobenius norm.", { $0.hasSpectrum ? $0.measures.frobeniusNorm : nil }),
    figure("stable_rank", "stable", "‖A‖_F²/σ₁², the stable rank.", { $0.measures.stableRank }),
    figure(
      "effective_rank", "effective", "exp of the entropy of σ/Σσ, the effective rank.", { $0.measures.effectiveRank }),
    figure(
      "participation_ratio", "particip.", "(Σσ²)²/Σσ⁴, the participation ratio.", { $0.measures.participationRatio }),
  ]

  /// Ranks by rule.
  private static let ranks: [ScanColumn] = [
    rank("energy_90", "90 % en.", "The smallest rank that keeps 90 % of Σσ²."),
    rank("energy_95", "95 % en.", "The smallest rank that keeps 95 % of Σσ²."),
    rank("energy_99", "99 % en.", "The smallest rank that keeps 99 % of Σσ²."),
    rank(shuffled, "shuffled", "The σ above the largest σ of a copy whose entries were shuffled (seeded)."),
    rank("gavish_donoho", "noise rule", "The σ that stand out of even white noise (Gavish & Donoho)."),
    rank("numerical", "num. rank", "The σ above σ₁·max(m, n)·eps: NumPy's numerical rank."),
    count("break_even_rank", "even rank", "The largest k with k(m + n) < m·n: past it the factors are no smaller.") {
      $0.breakEvenRank
    },
  ]

  /// The fitted tail, without a verdict.
  private static let powerLaw: [ScanColumn] = [
    ScanColumn(
      "alpha", "α",
      "The exponent of a power law fitted to the tail of σ², ± its standard error; judge it with its tail and KS distance.",
      width: 15,
      value: { _, findings in findings?.measures.alpha.map { .number($0) } ?? .none },
      text: { _, findings, isUnicode in
        guard let measures = findings?.measures else { return "" }
        guard let alpha = measures.alpha, let error = measures.alphaStandardError else { return none(isUnicode) }
        return
          "\(NumberFormat.plain(alpha, digits: 3)) \(isUnicode ? "±" : "+-") \(NumberFormat.plain(error, digits: 2))"
      }),
    figure(
      "alpha_standard_error", "α error", "(α − 1)/√tail, the standard error of α.", { $0.measures.alphaStandardError }),
    ScanColumn(
      "alpha_tail", "α tail", "How many eigenvalues the fitted tail holds; below about 25 α says little.",
      value: { _, findings in findings?.measures.alphaTail.map { .integer($0) } ?? .none },
      text: { _, findings, isUnicode in
        guard let findings else { return "" }
        return findings.measures.alphaTail.map { String($0) } ?? none(isUnicode)
      }),
    figure("alpha_ks", "α KS", "The Kolmogorov–Smirnov distance of the fit: 0 fits.", { $0.measures.alphaKS }),
  ]

  /// What is wrong with the entries.
  private static let damage: [ScanColumn] = [
    count("nonfinite", "non-finite", "Entries that are NaN or infinite; with any there is no spectrum.") {
      $0.nonfinite
    },
    count("zero_rows", "zero rows", "Rows whose entries are all zero.") { $0.zeroRows },
    figure(
      "seconds", "seconds", "Seconds of wall clock, reading included.", { $0.seconds }, { NumberFormat.seconds($0) }),
  ]

  private static func figure(
    _ id: String, _ title: String, _ explanation: String, _ read: @escaping @Sendable (TensorFindings) -> Double?,
    _ write: @escaping @Sendable (Double) -> String = { NumberFormat.plain($0, digits: 4) }
  ) -> ScanColumn {
    ScanColumn(
      id, title, explanation, value: { _, findings in findings.flatMap(read).map { .number($0) } ?? .none },
      text: { _, findings, isUnicode in
        guard let findings else { return "" }
        return read(findings).map(write) ?? none(isUnicode)
      })
  }

  private static func rank(_ id: String, _ title: String, _ explanation: String) -> ScanColumn {
    ScanColumn(
      id, title, explanation, value: { _, findings in findings?.ranks[id].map { .integer($0) } ?? .none },
      text: { _, findings, isUnicode in
        guard let findings else { return "" }
        return findings.ranks[id].map { String($0) } ?? none(isUnicode)
      })
  }

  private static func count(
    _ id: String, _ title: String, _ explanation: String, _ read: @escaping @Sendable (TensorFindings) -> Int
  ) -> ScanColumn {
    ScanColumn(
      id, title, explanation, value: { _, findings in findings.map { .integer(read($0)) } ?? .none },
      text: { _, findings, _ in findings.map { String(read($0)) } ?? "" })
  }

  private static func none(_ isUnicode: Bool) -> String { isUnicode ? "–" : "-" }
}

extension TensorFindings {
  /// Whether σ are known: every entry is finite.
  package var hasSpectrum: Bool { nonfinite == 0 }

  /// The rank of 10 % error ÷ the break-even rank; nil where either is missing. Over 1, it saves nothing.
  package var tenPercentRatio: Double? {
    guard let rank = ranks["error_10"], breakEvenRank > 0 else { return nil }
    return Double(rank) / Double(breakEvenRank)
  }
}
