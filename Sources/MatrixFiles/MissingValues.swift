import LinearAlgebra

extension LoadedMatrix {
  /// `matrix` with its summary, once every entry is finite: what is not becomes what `options` say, or is refused.
  ///
  /// - Parameter firstMissing: where the first such entry is in the file's own terms; nil tells it by row and column.
  init(
    resolving matrix: DenseMatrix, entry: TensorEntry, options: ReadOptions, notes: [String],
    picture: PictureKind? = nil, labels: AxisLabels = AxisLabels(), firstMissing: String? = nil, source: String
  ) throws(FileError) {
    let summary = EntrySummary(matrix.storage)
    guard let first = summary.firstNonFinite else {
      self.init(matrix: matrix, entry: entry, notes: notes, picture: picture, labels: labels, summary: summary)
      return
    }
    let (row, column) = matrix.isStoredTransposed ? (first.column, first.row) : first
    let affected = matrix.rowsWithNonFinite
    let missing = MissingCells(
      count: summary.nonFiniteCount, rows: affected.count { $0 }, allRows: matrix.shape.rows,
      first: firstMissing ?? "row \(row + 1), column \(column + 1)")
    guard let policy = options.missing else {
      throw .missingValues(source, subject: entry.subject, missing)
    }
    var labels = labels
    let filled: DenseMatrix
    var note = "\(missing.count) missing \(missing.count == 1 ? "cell" : "cells")"
    switch policy {
    case .dropRows:
      guard missing.rows < missing.allRows else {
        throw .invalid(
          source, reason: "every row misses a number: none would be left; use --missing column-mean or zero")
      }
      filled = matrix.keepingRows(affected.map { !$0 })
      if !labels.rows.isEmpty { labels.rows = zip(labels.rows, affected).filter { !$1 }.map(\.0) }
      note += ": \(missing.rows) of \(missing.allRows) rows dropped"
    case .zero:
      filled = matrix.replacingNonFinite { _ in 0 }
      note += " set to zero"
    case .columnMean:
      let means = matrix.finiteColumnMeans
      if let empty = means.firstIndex(where: { !$0.isFinite }) {
        throw .invalid(
          source, reason: "column \(empty + 1) holds no number at all and so has no mean; use --drop or --missing zero")
      }
      filled = matrix.replacingNonFinite { means[$0] }
      note += " set to the column's mean"
    }
    self.init(
      matrix: filled, entry: entry, notes: notes + [note], picture: picture, labels: labels,
      summary: EntrySummary(filled.storage))
  }
}

extension DenseMatrix {
  /// Which rows hold an entry that is not finite.
  fileprivate var rowsWithNonFinite: [Bool] {
    var found = [Bool](repeating: false, count: shape.rows)
    for j in 0..<storage.shape.columns {
      for i in 0..<storage.shape.rows where !storage[i, j].isFinite { found[isStoredTransposed ? j : i] = true }
    }
    return found
  }

  /// The mean of every column's finite entries; NaN for a column that has none.
  fileprivate var finiteColumnMeans: [Double] {
    var sums = [Double](repeating: 0, count: shape.columns)
    var counts = sums
    for j in 0..<storage.shape.columns {
      for i in 0..<storage.shape.rows where storage[i, j].isFinite {
        sums[isStoredTransposed ? i : j] += storage[i, j]
        counts[isStoredTransposed ? i : j] += 1
      }
    }
    return zip(sums, counts).map { $0 / $1 }
  }

  /// The matrix with every entry that is not finite replaced by what `value` says of its column.
  fileprivate func replacingNonFinite(_ value: (Int) -> Double) -> DenseMatrix {
    switch storage {
    case .float(var matrix):
      replaceNonFinite(&matrix) { Float(value(isStoredTransposed ? $0 : $1)) }
      return DenseMatrix(.float(matrix), isStoredTransposed: isStoredTransposed)
    case .double(var matrix):
      replaceNonFinite(&matrix) { value(isStoredTransposed ? $0 : $1) }
      return DenseMatrix(.double(matrix), isStoredTransposed: isStoredTransposed)
    }
  }

  /// The rows that `isKept` names.
  fileprivate func keepingRows(_ isKept: [Bool]) -> DenseMatrix {
    let kept = isKept.indices.filter { isKept[$0] }
    let all = Array(0..<shape.columns)
    return selecting(rows: kept, columns: all)
  }
}

private func replaceNonFinite<Scalar: RealScalar>(_ matrix: inout Matrix<Scalar>, by value: (Int, Int) -> Scalar) {
  let rows = matrix.rows
  matrix.withMutableEntries { entries in
    for index in entries.indices where !entries[index].isFinite { entries[index] = value(index % rows, index / rows) }
  }
}
