import Checkpoints
import MatrixFiles

/// How a scan is printed.
package enum ScanFormat: String, Hashable, Sendable, CaseIterable {
  /// Columns that line up.
  case table
  /// Comma-separated values (RFC 4180): a header of the columns' names, figures with all their digits.
  case csv
  /// One JSON object a line, with the names of ``TensorFindings``.
  case jsonl
  /// A table for documents and tickets.
  case markdown

  /// The columns that are printed when nobody chooses; none of ``jsonl``, which holds everything.
  package var defaultColumns: [ScanColumn] {
    switch self {
    case .table, .markdown: ScanColumnCatalog.defaults
    case .csv: ScanColumnCatalog.all.filter { !["shape", "sparkline"].contains($0.id) }
    case .jsonl: []
    }
  }
}
