import LinearAlgebra

/// Ones on the diagonal: the simplest picture, and nothing to leave out.
struct Identity: GalleryEntry {
  let name = "identity"
  let title = "Identity"
  let teaches = "One line of ones, and yet of full rank: every row says something that no other row says."
  let parameters = [Common.rows(64), Common.columns(64)]
  let isPicture = false

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    Matrix(Common.shape(value)) { i, j in i == j ? 1 : 0 }
  }
}
