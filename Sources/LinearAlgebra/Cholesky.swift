import COpenBLAS

/// A symmetric matrix is not positive definite, or not by enough to show beyond rounding.
package struct NotPositiveDefinite: Error, Hashable {
  /// The first leading minor that is not positive, counted from 1.
  package let minor: Int

  /// The leading minor of order `minor` is not positive.
  package init(minor: Int) { self.minor = minor }
}

/// The Cholesky factorization M = L·Lᵀ of a symmetric positive definite matrix, in f64.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., § 4.2; LAPACK's dpotrf and dpotrs.
package struct Cholesky: Sendable {
  /// L in the lower triangle; what lies above it is not looked at.
  private let lower: Matrix<Double>

  /// Factors the symmetric matrix whose lower triangle `matrix` holds.
  ///
  /// - Throws: ``NotPositiveDefinite``.
  /// - Complexity: n³/3 flops.
  package init(lowerTriangleOf matrix: consuming Matrix<Double>) throws(NotPositiveDefinite) {
    precondition(matrix.rows == matrix.columns, "a symmetric matrix is square")
    let n = Int32(matrix.rows)
    guard n > 0 else {
      lower = matrix
      return
    }
    let info = matrix.withMutableEntries {
      LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), n, $0.baseAddress, n)
    }
    guard info == 0 else { throw NotPositiveDefinite(minor: max(1, Int(info))) }
    lower = matrix
  }

  /// x with M·x = `b`.
  ///
  /// - Complexity: 2n² flops.
  package func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == lower.rows, "the right-hand side must fit")
    let n = Int32(b.count)
    guard n > 0 else { return [] }
    var x = b
    // dpotrs refuses only arguments that do not fit, which these do.
    _ = lower.withEntries {
      LAPACKE_dpotrs_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), n, 1, $0.baseAddress, n, &x, n)
    }
    return x
  }
}

extension Matrix where Scalar == Double {
  /// W·Wᵀ + shift·I in the lower triangle (with `transposed` WᵀW + shift·I): what ridge regression solves with.
  ///
  /// - Complexity: s²·t flops for a result of side s from a W of s × t; s² scalars.
  package func shiftedGram(transposed: Bool = false, shift: Double) -> Matrix<Double> {
    let (side, inner) = transposed ? (columns, rows) : (rows, columns)
    return Matrix(Shape(side, side)) { gram in
      guard side > 0 else { return }
      if inner > 0 {
        withEntries { w in
          cblas_dsyrk(
            CblasColMajor, CblasLower, transposed ? CblasTrans : CblasNoTrans, Int32(side), Int32(inner), 1,
            w.baseAddress, Int32(rows), 0, gram.baseAddress, Int32(side))
        }
      }
      for index in 0..<side { gram[index + index * side] += shift }
    }
  }

  /// W·x, or Wᵀ·x.
  ///
  /// - Complexity: 2mn flops.
  package func times(_ x: [Double], transposed: Bool = false) -> [Double] {
    precondition(x.count == (transposed ? rows : columns), "the vector must fit")
    let product = multiplied(by: Matrix(Shape(x.count, 1)) { i, _ in x[i] }, transposeLeft: transposed)
    return product.withEntries { Array($0) }
  }
}
