import LinearAlgebra

/// A poster of crisp shapes and lines of signs: black, white and grey with nothing between.
struct SharpPicture: GalleryEntry {
  let name = "sharp"
  let title = "Sharp picture: a poster"
  let teaches =
    "Slanted edges and small signs need many directions: the spectrum falls slowly, and low rank shows ghosts."
  let parameters = [Common.rows(160), Common.columns(240), Common.seed]
  let isPicture = true

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    let shape = Common.shape(value)
    let poster = Poster(seed: Common.seed(value))
    let scale = 1 / Double(shape.rows)
    let stretch = Double(shape.columns) / Double(shape.rows) / 1.5
    return Matrix(shape) { i, j in
      poster.ink((Double(j) + 0.5) * scale / stretch, (Double(i) + 0.5) * scale)
    }
  }
}

/// The poster in coordinates of its height: x in 0 … 1.5 to the right, y in 0 … 1 downwards.
private struct Poster {
  private let paper = 236.0
  private let ink = 18.0
  private let grey = 132.0
  private let discCentre: (x: Double, y: Double)
  private let slant: Double
  private let signs: [[UInt8]]

  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    discCentre = (generator.uniform(in: 0.40...0.52), generator.uniform(in: 0.36...0.42))
    slant = generator.uniform(in: 0.5...0.9)
    // Each sign is five rows of five dots, mirrored like a letter.
    signs = (0..<96).map { _ in
      (0..<5).map { _ in
        let half = UInt8(generator.index(below: 8))
        return half | (half & 1) << 4 | (half & 2) << 2
      }
    }
  }

  func ink(_ x: Double, _ y: Double) -> Double {
    if let sign = sign(x, y) { return sign }
    let (dx, dy) = (x - discCentre.x, y - discCentre.y)
    let squared = dx * dx + dy * dy
    if squared < 0.3 * 0.3 {
      // A disc cut into slanted stripes that thin out.
      let across = (dx + slant * dy) / 0.09
      let stripe = across - across.rounded(.down)
      return stripe < 0.62 - 0.35 * (dy / 0.3) * 0.5 ? ink : paper
    }
    if squared < 0.335 * 0.335, squared > 0.318 * 0.318 { return ink }
    // A triangle and a square on its corner, one over the other.
    if abs(x - 1.12) + abs(y - 0.30) < 0.16 { return ink }
    if y > 0.16, y < 0.68, abs(x - 1.12) < (y - 0.16) * 0.52 { return grey }
    return paper
  }

  /// The lines of signs at the foot of the poster; nil elsewhere.
  private func sign(_ x: Double, _ y: Double) -> Double? {
    let cell = 0.0125
    guard y >= 0.78, x >= 0.12, x < 1.38 else { return nil }
    let (column, row) = (Int((x - 0.12) / cell), Int((y - 0.78) / cell))
    guard row < 14, column < 96 else { return nil }
    let (letter, dotX) = column.quotientAndRemainder(dividingBy: 6)
    let (line, dotY) = row.quotientAndRemainder(dividingBy: 7)
    guard dotX < 5, dotY < 5 else { return nil }
    return signs[(line * 16 + letter) % signs.count][dotY] >> UInt8(dotX) & 1 == 1 ? ink : nil
  }
}
