import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// A matrix ready to be factored, X, and the way back to the entries of its file:
/// A_ij = s_j·(X_ij + r_i + c_j).
package struct PreparedMatrix: Sendable {
  /// X, with its summary, names and notes.
  package let loaded: LoadedMatrix
  /// r and c, in X's units; nil where nothing was taken away.
  package let offsets: MatrixOffsets?
  /// s, one a column, in A's units; nil where nothing was scaled.
  package let scales: [Double]?
  /// The numbers that the way back needs beside the factors of X.
  package let offsetParameters: Int
  /// How much larger rounding in the source is, relative to X, than relative to the entries it was in: at least 1.
  package let roundingGrowth: Double
  private let knownRange: ClosedRange<Double>?
  /// What a user should be told of the table as it was read.
  package let advice: [TableAdvice]

  /// X = A: nothing done.
  package init(_ loaded: LoadedMatrix, advice: [TableAdvice] = []) {
    self.loaded = loaded
    offsets = nil
    scales = nil
    offsetParameters = 0
    roundingGrowth = 1
    knownRange = loaded.content.product == nil ? loaded.summary.minimum...loaded.summary.maximum : nil
    self.advice = advice
  }

  /// The smallest and the largest entry of A/s, which pictures show.
  ///
  /// - Throws: ``Cancelled`` when `control` says so.
  /// - Complexity: constant; of a product of thin factors one pass over its entries, block by block.
  package func pictureRange(control: WorkControl) throws(Cancelled) -> ClosedRange<Double> {
    if let knownRange { return knownRange }
    return try loaded.content.entries.range(control: control)
  }

  fileprivate init(
    _ loaded: LoadedMatrix, offsets: MatrixOffsets?, scales: [Double]?, offsetParameters: Int, roundingGrowth: Double,
    pictureRange: ClosedRange<Double>, advice: [TableAdvice]
  ) {
    self.loaded = loaded
    self.offsets = offsets
    self.scales = scales
    self.offsetParameters = offsetParameters
    self.roundingGrowth = roundingGrowth
    knownRange = pictureRange
    self.advice = advice
  }
}

/// What is added back to entry (i, j): rows[i] + columns[j].
package struct MatrixOffsets: Hashable, Sendable {
  /// One a row; all zero where rows are not centred.
  package let rows: [Double]
  /// One a column.
  package let columns: [Double]

  /// Offsets of m rows and n columns.
  package init(rows: [Double], columns: [Double]) {
    self.rows = rows
    self.columns = columns
  }
}

extension Preparation {
  /// Reads `entry` of `file` and prepares it.
  ///
  /// - Throws: what reading throws; ``FileError/unknownColumn(_:)`` for a column that is not there.
  /// - Complexity: reading, and where something is centred or scaled two passes and a copy.
  package func read(
    _ entry: TensorEntry, of file: any MatrixFile, control: WorkControl
  ) throws(FileError) -> PreparedMatrix {
    try prepare(
      try file.read(entry, options: reading, control: control), isTable: file.holdsTable, source: file.source)
  }

  /// Prepares a matrix that was read: columns are chosen, then rows and columns exchanged, then scaled, then centred.
  package func prepare(_ loaded: LoadedMatrix, isTable: Bool, source: String) throws(FileError) -> PreparedMatrix {
    // A table of text knows its columns of words, too, and has named its rows itself.
    let loaded = isTable ? loaded : try namingRows(of: loaded, source: source)
    var chosen = try choosingColumns(of: loaded, source: source)
    let advice = isTable && centering == .none && scaling == .none && !isTransposed ? TableAdvice.find(in: chosen) : []
    if isTransposed { chosen = chosen.transposed }
    guard centering != .none || scaling != .none, chosen.shape.count > 0 else {
      return PreparedMatrix(chosen, advice: advice)
    }
    try chosen.requireEntries(source: source)
    return standardized(chosen, advice)
  }

  /// Takes the numbers of the label column for the names of the rows, and leaves it out.
  private func namingRows(of loaded: LoadedMatrix, source: String) throws(FileError) -> LoadedMatrix {
    guard let label = reading.label else { return loaded }
    let count = loaded.shape.columns
    guard let number = Int(label), number >= 1, number <= count, count > 1 else {
      throw .unknownColumn(
        "\(printable(source)): there is no column “\(printable(label, limit: 40))” beside others; its columns have "
          + "numbers from 1 to \(count)")
    }
    let names = loaded.matrix.storage.names(ofColumn: number - 1, isStoredTransposed: loaded.matrix.isStoredTransposed)
    let content: MatrixSource
    do {
      content = try loaded.content.selecting(columns: (0..<count).filter { $0 != number - 1 })
    } catch {
      throw .tooLarge(source, reason: "\(error)")
    }
    var columns = loaded.labels.columns
    if !columns.isEmpty { columns.remove(at: number - 1) }
    return LoadedMatrix(
      content: content, entry: loaded.entry, notes: loaded.notes + ["rows named by column \(number)"], picture: nil,
      labels: AxisLabels(rows: names, columns: columns), summary: EntrySummary(content))
  }

