import LinearAlgebra

/// The Gram matrix of a thin factor's columns and what normal equations need of it.
enum ThinGram {
  /// XᵀX in f64, both triangles; X has at least as many rows as columns.
  ///
  /// - Complexity: mk² flops.
  static func of<Scalar: LAPACKScalar>(
    _ x: Matrix<Scalar>, control: WorkControl
  ) throws(FactorizationError) -> Matrix<Double> {
    var gram: Matrix<Double>
    do { gram = try GramMatrix.of(x, scale: 1, control: WorkControl(token: control.token)) } catch { throw .cancelled }
    let k = gram.rows
    gram.withMutableEntries { g in
      for j in 0..<k {
        for i in j + 1..<max(j + 1, k) { g[j + i * k] = g[i + j * k] }
      }
    }
    return gram
  }

  /// Makes the columns of X orthonormal, which leaves what they span: by Cholesky's factor of `gram` where that is far
  /// from singular, else by Householder's reflections.
  ///
  /// - Complexity: mk² flops, or four times as many.
  static func orthonormalize<Scalar: LAPACKScalar>(
    _ x: inout Matrix<Scalar>, gram: Matrix<Double>
  ) throws(FactorizationError) {
    if let cholesky = SmallCholesky(gram), cholesky.pivotRatio > smallestPivotRatio {
      x.divideFromRight(byUpper: cholesky.triangle)
    } else {
      do { x = try ThinQR(x).orthonormalColumns() } catch { throw .lapack(error) }
    }
  }

  /// Below this the square of the ratio nears the rounding of a Gram matrix in f64.
  private static let smallestPivotRatio = 1e-5
}
