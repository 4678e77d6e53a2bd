import COpenBLAS

extension Matrix where Scalar == Float {
  /// Replaces the columns by orthonormal ones that span the same leading subspaces: Q of A = Q R with R's diagonal not
  /// negative, by Householder's reflections, whatever the columns' condition.
  ///
  /// The matrix must have at least as many rows as columns.
  ///
  /// - Complexity: 4mn² − 4/3·n³ flops; two calls that cannot be interrupted.
  package mutating func orthonormalizeColumns() throws(LAPACKError) {
    let (m, n) = (rows, columns)
    precondition(m >= n, "no more columns than rows")
    guard n > 0 else { return }
    var scalars = [Float](repeating: 0, count: n)
    var isNegative = [Bool](repeating: false, count: n)
    let work = UnsafeMutableBufferPointer<Float>.allocate(capacity: 64 * n)
    defer { work.deallocate() }
    let info = withMutableEntries { a -> Int32 in
      let info = LAPACKE_sgeqrf_work(
        LAPACK_COL_MAJOR, Int32(m), Int32(n), a.baseAddress, Int32(m), &scalars, work.baseAddress, Int32(work.count))
      guard info == 0 else { return info }
      for j in 0..<n { isNegative[j] = a[j + j * m] < 0 }
      return LAPACKE_sorgqr_work(
        LAPACK_COL_MAJOR, Int32(m), Int32(n), Int32(n), a.baseAddress, Int32(m), &scalars, work.baseAddress,
        Int32(work.count))
    }
    if info < 0 { throw .illegalArgument(routine: "sgeqrf", info: Int(info)) }
    withMutableEntries { a in
      for j in 0..<n where isNegative[j] {
        for i in j * m..<(j + 1) * m { a[i] = -a[i] }
      }
    }
  }

  /// Divides each column by its entry of `values`.
  package mutating func divideColumns(by values: [Double]) {
    let m = rows
    withMutableEntries { a in
      for (j, value) in values.enumerated() {
        let inverse = Float(1 / value)
        for i in j * m..<(j + 1) * m { a[i] *= inverse }
      }
    }
  }
}
