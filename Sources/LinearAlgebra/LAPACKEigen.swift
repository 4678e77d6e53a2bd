import COpenBLAS

/// The eigenvalues of a symmetric n × n matrix, non-increasing, by LAPACK's xSYEVD without vectors.
///
/// Only the lower triangle is read. Every entry must be finite. Cost: 4/3·n³ flops. Errors are about n·eps·‖a‖₂.
///
/// Source: LAPACK Users' Guide, 3rd ed., § 2.4.4.
package func symmetricEigenvalues(_ a: consuming Matrix<Double>) throws(LAPACKError) -> [Double] {
  let shape = a.shape
  precondition(shape.rows == shape.columns, "eigenvalues are of square matrices")
  let n = shape.rows
  guard n > 0 else { return [] }
  // The blocked reduction wants (block + 2)·n.
  let count = 66 * n + 1
  guard Int32(exactly: count) != nil else { throw .tooLarge(shape) }
  var values = [Double](repeating: 0, count: n)
  var work = [Double](repeating: 0, count: count)
  var integers = [Int32](repeating: 0, count: 1)
  let info = a.withMutableEntries { entries -> Int32 in
    guard let start = entries.baseAddress else { return 0 }
    return LAPACKE_dsyevd_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "L")), Int32(n), start, Int32(n), &values, &work,
      Int32(count), &integers, 1)
  }
  if info > 0 { throw .didNotConverge(routine: "dsyevd", info: Int(info)) }
  if info < 0 { throw .illegalArgument(routine: "dsyevd", info: Int(info)) }
  return values.reversed()
}
