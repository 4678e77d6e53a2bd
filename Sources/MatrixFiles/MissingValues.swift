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
      if options.keepsMissing {
        let note = "\(missing.count) missing \(missing.count == 1 ? "cell" : "cells") kept"
        self.init(
          matrix: matrix, entry: entry, notes: notes + [note], picture: picture, labels: labels, summary: summary)
        return
      }
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
          source,
          reason: "column \(empty + 1)\(labels.title(ofColumn: empty)) holds no number at all and so has no mean; "
            + "use --drop or --missing zero")
      }
      filled = matrix.replacingNonFinite { means[$0] }
      note += " set to the column's mean"
    }
    self.init(
      matrix: filled, entry: entry, notes: notes + [note], picture: picture, labels: labels,
      summary: EntrySummary(filled.storage))
  }
}

extension AxisLabels {
  /// " “alcohol”"; empty for a column without a name.
  fileprivate func title(ofColumn column: Int) -> String {
    column < columns.count && !columns[column].isEmpty ? " “\(columns[column])”" : ""
  }
}

extension DenseMatrix {
  /// Which rows hold an entry that is not finite.
  fileprivate var rowsWithNonFinite: [Bool] {
    switch storage {
    case .float(let matrix): nonFiniteLines(matrix, areColumns: isStoredTransposed)
    case .double(let matrix): nonFiniteLines(matrix, areColumns: isStoredTransposed)
    }
  }

  /// The mean of every column's finite entries; NaN for a column that has none.
  fileprivate var finiteColumnMeans: [Double] {
    switch storage {
    case .float(let matrix): finiteMeans(matrix, ofRows: isStoredTransposed)
    case .double(let matrix): finiteMeans(matrix, ofRows: isStoredTransposed)
    }
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

/// Which rows of `matrix` – or columns – hold an entry that is not finite.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func nonFiniteLines<Scalar: RealScalar>(_ matrix: Matrix<Scalar>, areColumns: Bool) -> [Bool] {
  var found = [Bool](repeating: false, count: areColumns ? matrix.columns : matrix.rows)
  matrix.withEntries { entries in
    var index = 0
    for column in 0..<matrix.columns {
      for row in 0..<matrix.rows {
        if !entries[index].isFinite { found[areColumns ? column : row] = true }
        index += 1
      }
    }
  }
  return found
}

/// The means of the finite entries of every column of `matrix`, or of every row.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func finiteMeans<Scalar: RealScalar>(_ matrix: Matrix<Scalar>, ofRows: Bool) -> [Double] {
  var sums = [Double](repeating: 0, count: ofRows ? matrix.rows : matrix.columns)
  var counts = [Int](repeating: 0, count: sums.count)
  matrix.withEntries { entries in
    var index = 0
    for column in 0..<matrix.columns {
      for row in 0..<matrix.rows {
        let value = entries[index]
        let line = ofRows ? row : column
        if value.isFinite {
          sums[line] += Double(value)
          counts[line] += 1
        }
        index += 1
      }
    }
  }
  return zip(sums, counts).map { $0 / Double($1) }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func replaceNonFinite<Scalar: RealScalar>(_ matrix: inout Matrix<Scalar>, by value: (Int, Int) -> Scalar) {
  let rows = matrix.rows
  matrix.withMutableEntries { entries in
    for index in entries.indices where !entries[index].isFinite { entries[index] = value(index % rows, index / rows) }
  }
}
