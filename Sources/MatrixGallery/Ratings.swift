import LinearAlgebra

/// A table of users × items, as a recommender sees it.
struct Ratings: GalleryEntry {
  let name = "ratings"
  let title = "Ratings: users × items"
  let teaches =
    "A few shared tastes explain most ratings; the first direction is the average, the next ones are the tastes."
  let parameters = [
    Common.rows(240), Common.columns(120),
    GalleryParameter("tastes", 4, in: 0...64, "how many tastes users differ in"),
    GalleryParameter("noise", 0.5, in: 0...10, isInteger: false, "the standard deviation of a user's mood"),
    Common.seed,
  ]
  let isPicture = false

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    let shape = Common.shape(value)
    let tastes = Int(value("tastes"))
    let noise = value("noise")
    var generator = SeededGenerator(seed: Common.seed(value))
    let leniency = (0..<shape.rows).map { _ in 0.4 * generator.gaussian() }
    let quality = (0..<shape.columns).map { _ in 0.6 * generator.gaussian() }
    let users = Matrix<Double>.gaussian(Shape(tastes, shape.rows), from: &generator)
    let items = Matrix<Double>.gaussian(Shape(tastes, shape.columns), from: &generator)
    // Earlier tastes matter more.
    let weights = (0..<tastes).map { 0.8 / Double($0 + 1).squareRoot() }
    return Matrix(shape) { i, j in
      var rating = 3.3 + leniency[i] + quality[j] + noise * generator.gaussian()
      for taste in 0..<tastes { rating += weights[taste] * users[taste, i] * items[taste, j] }
      return min(5, max(1, rating.rounded()))
    }
  }
}
