import Factorizations
import LinearAlgebra

/// How good a thin SVD is, by LAPACK's own acceptance test (TESTING/EIG/xDRVBD): each ratio should be below 50.
struct ThinRatios: Encodable {
  let method: String
  /// ‖A − UΣVᵀ‖₁ / (‖A‖₁·max(m, n)·eps).
  let residual: Double
  /// ‖I − UᵀU‖₁ / (m·eps).
  let left: Double
  /// ‖I − VᵀV‖₁ / (n·eps).
  let right: Double

  /// The ratios of the thin SVD of `matrix` that the planner chooses. Cost: three products in f64, twice the matrix in f64.
  init(of matrix: SolveMatrix, _ planner: SolverPlanner) throws {
    let epsilon = matrix.storage.epsilon
    let (svd, decision) = try planner.thinSVD(of: matrix.input, control: WorkControl())
    BLASThreads.useAllCores()
    let (u, v) = (widened(svd.leftVectors), widened(svd.rightVectors))
    var residual = widened(matrix.storage)
    let norm = oneNorm(residual)
    var scaled = u
    scaled.withMutableEntries { entries in
      for (column, value) in svd.singularValues.enumerated() {
        for index in column * u.rows..<(column + 1) * u.rows { entries[index] *= value }
      }
    }
    let product = scaled.multiplied(by: v, transposeRight: true)
    residual.withMutableEntries { entries in
      product.withEntries { for index in entries.indices { entries[index] -= $0[index] } }
    }
    method = decision.plan.method
    self.residual = norm > 0 ? oneNorm(residual) / (norm * Double(svd.shape.longSide) * epsilon) : 0
    left = orthogonality(u) / (Double(u.rows) * epsilon)
    right = orthogonality(v) / (Double(v.rows) * epsilon)
  }
}

/// The same entries in f64.
private func widened(_ matrix: AnyMatrix) -> Matrix<Double> {
  switch matrix {
  case .double(let matrix): return matrix
  case .float(let matrix):
    return Matrix(matrix.shape) { target in
      matrix.withEntries { for index in target.indices { target[index] = Double($0[index]) } }
    }
  }
}

/// ‖I − QᵀQ‖₁.
private func orthogonality(_ q: Matrix<Double>) -> Double {
  var gram = q.multiplied(by: q, transposeLeft: true)
  gram.withMutableEntries { for column in 0..<q.columns { $0[column * (q.columns + 1)] -= 1 } }
  return oneNorm(gram)
}

/// ‖A‖₁, the largest sum of magnitudes of a column.
private func oneNorm(_ matrix: Matrix<Double>) -> Double {
  matrix.withEntries { entries in
    (0..<matrix.columns).map { column in
      entries[column * matrix.rows..<(column + 1) * matrix.rows].reduce(0) { $0 + abs($1) }
    }.max() ?? 0
  }
}
