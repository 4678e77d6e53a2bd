import LinearAlgebra

/// A random orthogonal matrix: the flat spectrum.
struct Orthogonal: GalleryEntry {
  let name = "orthogonal"
  let title = "Orthogonal (flat)"
  let teaches = "Every singular value is 1: each direction matters as much as any other, and low rank saves nothing."
  let parameters = [Common.rows(128, upTo: 1024), Common.columns(128, upTo: 1024), Common.seed]
  let isPicture = false

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    .orthogonal(Common.shape(value), seed: Common.seed(value))
  }
}
