import LinearAlgebra

/// h_ij = 1/(i + j − 1): full rank on paper, low rank in practice.
///
/// Source: Hilbert, Acta Mathematica 18 (1894), 155–159.
struct Hilbert: GalleryEntry {
  let name = "hilbert"
  let title = "Hilbert"
  let teaches =
    "The singular values fall so fast that rounding buries most of them: invertible, yet numerically of low rank."
  let parameters = [Common.rows(64), Common.columns(64)]
  let isPicture = false

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    Matrix(Common.shape(value)) { i, j in 1 / Double(i + j + 1) }
  }
}
