import Experiments
import LinearAlgebra
import MatrixFiles
import Preparation

/// Matrices as experiments are given them.
extension ExperimentSubject {
  /// `matrix`, as if a file of f64 had held it.
  init(_ matrix: Matrix<Double>) { self.init(DenseMatrix(matrix), .f64) }

  /// `matrix`, as if a file of f32 had held it.
  init(_ matrix: Matrix<Float>) { self.init(DenseMatrix(matrix), .f32) }

  /// `matrix`, of elements of `type`.
  init(_ matrix: DenseMatrix, _ type: ElementType) {
    let entry = TensorEntry(name: nil, type: type, axes: [matrix.shape.rows, matrix.shape.columns])
    self.init(PreparedMatrix(LoadedMatrix(matrix: matrix, entry: entry, summary: EntrySummary(matrix.storage))))
  }
}

extension Matrix where Scalar == Double {
  /// Rounded to f32.
  var rounded: Matrix<Float> { Matrix<Float>(shape) { i, j in Float(self[i, j]) } }
}
