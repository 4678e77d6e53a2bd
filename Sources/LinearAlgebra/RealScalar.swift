import COpenBLAS

/// The two scalars that BLAS and LAPACK compute in: `Float` (s…) and `Double` (d…).
///
/// Each requirement is one routine; the typed wrappers in this module are its only callers.
package protocol RealScalar: BinaryFloatingPoint, Sendable {
  /// "f32" or "f64".
  static var precisionName: String { get }
  /// The distance from 1 to the next scalar: 2⁻²³ or 2⁻⁵².
  static var epsilon: Double { get }

  /// The range and Σ a² of a multiple of eight entries, lane by lane.
  static func lanes(of entries: UnsafeBufferPointer<Self>) -> EntryLanes
  /// target[i] = entries[i]·`scale` in f64.
  static func widen(_ entries: UnsafeBufferPointer<Self>, scale: Double, into target: UnsafeMutablePointer<Double>)

  /// C ← α·op(A)·op(B) + β·C; see ``multiplyAdd(_:transposeA:_:transposeB:into:alpha:beta:)``.
  static func gemm(
    _ transposeA: CBLAS_TRANSPOSE, _ transposeB: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ k: Int32, _ alpha: Self,
    _ a: UnsafePointer<Self>?, _ lda: Int32, _ b: UnsafePointer<Self>?, _ ldb: Int32, _ beta: Self,
    _ c: UnsafeMutablePointer<Self>?, _ ldc: Int32)

  /// LAPACK's divide-and-conquer SVD, column-major; returns `info`.
  static func gesdd(
    _ job: CChar, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
    _ s: UnsafeMutablePointer<Self>,
    _ u: UnsafeMutablePointer<Self>, _ ldu: Int32, _ vt: UnsafeMutablePointer<Self>, _ ldvt: Int32,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int32, _ iwork: UnsafeMutablePointer<Int32>
  ) -> Int32
}

extension Float: RealScalar {
  package static var precisionName: String { "f32" }
  package static var epsilon: Double { 0x1p-23 }

  package static func gemm(
    _ transposeA: CBLAS_TRANSPOSE, _ transposeB: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ k: Int32, _ alpha: Float,
    _ a: UnsafePointer<Float>?, _ lda: Int32, _ b: UnsafePointer<Float>?, _ ldb: Int32, _ beta: Float,
    _ c: UnsafeMutablePointer<Float>?, _ ldc: Int32
  ) {
    if n == 1, transposeB == CblasNoTrans {
      // A vector: gemm's kernels take twice as long for it.
      let (rows, columns) = transposeA == CblasNoTrans ? (m, k) : (k, m)
      cblas_sgemv(CblasColMajor, transposeA, rows, columns, alpha, a, lda, b, 1, beta, c, 1)
      return
    }
    cblas_sgemm(CblasColMajor, transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
  }

  package static func gesdd(
    _ job: CChar, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32,
    _ s: UnsafeMutablePointer<Float>, _ u: UnsafeMutablePointer<Float>, _ ldu: Int32, _ vt: UnsafeMutablePointer<Float>,
    _ ldvt: Int32, _ work: UnsafeMutablePointer<Float>, _ lwork: Int32, _ iwork: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    LAPACKE_sgesdd_work(LAPACK_COL_MAJOR, job, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, iwork)
  }
}

extension Double: RealScalar {
  package static var precisionName: String { "f64" }
  package static var epsilon: Double { 0x1p-52 }

  package static func gemm(
    _ transposeA: CBLAS_TRANSPOSE, _ transposeB: CBLAS_TRANSPOSE, _ m: Int32, _ n: Int32, _ k: Int32, _ alpha: Double,
    _ a: UnsafePointer<Double>?, _ lda: Int32, _ b: UnsafePointer<Double>?, _ ldb: Int32, _ beta: Double,
    _ c: UnsafeMutablePointer<Double>?, _ ldc: Int32
  ) {
    if n == 1, transposeB == CblasNoTrans {
      // A vector: gemm's kernels take twice as long for it.
      let (rows, columns) = transposeA == CblasNoTrans ? (m, k) : (k, m)
      cblas_dgemv(CblasColMajor, transposeA, rows, columns, alpha, a, lda, b, 1, beta, c, 1)
      return
    }
    cblas_dgemm(CblasColMajor, transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
  }

  package static func gesdd(
    _ job: CChar, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32,
    _ s: UnsafeMutablePointer<Double>, _ u: UnsafeMutablePointer<Double>, _ ldu: Int32,
    _ vt: UnsafeMutablePointer<Double>, _ ldvt: Int32, _ work: UnsafeMutablePointer<Double>, _ lwork: Int32,
    _ iwork: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    LAPACKE_dgesdd_work(LAPACK_COL_MAJOR, job, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, iwork)
  }
}
