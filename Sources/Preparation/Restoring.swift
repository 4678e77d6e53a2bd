import LinearAlgebra
import MatrixFiles

extension PreparedMatrix {
  /// X_k = L·R as it is written: beside the factors the entries of A that they stand for,
  /// s_j·(L·R + r_i + c_j) = [L r 1]·[R∘s; s; c∘s], and r, c and s by name.
  package func written(_ approximation: LowRankApproximation) -> WrittenApproximation {
    guard offsets != nil || scales != nil else {
      return WrittenApproximation(approximation, picture: loaded.picture)
    }
    let shape = approximation.shape
    let offsets =
      offsets
      ?? MatrixOffsets(
        rows: Array(repeating: 0, count: shape.rows), columns: Array(repeating: 0, count: shape.columns))
    let scales = scales ?? Array(repeating: 1, count: shape.columns)
    var vectors: [(name: String, values: [Double])] = []
    if self.offsets != nil { vectors += [("row_offsets", offsets.rows), ("column_offsets", offsets.columns)] }
    if self.scales != nil { vectors.append(("column_scales", scales)) }
    return WrittenApproximation(
      approximation, restored: approximation.extended(by: offsets, scales), vectors: vectors, picture: loaded.picture)
  }
}

extension LowRankApproximation {
  /// The rank-(k + 2) factors of s_j·(L·R + r_i + c_j).
  fileprivate func extended(by offsets: MatrixOffsets, _ scales: [Double]) -> LowRankApproximation {
    let rank = singularValues.count
    func leftEntry(_ i: Int, _ j: Int) -> Double { j < rank ? left[i, j] : j == rank ? offsets.rows[i] : 1 }
    func rightEntry(_ i: Int, _ j: Int) -> Double {
      (i < rank ? right[i, j] : i == rank ? 1 : offsets.columns[j]) * scales[j]
    }
    let (tall, wide) = (Shape(shape.rows, rank + 2), Shape(rank + 2, shape.columns))
    let values = singularValues + [0, 0]
    if case .float = left {
      return LowRankApproximation(
        left: .float(Matrix(tall) { Float(leftEntry($0, $1)) }),
        right: .float(Matrix(wide) { Float(rightEntry($0, $1)) }), singularValues: values)
    }
    return LowRankApproximation(
      left: .double(Matrix(tall, entry: leftEntry)), right: .double(Matrix(wide, entry: rightEntry)),
      singularValues: values)
  }
}
