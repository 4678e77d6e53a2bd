import COpenBLAS

extension Matrix where Scalar == Double {
  /// B ← R⁻¹·B, with R = `triangle` upper triangular and its diagonal not zero (BLAS's dtrsm).
  ///
  /// - Complexity: k²n flops for a k × k triangle.
  package mutating func solve(upper triangle: Matrix<Double>) {
    precondition(triangle.rows == triangle.columns && triangle.rows == rows, "the triangle must fit")
    guard shape.count > 0 else { return }
    let (k, n) = (Int32(rows), Int32(columns))
    withMutableEntries { b in
      triangle.withEntries { r in
        cblas_dtrsm(
          CblasColMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, k, n, 1, r.baseAddress, k, b.baseAddress, k)
      }
    }
  }
}
