import Glibc
import LinearAlgebra

/// Random directions whose singular values fall by a power law: σ_i = i^(−power).
struct PowerDecay: GalleryEntry {
  let name = "decay"
  let title = "Power-law decay"
  let teaches = "The power says how much a few directions hold: at 0 the spectrum is flat, at 2 ten of them are enough."
  let parameters = [
    Common.rows(128, upTo: 1024), Common.columns(96, upTo: 1024),
    GalleryParameter("power", 1, in: 0...8, isInteger: false, "how steeply σ falls"),
    Common.seed,
  ]
  let isPicture = false

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    let shape = Common.shape(value)
    let (power, seed, count) = (value("power"), Common.seed(value), shape.shortSide)
    let left = Matrix<Double>.orthogonal(Shape(shape.rows, count), seed: seed)
    let right = Matrix<Double>.orthogonal(Shape(shape.columns, count), seed: seed &+ 0x9E37_79B9)
    let values = (1...max(1, count)).map { pow(Double($0), -power) }
    return Matrix(shape) { entries in
      left.withEntries { u in
        for j in 0..<shape.columns {
          let column = UnsafeMutableBufferPointer(rebasing: entries[j * shape.rows..<(j + 1) * shape.rows])
          for inner in 0..<count {
            let factor = values[inner] * right[j, inner]
            for i in column.indices { column[i] += factor * u[i + inner * shape.rows] }
          }
        }
      }
    }
  }
}
