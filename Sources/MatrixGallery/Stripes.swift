import Glibc
import LinearAlgebra

/// Sharp stripes of two values at an angle: where they follow an axis, one pattern makes them; where they lean, it takes
/// very many.
struct Stripes: GalleryEntry {
  let name = "stripes"
  let title = "Stripes at an angle"
  let teaches = "Upright or level stripes have rank 1; the same stripes, turned by a few degrees, a high one."
  let parameters = [
    Common.rows(120), Common.columns(160),
    GalleryParameter("angle", 0, in: -90...90, isInteger: false, "degrees from upright"),
    GalleryParameter("period", 20, in: 2...4096, isInteger: false, "a dark and a light stripe together, in entries"),
    GalleryParameter("low", 0, in: -1...0, "the value of the dark stripes"),
  ]
  let isPicture = false

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    let (angle, half, low) = (value("angle"), value("period") / 2, value("low"))
    // The right angles exactly: 0 and 1 are what their stripes need.
    let turn: (cosine: Double, sine: Double) =
      angle == 0 ? (1, 0) : abs(angle) == 90 ? (0, angle / 90) : (cos(angle * .pi / 180), sin(angle * .pi / 180))
    return Matrix(Common.shape(value)) { i, j in
      let across = (Double(j) + 0.5) * turn.cosine + (Double(i) + 0.5) * turn.sine
      return Int((across / half).rounded(.down)).isMultiple(of: 2) ? 1 : low
    }
  }
}
