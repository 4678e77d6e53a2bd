import LinearAlgebra

/// The peak that a solver could reach if it were one matrix product.
struct GemmRate: Encodable {
  var flopsPerSecond = 0.0

  /// 2n³ over the shortest of three products of two n × n matrices, n = `side`.
  init(_ side: Int, worksInFloat: Bool, threads: Int) {
    BLASThreads.use(threads)
    flopsPerSecond = worksInFloat ? rate(of: Float.self, side) : rate(of: Double.self, side)
  }
}

private func rate<Scalar: RealScalar>(of: Scalar.Type, _ side: Int) -> Double {
  let shape = Shape(side, side)
  var a = Matrix<Scalar>(shape) { i, j in Scalar((i * 7 + j * 3) % 11) / 11 }
  var c = Matrix<Scalar>(zeros: shape)
  let best = (0..<3).map { _ in
    ContinuousClock().measure {
      a.withMutableEntries { left in
        c.withMutableEntries { target in
          let block = Block(left.baseAddress, shape, stride: side)
          multiplyAdd(block, block, into: Block(target.baseAddress, shape, stride: side))
        }
      }
    } / .seconds(1)
  }.min()
  return 2 * Double(side) * Double(side) * Double(side) / (best ?? .infinity)
}
