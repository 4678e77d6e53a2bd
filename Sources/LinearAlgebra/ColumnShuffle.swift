extension AnyMatrix {
  /// The same columns less their means, each summed in f64.
  package func columnsCentered() -> AnyMatrix {
    switch self {
    case .float(var matrix):
      matrix.withMutableEntries { centerColumns($0, rows: shape.rows, columns: shape.columns) }
      return .float(matrix)
    case .double(var matrix):
      matrix.withMutableEntries { centerColumns($0, rows: shape.rows, columns: shape.columns) }
      return .double(matrix)
    }
  }

  /// A copy in which the entries of every column stand in a random order of their own, so that columns keep what is in them
  /// and lose what they share; `seed` decides the orders.
  ///
  /// - Complexity: one deviate an entry, by Fisher and Yates.
  package func columnsShuffled(seed: UInt64) -> AnyMatrix {
    switch self {
    case .float(var matrix):
      matrix.withMutableEntries { shuffleColumns($0, rows: shape.rows, columns: shape.columns, seed: seed) }
      return .float(matrix)
    case .double(var matrix):
      matrix.withMutableEntries { shuffleColumns($0, rows: shape.rows, columns: shape.columns, seed: seed) }
      return .double(matrix)
    }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func centerColumns<Scalar: RealScalar>(
  _ entries: UnsafeMutableBufferPointer<Scalar>, rows: Int, columns: Int
) {
  guard rows > 0 else { return }
  for column in 0..<columns {
    let start = column * rows
    var sum = 0.0
    for index in start..<start + rows { sum += Double(entries[index]) }
    let mean = sum / Double(rows)
    for index in start..<start + rows { entries[index] = Scalar(Double(entries[index]) - mean) }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func shuffleColumns<Scalar: RealScalar>(
  _ entries: UnsafeMutableBufferPointer<Scalar>, rows: Int, columns: Int, seed: UInt64
) {
  var random = SeededGenerator(seed: seed)
  for column in 0..<columns {
    let start = column * rows
    for last in stride(from: rows - 1, to: 0, by: -1) {
      entries.swapAt(start + last, start + random.index(below: last + 1))
    }
  }
}
