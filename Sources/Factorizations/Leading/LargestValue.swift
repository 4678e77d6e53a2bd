import Glibc
import LinearAlgebra

/// σ₁ alone, by Lanczos's iteration on AAᵀ: one pass over A a step, about twenty steps for noise.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., section 10.1.
package enum LargestValue {
  /// The steps at most.
  private static let limit = 80

  /// σ₁ of `matrix`, a lower bound that is right to about 1e-4 of itself, and to more where a caller's question needs it.
  ///
  /// - Parameters:
  ///   - seed: of the first vector.
  ///   - isDecided: whether the answer would be the same for every σ₁ in a range: no step follows then, once the range is
  ///     narrow. Always true asks for 1e-4 alone.
  /// - Throws: ``FactorizationError/cancelled``.
  package static func of(
    _ matrix: AnyMatrix, largestMagnitude: Double, seed: UInt64, control: WorkControl,
    isDecided: (ClosedRange<Double>) -> Bool = { _ in true }
  ) throws(FactorizationError) -> Double {
    guard matrix.shape.shortSide > 0, largestMagnitude > 0 else { return 0 }
    let scaling = RangeScaling(largestMagnitude: largestMagnitude, worksInFloat: matrix.isFloat)
    let scaled: (ClosedRange<Double>) -> Bool = {
      isDecided($0.lowerBound * scaling.inverse...$0.upperBound * scaling.inverse)
    }
    switch matrix {
    case .float(let a): return try lanczos(a.scaled(by: scaling), seed, control, scaled) * scaling.inverse
    case .double(let a): return try lanczos(a.scaled(by: scaling), seed, control, scaled) * scaling.inverse
    }
  }

  private static func lanczos<Scalar: LAPACKScalar>(
    _ a: Matrix<Scalar>, _ seed: UInt64, _ control: WorkControl, _ isDecided: (ClosedRange<Double>) -> Bool
  ) throws(FactorizationError) -> Double {
    let product = NormalProduct(a)
    let (short, long) = (product.short, product.long)
    var random = SeededGenerator(seed: seed)
    var vector = normalized((0..<short).map { _ in random.gaussian() })
    var basis: [[Double]] = []
    var (diagonal, offDiagonal): ([Double], [Double]) = ([], [])
    var image = Matrix<Scalar>(zeros: Shape(long, 1))
    var earlier: [Double] = []
    for step in 1...min(limit, short) {
      var next = try times(product, vector, &image, control)
      diagonal.append(dot(next, vector))
      basis.append(vector)
      // Against all earlier vectors, twice: nothing is left of them but rounding.
      for _ in 0..<2 {
        for old in basis { subtract(dot(next, old), old, from: &next) }
      }
      let length = dot(next, next).squareRoot()
      let value = largestEigenvalue(diagonal, offDiagonal).squareRoot()
      earlier.append(value)
      if step == short || !(length > 1e-7 * diagonal[0]) { return value }
      // From step to step the error falls by a factor of about two at least: the gain of four steps bounds what is left.
      if step >= 12 {
        let gain = value - earlier[step - 5]
        if gain <= 1e-3 * value, isDecided(value...(value + 2 * gain)) || gain <= 1e-7 * value { return value }
      }
      offDiagonal.append(length)
      vector = next.map { $0 / length }
    }
    return earlier.last ?? 0
  }

  /// AAᵀv, computed in A's precision.
  private static func times<Scalar: LAPACKScalar>(
    _ product: NormalProduct<Scalar>, _ vector: [Double], _ image: inout Matrix<Scalar>,
    _ control: WorkControl
  ) throws(FactorizationError) -> [Double] {
    let column = Matrix<Scalar>(Shape(vector.count, 1)) { target in
      for index in vector.indices { target[index] = Scalar(vector[index]) }
    }
    let result = try image.withMutableBlock(columns: 0..<1) { (block) throws(FactorizationError) in
      try product(column, image: block, control: control)
    }
    return result.withEntries { entries in entries.map { Double($0) } }
  }

  private static func normalized(_ vector: [Double]) -> [Double] {
    let length = dot(vector, vector).squareRoot()
    return vector.map { $0 / length }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var sums = SIMD4<Double>.zero
        let whole = a.count & ~3
        for index in stride(from: 0, to: whole, by: 4) {
          let left = SIMD4<Double>(a[index], a[index + 1], a[index + 2], a[index + 3])
          let right = SIMD4<Double>(b[index], b[index + 1], b[index + 2], b[index + 3])
          sums += left * right
        }
        return (whole..<a.count).reduce(sums.sum()) { $0 + a[$1] * b[$1] }
      }
    }
  }

  private static func subtract(_ factor: Double, _ a: [Double], from target: inout [Double]) {
    target.withUnsafeMutableBufferPointer { target in
      a.withUnsafeBufferPointer { a in
        for index in target.indices { target[index] -= factor * a[index] }
      }
    }
  }

  /// The largest eigenvalue of a symmetric tridiagonal matrix, by bisection on Sturm's count.
  static func largestEigenvalue(_ diagonal: [Double], _ offDiagonal: [Double]) -> Double {
    var low = diagonal.max() ?? 0
    var high = low
    for index in diagonal.indices {
      let left = index > 0 ? abs(offDiagonal[index - 1]) : 0
      let right = index < offDiagonal.count ? abs(offDiagonal[index]) : 0
      high = max(high, diagonal[index] + left + right)
    }
    for _ in 0..<60 where high - low > 1e-14 * abs(high) {
      let middle = low + (high - low) / 2
      if isAbove(middle, diagonal, offDiagonal) { high = middle } else { low = middle }
    }
    return max(0, high)
  }

  /// Whether `value` lies above every eigenvalue: all pivots of T − value·I are negative.
  private static func isAbove(_ value: Double, _ diagonal: [Double], _ offDiagonal: [Double]) -> Bool {
    var pivot = diagonal[0] - value
    if pivot >= 0 { return false }
    for index in 1..<diagonal.count {
      pivot = diagonal[index] - value - offDiagonal[index - 1] * offDiagonal[index - 1] / pivot
      if pivot >= 0 { return false }
    }
    return true
  }
}
