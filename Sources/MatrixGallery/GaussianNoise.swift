import LinearAlgebra

/// Independent normal entries: no structure at all.
struct GaussianNoise: GalleryEntry {
  let name = "noise"
  let title = "Gaussian noise"
  let teaches =
    "The singular values follow the Marchenko–Pastur law: they fall slowly, and no rank is better than another."
  let parameters = [
    Common.rows(200), Common.columns(120),
    GalleryParameter("sigma", 1, in: 1e-100...1e100, isInteger: false, "the standard deviation of an entry"),
    Common.seed,
  ]
  let isPicture = false

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    var matrix = Matrix<Double>.gaussian(Common.shape(value), seed: Common.seed(value))
    let sigma = value("sigma")
    matrix.withMutableEntries { entries in
      for index in entries.indices { entries[index] *= sigma }
    }
    return matrix
  }
}
