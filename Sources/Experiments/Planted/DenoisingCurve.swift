import Factorizations
import LinearAlgebra
import RankAnalysis

/// How far A_k is from the signal under A's noise, for every k, where the signal is known.
package struct DenoisingCurve: Hashable, Sendable {
  /// ‖A_k − S‖_F/‖S‖_F for k = 0 … p, S the signal; relative to the noise's expected norm where S is zero.
  package let errors: [Double]
  /// The same of A with shrunken singular values.
  package let shrinkageError: Double
  /// The rank of the signal.
  package let trueRank: Int
  /// The standard deviation of the noise.
  package let noise: Double
  /// That which shrinkage went by, from the median.
  package let estimatedNoise: Double
  /// σ that the signal itself has, non-increasing.
  package let signalValues: [Double]

  /// Whether the signal is zero, so that errors are relative to the noise's norm.
  package var isRelativeToNoise: Bool { (signalValues.first ?? 0) <= 0 }

  /// The k of the least error; the first of equal ones.
  package var bestRank: Int {
    errors.indices.min { (errors[$0], $0) < (errors[$1], $1) } ?? 0
  }
  /// The least error there is by truncation.
  package var bestError: Double { errors.min() ?? 0 }
  /// The error at `rank` beyond the least.
  package func excess(rank: Int) -> Double { errors[min(max(rank, 0), errors.count - 1)] - bestError }

  /// Measures every A_k of `svd`, of a matrix that is `signal` under `noise`, against the signal.
  ///
  /// ‖A_k − S‖² = Σ_{i≤k} σ_i² − 2 Σ_{i≤k} σ_i·u_iᵀSv_i + ‖S‖², and S is given by its factors.
  ///
  /// - Complexity: O(r·p·(m + n)).
  package init(_ svd: SVD, signal: PlantedSignal, noise: Double, analysis: SpectrumAnalysis) {
    let values = svd.singularValues
    let alignments = Self.alignments(svd, signal)
    let square = signal.norm * signal.norm
    let expected = noise * Double(signal.shape.count).squareRoot()
    let unit = signal.norm > 0 ? signal.norm : expected > 0 ? expected : 1
    var sum = square
    var errors = [signal.norm / unit]
    for index in values.indices {
      sum += values[index] * (values[index] - 2 * alignments[index])
      errors.append(max(0, sum).squareRoot() / unit)
    }
    // The rest of a product's σ are zero and change nothing.
    errors += Array(repeating: errors[errors.count - 1], count: signal.shape.shortSide - values.count)
    self.errors = errors
    estimatedNoise = analysis.noiseLevel?.middle ?? 0
    let shrinkage = SingularValueShrinkage(signal.shape, noise: estimatedNoise)
    let shrunk = values.map { shrinkage.shrunk($0) }
    let remaining = shrunk.indices.reduce(square) { $0 + shrunk[$1] * (shrunk[$1] - 2 * alignments[$1]) }
    shrinkageError = max(0, remaining).squareRoot() / unit
    trueRank = signal.rank
    self.noise = noise
    signalValues = signal.singularValues
  }

  /// u_iᵀSv_i.
  private static func alignments(_ svd: SVD, _ signal: PlantedSignal) -> [Double] {
    let left = svd.leftVectors.inDouble.multiplied(by: signal.left, transposeLeft: true)
    let right = signal.right.multiplied(by: svd.rightVectors.inDouble)
    return svd.singularValues.indices.map { index in
      (0..<signal.rank).reduce(0) { $0 + left[index, $1] * right[$1, index] }
    }
  }
}

extension AnyMatrix {
  /// The entries in f64.
  var inDouble: Matrix<Double> {
    switch self {
    case .double(let matrix): return matrix
    case .float(let matrix):
      return Matrix<Double>(matrix.shape) { target in
        matrix.withEntries { source in
          for index in source.indices { target[index] = Double(source[index]) }
        }
      }
    }
  }
}

extension PlantedSignal {
  /// σ₁ … σ_r of the signal, from its factors.
  fileprivate var singularValues: [Double] {
    guard rank > 0 else { return [] }
    return (try? ThinProduct(left: DenseMatrix(left), right: DenseMatrix(right)).singularValues()) ?? []
  }
}
