import LinearAlgebra

/// A rectangle of a picture's entries. Of three channels side by side it means the same rectangle in each.
package struct EntryWindow: Hashable, Sendable {
  /// The rows, from 0.
  package let rows: Range<Int>
  /// The columns, from 0, within one channel.
  package let columns: Range<Int>

  /// The entries in `rows` and `columns`.
  package init(rows: Range<Int>, columns: Range<Int>) {
    self.rows = rows
    self.columns = columns
  }

  /// The columns of a matrix of `channels` × n columns that the window takes.
  private func columns(of shape: Shape, channels: Int) -> [Int] {
    let width = shape.columns / channels
    return (0..<channels).flatMap { channel in columns.map { channel * width + $0 } }
  }

  /// The window's part of `matrix`, copied; of a product the part of its factors.
  package func part<Entries: EntryBlocks>(of matrix: Entries, channels: Int) -> Entries {
    matrix.selecting(rows: Array(rows), columns: columns(of: matrix.shape, channels: channels))
  }

  /// The rows of U and V that the window's part of A_k needs; not itself a singular value decomposition.
  package func part(of svd: SVD, channels: Int) -> SVD {
    svd.selecting(rows: Array(rows), columns: columns(of: svd.shape, channels: channels))
  }

  /// The window's part of offsets per row and column.
  package func part(rows rowOffsets: [Double], columns columnOffsets: [Double], channels: Int) -> ([Double], [Double]) {
    let shape = Shape(rowOffsets.count, columnOffsets.count)
    return (rows.map { rowOffsets[$0] }, columns(of: shape, channels: channels).map { columnOffsets[$0] })
  }
}
