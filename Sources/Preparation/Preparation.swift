import MatrixFiles

/// What is done to a matrix between its file and its singular values.
///
/// In this order: the file is read as ``reading`` says; columns are chosen; rows and columns are exchanged; columns are
/// scaled; means are taken away. Centring and scaling speak of the matrix as it then is.
package struct Preparation: Hashable, Sendable {
  /// How the tensor becomes a matrix.
  package var reading: ReadOptions
  /// The columns that stay; nil keeps all.
  package var columns: ColumnList?
  /// The columns that go.
  package var dropped: ColumnList?
  /// Whether rows and columns are exchanged.
  package var isTransposed: Bool
  /// Which means are taken away.
  package var centering: Centering
  /// Whether columns are divided by their standard deviation.
  package var scaling: ColumnScaling

  /// Nothing but reading, unless told.
  package init(
    reading: ReadOptions = ReadOptions(), columns: ColumnList? = nil, dropped: ColumnList? = nil,
    isTransposed: Bool = false, centering: Centering = .none, scaling: ColumnScaling = .none
  ) {
    self.reading = reading
    self.columns = columns
    self.dropped = dropped
    self.isTransposed = isTransposed
    self.centering = centering
    self.scaling = scaling
  }
}

/// Which means are taken away from a matrix of m rows and n columns.
package enum Centering: String, Hashable, Sendable, CaseIterable {
  case none
  /// The mean of all entries: one number.
  case mean
  /// Each column's mean, as principal component analysis does: n numbers.
  case columns
  /// Each row's mean: m numbers.
  case rows
  /// Each row's and each column's, the overall mean counted once: m + n − 1 numbers.
  case both

  /// The numbers that must be kept to undo it.
  package func parameters(rows: Int, columns: Int) -> Int {
    guard rows > 0, columns > 0 else { return 0 }
    return switch self {
    case .none: 0
    case .mean: 1
    case .columns: columns
    case .rows: rows
    case .both: rows + columns - 1
    }
  }
}

/// What columns are divided by.
package enum ColumnScaling: String, Hashable, Sendable, CaseIterable {
  case none
  /// Each column's standard deviation over all its m entries; a constant column stays as it is.
  case columns
}
