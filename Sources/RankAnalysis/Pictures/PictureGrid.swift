import LinearAlgebra

/// The pixels of a picture: rows × columns.
package struct PictureGrid: Hashable, Sendable {
  package let rows: Int, columns: Int

  /// `rows` × `columns` pixels.
  package init(rows: Int, columns: Int) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }
}

/// A matrix shrunk to pixels, or drawn larger where it has fewer entries than there are pixels.
package struct PooledPicture: Hashable, Sendable {
  /// Its pixels.
  package let grid: PictureGrid
  /// One value a pixel, row after row, in the matrix's units.
  package let values: [Float]

  /// A picture of `values`, row after row.
  package init(grid: PictureGrid, values: [Float]) {
    precondition(values.count == grid.rows * grid.columns, "one value a pixel")
    self.grid = grid
    self.values = values
  }
}

/// How one axis of a matrix falls on pixels: runs of whole entries, and the run that every pixel shows.
///
/// With at least as many entries as pixels, pixel i is the run ⌊i·m/h⌋ ..< ⌊(i+1)·m/h⌋; with fewer, every entry is a run
/// of its own and pixel i shows entry ⌊(i+½)·m/h⌋.
struct PixelRuns {
  /// Where each run starts; one more ends the last.
  let starts: [Int]
  /// The run that each pixel shows.
  let runOfPixel: [Int]

  init(length: Int, pixels: Int) {
    let count = min(length, pixels)
    starts = count == 0 ? [0] : (0...count).map { $0 * length / count }
    runOfPixel = (0..<pixels).map { length >= pixels ? $0 : min(length - 1, (2 * $0 + 1) * length / (2 * pixels)) }
  }

  /// The number of runs.
  var count: Int { starts.count - 1 }
  /// The entries of run `index`.
  func range(_ index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }

  /// The run that each entry belongs to.
  var runOfEntry: [Int] { (0..<count).flatMap { run in range(run).map { _ in run } } }
}

extension PooledPicture {
  /// A picture from one value a run of rows and columns, column-major, in the stored orientation.
  init(
    runs values: [Double], rows: PixelRuns, columns: PixelRuns, grid: PictureGrid, isTransposed: Bool
  ) {
    var pixels: [Float] = []
    pixels.reserveCapacity(grid.rows * grid.columns)
    let (down, across) = isTransposed ? (columns, rows) : (rows, columns)
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        let (r, c) = (down.runOfPixel[row], across.runOfPixel[column])
        pixels.append(Float(isTransposed ? values[c + r * rows.count] : values[r + c * rows.count]))
      }
    }
    self.init(grid: grid, values: pixels)
  }
}
