import LinearAlgebra

/// The finite entries of a matrix, line by line: for every row or every column, where they are and what they are.
struct ObservedEntries {
  /// Line i's entries are at `starts[i]..<starts[i + 1]`.
  private(set) var starts: [Int] = [0]
  /// Where on the line each is.
  private(set) var places: [Int32] = []
  /// What it is, times the scale.
  private(set) var values: [Double] = []

  /// The entries of every column of A, or of every row, times `scale`.
  ///
  /// - Complexity: one pass over the entries; 12 bytes each.
  init(_ matrix: DenseMatrix, rows: Bool, scale: Double) {
    let alongStored = rows == matrix.isStoredTransposed
    switch matrix.storage {
    case .float(let stored): add(alongStored ? stored : stored.transposed(), scale)
    case .double(let stored): add(alongStored ? stored : stored.transposed(), scale)
    }
  }

  /// The number of lines.
  var count: Int { starts.count - 1 }

  private mutating func add<Scalar: RealScalar>(_ matrix: Matrix<Scalar>, _ scale: Double) {
    starts.reserveCapacity(matrix.columns + 1)
    var column = [Double](repeating: 0, count: matrix.rows)
    for j in 0..<matrix.columns {
      column.withUnsafeMutableBufferPointer { target in
        guard let to = target.baseAddress else { return }
        matrix.withEntries { entries in
          Scalar.widen(
            UnsafeBufferPointer(rebasing: entries[j * matrix.rows..<(j + 1) * matrix.rows]), scale: scale, into: to)
        }
      }
      for i in 0..<matrix.rows where column[i].isFinite {
        places.append(Int32(truncatingIfNeeded: i))
        values.append(column[i])
      }
      starts.append(values.count)
    }
  }

  /// Why nothing can be said of a row or column of `input`: one that has no entry at all; nil if there is none.
  static func refusal(of input: FactorizationInput) -> String? {
    for (rows, what) in [(false, "column"), (true, "row")] {
      let lines = ObservedEntries(input.matrix, rows: rows, scale: 1)
      if let empty = (0..<lines.count).first(where: { lines.starts[$0] == lines.starts[$0 + 1] }) {
        return "\(what) \(empty + 1) has no entry at all, so nothing can be said of it: leave it out"
      }
    }
    return nil
  }
}
