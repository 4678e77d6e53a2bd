extension MatrixSource {
  /// How many rows hold nothing but zeros. Of a product those of its left factor are counted: others vanish only where the
  /// right one is short of rank.
  package var zeroRowCount: Int {
    switch self {
    case .dense(let matrix): matrix.zeroRowCount
    case .product(let product): product.factors.left.zeroRowCount
    }
  }
}

extension DenseMatrix {
  /// How many rows of A hold nothing but zeros.
  ///
  /// - Complexity: O(m·n) where all are zero; a row, or the search as a whole, ends with the first entry that is not.
  package var zeroRowCount: Int {
    switch storage {
    case .float(let matrix): isStoredTransposed ? zeroColumns(matrix) : zeroRows(matrix)
    case .double(let matrix): isStoredTransposed ? zeroColumns(matrix) : zeroRows(matrix)
    }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func zeroColumns<Scalar: RealScalar>(_ matrix: Matrix<Scalar>) -> Int {
  matrix.withEntries { entries in
    (0..<matrix.columns).count { column in
      entries[column * matrix.rows..<(column + 1) * matrix.rows].allSatisfy { $0 == 0 }
    }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func zeroRows<Scalar: RealScalar>(_ matrix: Matrix<Scalar>) -> Int {
  matrix.withEntries { entries in
    var left = Array(0..<matrix.rows)
    for column in 0..<matrix.columns where !left.isEmpty {
      left.removeAll { entries[column * matrix.rows + $0] != 0 }
    }
    return left.count
  }
}
