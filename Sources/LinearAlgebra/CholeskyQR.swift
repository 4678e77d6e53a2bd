import COpenBLAS

extension Matrix where Scalar == Float {
  /// Makes nearly orthonormal columns orthonormal: A ← A·R⁻¹ with AᵀA = RᵀR.
  ///
  /// - Returns: whether it did; columns further than `limit` from orthonormal are left as they are, for the product AᵀA
  ///   would lose what Householder's reflections keep.
  /// - Parameter limit: the largest entry of AᵀA − I that is allowed.
  /// - Complexity: 2mn² flops, all of them matrix products; n² scalars.
  ///
  /// Source: Stathopoulos & Wu, SIAM J. Sci. Comput. 23 (2002), 2165–2182.
  package mutating func orthonormalizeNearlyOrthonormalColumns(limit: Float) throws(LAPACKError) -> Bool {
    let (m, n) = (rows, columns)
    precondition(m >= n, "no more columns than rows")
    guard n > 0 else { return true }
    var gram = Matrix<Float>(zeros: Shape(n, n))
    let info = gram.withMutableEntries { g -> Int32? in
      withEntries { a in
        cblas_ssyrk(
          CblasColMajor, CblasUpper, CblasTrans, Int32(n), Int32(m), 1, a.baseAddress, Int32(m), 0, g.baseAddress,
          Int32(n))
      }
      guard largestDeparture(fromIdentity: g, n) <= limit else { return nil }
      return LAPACKE_spotrf_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), Int32(n), g.baseAddress, Int32(n))
    }
    guard let info, info <= 0 else { return false }
    if info < 0 { throw .illegalArgument(routine: "spotrf", info: Int(info)) }
    withMutableEntries { a in
      gram.withEntries { r in
        cblas_strsm(
          CblasColMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, Int32(m), Int32(n), 1, r.baseAddress,
          Int32(n), a.baseAddress, Int32(m))
      }
    }
    return true
  }
}

/// max |G − I| over the upper triangle; infinite where an entry is not finite.
private func largestDeparture(fromIdentity g: UnsafeMutableBufferPointer<Float>, _ n: Int) -> Float {
  var largest: Float = 0
  for j in 0..<n {
    for i in 0...j {
      let departure = abs(g[i + j * n] - (i == j ? 1 : 0))
      if !(departure <= largest) { largest = departure.isFinite ? departure : .infinity }
    }
  }
  return largest
}
