import COpenBLAS

/// The LAPACK routines that factorizations are built from, in both precisions. All are column-major, and each returns
/// `info`; arguments are LAPACK's own.
package protocol LAPACKScalar: RealScalar {
  /// QR of a tall panel with the triangular factor T of its block reflection (xGEQRT, recursive).
  static func geqrt(
    _ m: Int32, _ n: Int32, _ nb: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32, _ t: UnsafeMutablePointer<Self>,
    _ ldt: Int32, _ work: UnsafeMutablePointer<Self>
  ) -> Int32
  /// A = QR by Householder reflections (xGEQRF).
  static func geqrf(
    _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32, _ tau: UnsafeMutablePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int32
  ) -> Int32
  /// The first n columns of Q from the reflections of ``geqrf(_:_:_:_:_:_:_:)`` (xORGQR).
  static func orgqr(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32, _ tau: UnsafePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int32
  ) -> Int32
  /// B ← B·op(T) with T upper triangular, from the right (xTRMM).
  static func trmmRightUpper(
    _ transpose: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ t: UnsafePointer<Self>, _ ldt: Int32,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int32)
  /// B ← B·T⁻¹ with T upper triangular, from the right (xTRSM).
  static func trsmRightUpper(
    _ m: Int32, _ n: Int32, _ t: UnsafePointer<Self>, _ ldt: Int32, _ b: UnsafeMutablePointer<Self>, _ ldb: Int32)
}

extension Float: LAPACKScalar {
  package static func geqrt(
    _ m: Int32, _ n: Int32, _ nb: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32,
    _ t: UnsafeMutablePointer<Float>, _ ldt: Int32, _ work: UnsafeMutablePointer<Float>
  ) -> Int32 { LAPACKE_sgeqrt_work(LAPACK_COL_MAJOR, m, n, nb, a, lda, t, ldt, work) }

  package static func geqrf(
    _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32, _ tau: UnsafeMutablePointer<Float>,
    _ work: UnsafeMutablePointer<Float>, _ lwork: Int32
  ) -> Int32 { LAPACKE_sgeqrf_work(LAPACK_COL_MAJOR, m, n, a, lda, tau, work, lwork) }

  package static func orgqr(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32, _ tau: UnsafePointer<Float>,
    _ work: UnsafeMutablePointer<Float>, _ lwork: Int32
  ) -> Int32 { LAPACKE_sorgqr_work(LAPACK_COL_MAJOR, m, n, k, a, lda, tau, work, lwork) }

  package static func trmmRightUpper(
    _ transpose: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ t: UnsafePointer<Float>, _ ldt: Int32,
    _ b: UnsafeMutablePointer<Float>, _ ldb: Int32
  ) {
    cblas_strmm(CblasColMajor, CblasRight, CblasUpper, transpose, CblasNonUnit, m, n, 1, t, ldt, b, ldb)
  }

  package static func trsmRightUpper(
    _ m: Int32, _ n: Int32, _ t: UnsafePointer<Float>, _ ldt: Int32, _ b: UnsafeMutablePointer<Float>, _ ldb: Int32
  ) {
    cblas_strsm(
      CblasColMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, m, n, 1, t, ldt, b, ldb)
  }
}

extension Double: LAPACKScalar {
  package static func geqrt(
    _ m: Int32, _ n: Int32, _ nb: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32,
    _ t: UnsafeMutablePointer<Double>, _ ldt: Int32, _ work: UnsafeMutablePointer<Double>
  ) -> Int32 { LAPACKE_dgeqrt_work(LAPACK_COL_MAJOR, m, n, nb, a, lda, t, ldt, work) }

  package static func geqrf(
    _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32, _ tau: UnsafeMutablePointer<Double>,
    _ work: UnsafeMutablePointer<Double>, _ lwork: Int32
  ) -> Int32 { LAPACKE_dgeqrf_work(LAPACK_COL_MAJOR, m, n, a, lda, tau, work, lwork) }

  package static func orgqr(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32, _ tau: UnsafePointer<Double>,
    _ work: UnsafeMutablePointer<Double>, _ lwork: Int32
  ) -> Int32 { LAPACKE_dorgqr_work(LAPACK_COL_MAJOR, m, n, k, a, lda, tau, work, lwork) }

  package static func trmmRightUpper(
    _ transpose: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ t: UnsafePointer<Double>, _ ldt: Int32,
    _ b: UnsafeMutablePointer<Double>, _ ldb: Int32
  ) {
    cblas_dtrmm(CblasColMajor, CblasRight, CblasUpper, transpose, CblasNonUnit, m, n, 1, t, ldt, b, ldb)
  }

  package static func trsmRightUpper(
    _ m: Int32, _ n: Int32, _ t: UnsafePointer<Double>, _ ldt: Int32, _ b: UnsafeMutablePointer<Double>, _ ldb: Int32
  ) {
    cblas_dtrsm(
      CblasColMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, m, n, 1, t, ldt, b, ldb)
  }
}