  private func choosingColumns(of loaded: LoadedMatrix, source: String) throws(FileError) -> LoadedMatrix {
    guard columns != nil || dropped != nil else { return loaded }
    let (shape, names) = (loaded.shape, loaded.labels.columns)
    var kept = try columns?.resolved(labels: names, count: shape.columns, source: source) ?? Array(0..<shape.columns)
    if let dropped {
      let gone = Set(try dropped.resolved(labels: names, count: shape.columns, source: source))
      kept.removeAll { gone.contains($0) }
    }
    guard !kept.isEmpty else { throw .unknownColumn("\(printable(source)): no column is left; drop fewer") }
    let content: MatrixSource
    do { content = try loaded.content.selecting(columns: kept) } catch { throw .tooLarge(source, reason: "\(error)") }
    return LoadedMatrix(
      content: content, entry: loaded.entry, notes: loaded.notes + ["\(kept.count) of \(shape.columns) columns"],
      picture: nil,
      labels: AxisLabels(rows: loaded.labels.rows, columns: names.isEmpty ? [] : kept.map { names[$0] }),
      summary: EntrySummary(content))
  }

  private func standardized(_ loaded: LoadedMatrix, _ advice: [TableAdvice]) -> PreparedMatrix {
    let shape = loaded.shape
    let unscaled = loaded.matrix
    let scales = scaling == .columns ? ColumnStatistics.of(unscaled).map(\.scale) : nil
    let scaled = scales.map { scales in unscaled.mapped { _, j, value in value / scales[j] } } ?? unscaled
    let isKnown = scales == nil && loaded.content.product == nil
    let scaledSummary = isKnown ? loaded.summary : EntrySummary(scaled.storage)
    let offsets = centering.offsets(of: scaled)
    let matrix = offsets.map { offsets in scaled.mapped { i, j, value in value - offsets.columns[j] - offsets.rows[i] }
    }
    let result = matrix ?? scaled
    let summary = matrix == nil ? scaledSummary : EntrySummary(result.storage)
    var notes = loaded.formedNotes
    if scaling == .columns { notes.append("columns scaled to deviation 1") }
    if let what = centering.note { notes.append(what) }
    return PreparedMatrix(
      LoadedMatrix(
        matrix: result, entry: loaded.entry, notes: notes, picture: loaded.picture, labels: loaded.labels,
        summary: summary),
      offsets: offsets, scales: scales,
      offsetParameters: centering.parameters(rows: shape.rows, columns: shape.columns) + (scales?.count ?? 0),
      roundingGrowth: summary.frobeniusNorm > 0 ? max(1, scaledSummary.frobeniusNorm / summary.frobeniusNorm) : 1,
      pictureRange: scaledSummary.minimum...scaledSummary.maximum, advice: advice)
  }
}

extension AnyMatrix {
  /// The entries of a column of A as words: whole numbers without a point.
  fileprivate func names(ofColumn column: Int, isStoredTransposed: Bool) -> [String] {
    (0..<(isStoredTransposed ? shape.columns : shape.rows)).map { row in
      let value = isStoredTransposed ? self[column, row] : self[row, column]
      return Int(exactly: value).map(String.init) ?? NumberFormat.plain(value, digits: 4)
    }
  }
}

extension Centering {
  /// For the title: "column means removed".
  fileprivate var note: String? {
    switch self {
    case .none: nil
    case .mean: "mean removed"
    case .columns: "column means removed"
    case .rows: "row means removed"
    case .both: "row and column means removed"
    }
  }

  /// The means of `matrix`, summed in f64; a constant row or column has exactly its own value.
  fileprivate func offsets(of matrix: DenseMatrix) -> MatrixOffsets? {
    let shape = matrix.shape
    func zeros(_ count: Int) -> [Double] { Array(repeating: 0, count: count) }
    switch self {
    case .none: return nil
    case .mean:
      let columns = ColumnStatistics.of(matrix).map(\.mean)
      let mean = columns.reduce(0) { $0 + $1 / Double(shape.columns) }
      return MatrixOffsets(rows: zeros(shape.rows), columns: Array(repeating: mean, count: shape.columns))
    case .columns: return MatrixOffsets(rows: zeros(shape.rows), columns: ColumnStatistics.of(matrix).map(\.mean))
    case .rows:
      return MatrixOffsets(rows: ColumnStatistics.of(matrix.transposed).map(\.mean), columns: zeros(shape.columns))
    case .both:
      let columns = ColumnStatistics.of(matrix).map(\.mean)
      let mean = columns.reduce(0) { $0 + $1 / Double(shape.columns) }
      return MatrixOffsets(
        rows: ColumnStatistics.of(matrix.transposed).map { $0.mean - mean }, columns: columns)
    }
  }
}

extension LoadedMatrix {
  /// The notes, once what is done takes the entries themselves.
  fileprivate var formedNotes: [String] { notes + (content.product == nil ? [] : ["product formed"]) }

  /// Aᵀ with its names.
  fileprivate var transposed: LoadedMatrix {
    LoadedMatrix(
      content: content.transposed, entry: entry, notes: notes + ["transposed"],
      // Three channels beside one another would come to lie above one another.
      picture: picture == .grey ? .grey : nil, labels: AxisLabels(rows: labels.columns, columns: labels.rows),
      summary: summary)
  }
}

extension MatrixFile {
  /// Whether it is a table of measurements, whose columns may be of different kinds.
  fileprivate var holdsTable: Bool { ["csv", "tsv", "text"].contains(format) }
}
