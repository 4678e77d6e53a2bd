import COpenBLAS

/// The Cholesky factor of a small symmetric matrix in f64, for normal equations: G = RᵀR, R upper triangular.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., § 4.2.
package struct SmallCholesky: Sendable {
  /// R, k × k; what lies below the diagonal is zero.
  package let triangle: Matrix<Double>

  /// Factors G + `shift`·I, of which the lower triangle counts; nil where that is not positive definite to working
  /// precision.
  ///
  /// - Complexity: k³/3 flops.
  package init?(_ gram: Matrix<Double>, shift: Double = 0) {
    let k = gram.rows
    precondition(k == gram.columns, "a Gram matrix is square")
    guard Int32(exactly: k) != nil else { return nil }
    var r = Matrix<Double>(Shape(k, k)) { i, j in i > j ? 0 : gram[j, i] + (i == j ? shift : 0) }
    let info = r.withMutableEntries { entries -> Int32 in
      guard let start = entries.baseAddress else { return 0 }
      return LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), Int32(k), start, Int32(max(1, k)))
    }
    guard info == 0 else { return nil }
    triangle = r
  }

  /// The smallest diagonal entry of R over the largest; 1 for an empty one. Its inverse is at most about κ(R).
  package var pivotRatio: Double {
    let pivots = (0..<triangle.rows).map { triangle[$0, $0] }
    guard let least = pivots.min(), let most = pivots.max(), most > 0 else { return 1 }
    return least / most
  }

  /// G⁻¹, both triangles.
  ///
  /// - Complexity: 2k³/3 flops.
  package func inverse() -> Matrix<Double> {
    let k = triangle.rows
    var inverse = triangle
    inverse.withMutableEntries { entries in
      guard let start = entries.baseAddress else { return }
      _ = LAPACKE_dpotri_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), Int32(k), start, Int32(max(1, k)))
      for j in 0..<k {
        for i in 0..<j { entries[j + i * k] = entries[i + j * k] }
      }
    }
    return inverse
  }

  /// x ← G⁻¹x.
  package func solve(_ x: UnsafeMutablePointer<Double>) {
    let k = Int32(triangle.rows)
    triangle.withEntries { r in
      cblas_dtrsv(CblasColMajor, CblasUpper, CblasTrans, CblasNonUnit, k, r.baseAddress, max(1, k), x, 1)
      cblas_dtrsv(CblasColMajor, CblasUpper, CblasNoTrans, CblasNonUnit, k, r.baseAddress, max(1, k), x, 1)
    }
  }
}

extension Matrix where Scalar: LAPACKScalar {
  /// X ← X·R⁻¹ with R upper triangular, by BLAS's trsm: the columns of X become orthonormal where XᵀX = RᵀR.
  ///
  /// - Complexity: mk² flops.
  package mutating func divideFromRight(byUpper triangle: Matrix<Double>) {
    precondition(triangle.rows == columns && triangle.columns == columns, "R must fit")
    let (m, k) = (rows, columns)
    guard m > 0, k > 0 else { return }
    let r = Matrix<Scalar>(triangle)
    withMutableEntries { x in
      r.withEntries { r in
        guard let start = x.baseAddress, let divisor = r.baseAddress else { return }
        Scalar.trsmRightUpper(Int32(m), Int32(k), divisor, Int32(k), start, Int32(m))
      }
    }
  }
}

extension Matrix {
  /// `matrix`, its entries rounded to this precision.
  package init(_ matrix: Matrix<Double>) {
    self = (matrix as? Matrix<Scalar>) ?? Matrix(matrix.shape, rounding: matrix)
  }

  private init(_ shape: Shape, rounding matrix: Matrix<Double>) {
    self.init(shape) { target in
      matrix.withEntries { entries in
        for index in target.indices { target[index] = Scalar(entries[index]) }
      }
    }
  }
}
