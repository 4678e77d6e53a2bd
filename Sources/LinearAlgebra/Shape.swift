/// The shape of a matrix: rows × columns, in that order, everywhere.
package struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The number of rows, m.
  package var rows: Int
  /// The number of columns, n.
  package var columns: Int

  /// A shape of `rows` × `columns`; both must be non-negative.
  package init(_ rows: Int, _ columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a shape cannot be negative")
    self.rows = rows
    self.columns = columns
  }

  /// p = min(m, n): the number of singular values.
  package var shortSide: Int { min(rows, columns) }
  /// N = max(m, n).
  package var longSide: Int { max(rows, columns) }
  /// m·n: the number of entries.
  package var count: Int { rows * columns }
  /// n × m.
  package var transposed: Shape { Shape(columns, rows) }

  package var description: String { "\(rows) × \(columns)" }
}
