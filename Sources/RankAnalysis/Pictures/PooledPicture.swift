/// The size of a picture in pixels.
package struct PictureGrid: Hashable, Sendable {
  /// Pixels from top to bottom.
  package let rows: Int
  /// Pixels from left to right.
  package let columns: Int

  /// A grid of `rows` × `columns` pixels, neither negative.
  package init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a grid cannot be negative")
    self.rows = rows
    self.columns = columns
  }

  /// The number of pixels.
  package var count: Int { rows * columns }
}

/// A matrix seen through a grid: each pixel the mean (or, for a residual, the root mean square) of the entries it covers.
package struct PooledPicture: Hashable, Sendable {
  /// Its size.
  package let grid: PictureGrid
  /// The pixels row by row, in units of ``scale``.
  package let values: [Float]
  /// What a value is multiplied by to be in A's units: 1, or a power of two for entries beyond the range of f32.
  package let scale: Double

  /// A picture of `values`, row by row.
  package init(grid: PictureGrid, values: [Float], scale: Double = 1) {
    precondition(values.count == grid.count, "a picture holds one value a pixel")
    self.grid = grid
    self.values = values
    self.scale = scale
  }

  /// The pixel in `row` and `column`, in A's units.
  package subscript(_ row: Int, _ column: Int) -> Double { Double(values[row * grid.columns + column]) * scale }
}

/// The unit for pixels of a picture whose largest magnitude is `largest`: 1 wherever f32 holds it with room to spare.
func pictureScale(largest: Double) -> Double {
  guard largest > 0, largest.isFinite, largest >= 0x1p+100 || largest <= 0x1p-100 else { return 1 }
  return Double(sign: .plus, exponent: max(-1000, min(1000, Int(largest.exponent))), significand: 1)
}
