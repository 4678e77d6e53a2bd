import LinearAlgebra

/// Squares of two values: sharp edges, and yet rank 2 or 1.
struct Checkerboard: GalleryEntry {
  let name = "checkerboard"
  let title = "Checkerboard"
  let teaches = "Edges need not cost rank: with squares of 0 and 1 two patterns make it, with −1 and 1 a single one."
  let parameters = [
    Common.rows(96), Common.columns(96),
    GalleryParameter("tile", 12, in: 1...4096, "the side of a square"),
    GalleryParameter("low", 0, in: -1...0, "the value of the other squares: 0 gives rank 2, -1 gives rank 1"),
  ]
  let isPicture = false

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    let tile = Int(value("tile"))
    let low = value("low")
    return Matrix(Common.shape(value)) { i, j in (i / tile + j / tile).isMultiple(of: 2) ? 1 : low }
  }
}
