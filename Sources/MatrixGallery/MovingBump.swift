import Glibc
import LinearAlgebra

/// One bump that moves: each row is the row above, shifted. Simple to say, and of high rank.
struct MovingBump: GalleryEntry {
  let name = "moving"
  let title = "A bump that moves"
  let teaches = "Each row is the same bump, a little further on: standing still it has rank 1, moving a high one."
  let parameters = [
    Common.rows(120), Common.columns(160),
    GalleryParameter("speed", 1, in: -16...16, isInteger: false, "entries that it moves from row to row"),
    GalleryParameter("width", 4, in: 0.5...1000, isInteger: false, "its standard deviation, in entries"),
  ]
  let isPicture = false

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    let shape = Common.shape(value)
    let (speed, width, length) = (value("speed"), value("width"), Double(shape.columns))
    let start = length / 8
    return Matrix(shape) { i, j in
      // Around the edge: the shorter way to the middle of the bump.
      let distance = Double(j) - start - speed * Double(i)
      let wrapped = distance - length * (distance / length).rounded()
      return exp(-wrapped * wrapped / (2 * width * width))
    }
  }
}
