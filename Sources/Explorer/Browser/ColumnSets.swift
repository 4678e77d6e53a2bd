import Checkpoints

/// Columns that belong together, by their ids in ``ScanColumnCatalog``.
package enum ColumnSets {
  /// What is shown when nobody chooses, beside the name.
  package static let usual = ScanColumnCatalog.defaults.map(\.id).filter { $0 != "name" }

  /// What wide screens show after those.
  package static let more = [
    "spectral_norm", "stable_rank", "alpha", "dtype", "effective_rank", "energy_90", "bytes",
  ]

  /// The numbers of the map, in turn.
  package static let numbers = [
    "error_at_break_even", "k10_ratio", "stable_rank", "effective_rank", "spectral_norm", "alpha", "shuffled",
  ].filter { ScanColumnCatalog.column($0) != nil }

  /// What the key for columns shows in turn; nil is the usual ones and as many more as fit.
  private static let sets: [[String]?] = [
    nil,
    ["shape", "sparkline", "energy_90", "energy_95", "energy_99", "numerical"],
    ["shape", "sparkline", "shuffled", "gavish_donoho", "alpha", "alpha_tail", "alpha_ks"],
    ["shape", "sparkline", "spectral_norm", "frobenius_norm", "stable_rank", "effective_rank"],
    ["shape", "dtype", "bytes", "nonfinite", "zero_rows", "seconds"],
  ].map { ids in ids?.filter { ScanColumnCatalog.column($0) != nil } }

  /// The set after `columns`, around.
  package static func next(after columns: [String]?) -> [String]? {
    guard let index = sets.firstIndex(of: columns) else { return nil }
    return sets[(index + 1) % sets.count]
  }
}
