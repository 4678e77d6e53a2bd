import COpenBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix whose lower triangle counts, the largest first (LAPACK's dsyevd).
///
/// - Complexity: about 9n³ flops at most, mostly products; 3n² scalars; one call that cannot be interrupted.
///
/// Source: Gu & Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995), 172–191.
package func symmetricEigensystem(
  _ a: consuming Matrix<Double>
) throws(LAPACKError) -> (values: [Double], vectors: Matrix<Double>) {
  let n = a.rows
  precondition(n == a.columns, "a symmetric matrix is square")
  guard n > 0 else { return ([], a) }
  let count = 1 + 6 * n + 2 * n * n
  guard let size = Int32(exactly: count) else { throw .tooLarge(a.shape) }
  var values = [Double](repeating: 0, count: n)
  var integers = [Int32](repeating: 0, count: 3 + 5 * n)
  let work = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
  defer { work.deallocate() }
  let info = a.withMutableEntries { entries in
    LAPACKE_dsyevd_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(n), entries.baseAddress, Int32(n),
      &values, work.baseAddress, size, &integers, Int32(integers.count))
  }
  if info > 0 { throw .didNotConverge(routine: "dsyevd", info: Int(info)) }
  if info < 0 { throw .illegalArgument(routine: "dsyevd", info: Int(info)) }
  let ascending = a
  let order = Array((0..<n).reversed())
  return (values.reversed(), ascending.selecting(rows: Array(0..<n), columns: order))
}
