import LinearAlgebra

/// A matrix of known rank under noise: what every rank rule is asked to find again.
struct Planted: GalleryEntry {
  let name = "planted"
  let title = "Planted rank + noise"
  let teaches = "A few large singular values stand above the bulk of the noise; the noise rule finds how many."
  let parameters = [
    Common.rows(200), Common.columns(120),
    GalleryParameter("rank", 8, in: 0...256, "the planted rank; its entries have mean square 1"),
    GalleryParameter("noise", 0.3, in: 0...1000, isInteger: false, "the standard deviation of the added noise"),
    Common.seed,
  ]
  let isPicture = false

  func objection(_ value: (String) -> Double) -> String? {
    let limit = Common.shape(value).shortSide
    let rank = Int(value("rank"))
    return rank <= limit ? nil : "rank=\(rank) exceeds the shorter side, \(limit)"
  }

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    .planted(Common.shape(value), rank: Int(value("rank")), noise: value("noise"), seed: Common.seed(value))
  }

  func recipe(_ value: (String) -> Double) -> PlantedRecipe? {
    PlantedRecipe(
      shape: Common.shape(value), rank: Int(value("rank")), noise: value("noise"), seed: Common.seed(value))
  }
}
