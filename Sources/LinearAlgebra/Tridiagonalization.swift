import COpenBLAS

/// A symmetric matrix as Q T Qᵀ with T tridiagonal: LAPACK's dsytrd on the lower triangle.
package struct Tridiagonalization: Sendable {
  /// T's diagonal, n entries.
  package let diagonal: [Double]
  /// T's off-diagonal, n − 1 entries.
  package let offDiagonal: [Double]
  /// The reflections that make Q, in the lower triangle, and their scalars.
  package let reflections: Matrix<Double>
  package let scalars: [Double]

  /// Reduces `a`, whose lower triangle counts.
  ///
  /// - Complexity: 4/3·n³ flops, half of them products of the matrix with a vector; one call that cannot be interrupted.
  package init(_ a: consuming Matrix<Double>) throws(LAPACKError) {
    let n = a.rows
    var diagonal = [Double](repeating: 0, count: n)
    var offDiagonal = [Double](repeating: 0, count: max(1, n - 1))
    var scalars = [Double](repeating: 0, count: max(1, n - 1))
    var work = [Double](repeating: 0, count: max(1, 64 * n))
    let info = a.withMutableEntries { entries in
      LAPACKE_dsytrd_work(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), Int32(n), entries.baseAddress, Int32(max(1, n)), &diagonal,
        &offDiagonal, &scalars, &work, Int32(work.count))
    }
    if info < 0 { throw .illegalArgument(routine: "dsytrd", info: Int(info)) }
    self.diagonal = diagonal
    self.offDiagonal = Array(offDiagonal.prefix(max(0, n - 1)))
    self.scalars = Array(scalars.prefix(max(0, n - 1)))
    reflections = a
  }

  /// The eigenvalues, non-decreasing (dsterf).
  ///
  /// - Complexity: O(n²); one call that cannot be interrupted.
  package func eigenvalues() throws(LAPACKError) -> [Double] {
    var values = diagonal
    var off = offDiagonal + [0]
    let info = LAPACKE_dsterf_work(Int32(values.count), &values, &off)
    if info > 0 { throw .didNotConverge(routine: "dsterf", info: Int(info)) }
    if info < 0 { throw .illegalArgument(routine: "dsterf", info: Int(info)) }
    return values
  }
}

extension Tridiagonalization {
  /// The eigenvalues, non-decreasing, and the eigenvectors of T as columns (dstedc, divide and conquer).
  ///
  /// - Complexity: up to 4/3·n³ flops, mostly products; 2n² scalars; one call that cannot be interrupted.
  ///
  /// Source: Gu & Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995), 172–191.
  package func eigensystem() throws(LAPACKError) -> (values: [Double], vectors: Matrix<Double>) {
    let n = diagonal.count
    var values = diagonal
    var off = offDiagonal + [0]
    var vectors = Matrix<Double>(zeros: Shape(n, n))
    guard n > 0 else { return ([], vectors) }
    let work = UnsafeMutableBufferPointer<Double>.allocate(capacity: 1 + 4 * n + n * n)
    defer { work.deallocate() }
    var integers = [Int32](repeating: 0, count: 3 + 5 * n)
    let info = vectors.withMutableEntries { z in
      LAPACKE_dstedc_work(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "I")), Int32(n), &values, &off, z.baseAddress, Int32(n), work.baseAddress,
        Int32(work.count), &integers, Int32(integers.count))
    }
    if info > 0 { throw .didNotConverge(routine: "dstedc", info: Int(info)) }
    if info < 0 { throw .illegalArgument(routine: "dstedc", info: Int(info)) }
    return (values, vectors)
  }

  /// Q·`vectors` in f32 (sormtr): eigenvectors of T become those of the matrix.
  ///
  /// - Complexity: 2n²k flops for k vectors, and an n × n copy of the reflections in f32.
  package func back(_ vectors: consuming Matrix<Float>) throws(LAPACKError) -> Matrix<Float> {
    let (n, count) = (diagonal.count, vectors.columns)
    guard n > 1, count > 0 else { return vectors }
    let reflections = narrowed(reflections)
    let scalars = scalars.map { Float($0) }
    let work = UnsafeMutableBufferPointer<Float>.allocate(capacity: 64 * max(n, count) + 65 * 64)
    defer { work.deallocate() }
    let info = vectors.withMutableEntries { c in
      reflections.withEntries { a in
        LAPACKE_sormtr_work(
          LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "N")), Int32(n),
          Int32(count), a.baseAddress, Int32(n), scalars, c.baseAddress, Int32(n), work.baseAddress, Int32(work.count))
      }
    }
    if info < 0 { throw .illegalArgument(routine: "sormtr", info: Int(info)) }
    return vectors
  }
}

/// The eigenvalues of a symmetric matrix whose lower triangle counts, non-increasing.
///
/// Every entry must be finite and of moderate size. Errors are about n·eps·‖a‖₂.
///
/// - Complexity: 4/3·n³ flops; two calls that cannot be interrupted.
package func symmetricEigenvalues(_ a: consuming Matrix<Double>) throws(LAPACKError) -> [Double] {
  try Tridiagonalization(a).eigenvalues().reversed()
}

/// The entries rounded to f32.
package func narrowed(_ matrix: Matrix<Double>) -> Matrix<Float> {
  Matrix<Float>(matrix.shape) { target in
    matrix.withEntries { source in
      for index in source.indices { target[index] = Float(source[index]) }
    }
  }
}

/// The columns in reverse order, rounded to f32.
package func narrowedReversed(_ matrix: Matrix<Double>) -> Matrix<Float> {
  Matrix<Float>(matrix.shape) { target in
    matrix.withEntries { source in
      let n = matrix.rows
      for j in 0..<matrix.columns {
        let from = (matrix.columns - 1 - j) * n
        for i in 0..<n { target[j * n + i] = Float(source[from + i]) }
      }
    }
  }
}
