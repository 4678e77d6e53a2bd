import LinearAlgebra
import RankAnalysis

/// A family of matrices of which the truth is known: a signal of chosen singular values and random directions under white
/// noise.
package struct PlantedModel: Hashable, Sendable {
  /// m × n.
  package let shape: Shape
  /// The singular values of the signal, non-increasing; as many as its rank.
  package let values: [Double]
  /// The standard deviation of the noise.
  package let noise: Double

  /// A signal of singular values `values`, at most min(m, n) of them, under `noise`.
  package init(shape: Shape, values: [Double], noise: Double) {
    self.shape = shape
    self.values = values
    self.noise = noise
  }

  /// A signal of `rank` equally strong directions, each `strength` times as strong as the weakest that noise of standard
  /// deviation `noise` does not hide (``MarchenkoPastur/detectionEdge(_:noise:)``).
  package init(shape: Shape, rank: Int, strength: Double, noise: Double) {
    let value = strength * MarchenkoPastur.detectionEdge(shape, noise: noise)
    self.init(shape: shape, values: Array(repeating: value, count: rank), noise: noise)
  }

  /// The rank of the signal.
  package var rank: Int { values.count }

  /// The matrix of the family that `seed` decides, and its signal.
  package func draw(seed: UInt64) -> (signal: PlantedSignal, noisy: Matrix<Double>) {
    var seeds = SeededGenerator(seed: seed)
    let signal = PlantedSignal(shape, singularValues: values, seed: seeds.next())
    return (signal, signal.noisy(noise, seed: seeds.next()))
  }
}
