import LinearAlgebra

/// An opened text: its layout is known and its rows are counted.
struct DelimitedTextFile: MatrixFile {
  /// The text.
  let bytes: any ByteSource
  /// Where it begins, behind a byte-order mark.
  let start: Int
  /// The byte that ends a line.
  let terminator: UInt8
  /// What the first records tell.
  var layout: TableLayout
  /// How many records there are below the header.
  let rows: Int

  var source: String { bytes.name }
  var format: String { layout.delimiter == .tab ? "tsv" : layout.delimiter == .blanks ? "text" : "csv" }
  var tensors: [TensorEntry] { [TensorEntry(name: nil, type: .f64, axes: [rows, layout.columns])] }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    try options.view.requireUsual(for: entry, source: source)
    var layout = layout
    if let label = options.label {
      try layout.nameRows(by: label, source: source)
      guard layout == self.layout else {
        var options = options
        options.label = nil
        return try withLayout(layout).read(entry, options: options, control: control)
      }
    }
    // Rows follow one another in the text: they are the columns of the transpose.
    let stored = Shape(layout.columns, rows)
    try MemoryBudget.require(stored, scalarSize: 8, source: source)
    var found = Found()
    let matrix = try Matrix<Double>(stored) { (target) throws(FileError) in
      found = try fill(target, control: control)
      if found.needsDecimalComma {
        layout.useDecimalComma()
        found = try withLayout(layout).fill(target, control: control)
      }
    }
    return try LoadedMatrix(
      resolving: DenseMatrix(.double(matrix), isStoredTransposed: true), entry: entry, options: options,
      notes: layout.notes, labels: AxisLabels(rows: found.labels, columns: layout.columnLabels),
      firstMissing: found.firstMissing, source: source)
  }

  /// What reading finds beside the entries.
  private struct Found {
    /// "line 7, column 3"; nil when no cell is missing.
    var firstMissing: String?
    /// The rows' names; empty where they have none.
    var labels: [String] = []
    /// Whether reading stopped at the first cell that tells the decimal mark: it is a comma.
    var needsDecimalComma = false
  }

  /// The same text read in another way.
  private func withLayout(_ layout: TableLayout) -> DelimitedTextFile {
    var copy = self
    copy.layout = layout
    return copy
  }

  /// Reads the rows to `target`: in blocks of plain ones, and one by one where they are not.
  private func fill(
    _ target: UnsafeMutableBufferPointer<Double>, control: WorkControl
  ) throws(FileError) -> Found {
    let reader = RecordReader(bytes, from: start, terminator: terminator, delimiter: layout.delimiter)
    for _ in 0..<layout.headerRecords { _ = try reader.next(control: control) }
    let isNumeric = UnsafeMutableBufferPointer<Bool>.allocate(capacity: layout.cells)
    _ = isNumeric.initialize(from: layout.isNumeric)
    defer { isNumeric.deallocate() }
    let powers = UnsafeMutableBufferPointer<PowerOfTen>.allocate(capacity: PowersOfTen.all.count)
    _ = powers.initialize(from: PowersOfTen.all)
    defer { powers.deallocate() }
    var found = Found()
    guard let base = powers.baseAddress.map({ UnsafePointer($0) }) else { return found }
    var scanner = RowScanner(
      layout: layout, terminator: terminator, isNumeric: UnsafeBufferPointer(isNumeric), powers: base,
      labels: RowLabels(layout: layout, rows: rows))
    let columns = layout.columns
    var row = 0
    while row < rows {
      let line = reader.nextLineNumber
      let lines = reader.wholeLines
      let plain = scanner.rows(in: lines, columns: columns, into: target[(row * columns)...])
      if found.firstMissing == nil, let first = scanner.firstMissing {
        found.firstMissing = Self.place(line: line + first.row, column: first.column)
      }
      reader.skip(plain.bytes, lines: plain.rows)
      row += plain.rows
      guard row < rows else { break }
      guard let record = try reader.next(control: control) else { throw Self.changed(source) }
      let entries = target[(row * columns)..<((row + 1) * columns)]
      // The row that stopped the scanner, or one that was not at hand as a whole.
      if plain.bytes < lines.count || scanner.rows(in: record.bytes, columns: columns, into: entries).rows == 0 {
        try fill(entries, from: record, &found, labels: &scanner.labels)
        if found.needsDecimalComma { return found }
      } else if found.firstMissing == nil, let first = scanner.firstMissing {
        found.firstMissing = Self.place(line: record.line, column: first.column)
      }
      row += 1
    }
    guard try reader.next(control: control) == nil else { throw Self.changed(source) }
    found.labels = scanner.labels.names
    return found
  }

  /// Reads a row of any kind of cells.
  private func fill(
    _ target: Slice<UnsafeMutableBufferPointer<Double>>, from record: TextRecord, _ found: inout Found,
    labels: inout RowLabels
  ) throws(FileError) {
    var target = target
    let count = layout.delimiter.count(in: record.bytes)
    guard count == layout.cells else { throw ragged(count, line: record.line) }
    var position = target.startIndex
    _ = try layout.delimiter.forEachCell(in: record.bytes) { (column, cell) throws(FileError) in
      if column == labels.column { labels.append(cell) }
      guard layout.isNumeric[column] else { return }
      switch layout.parser.value(of: cell) {
      case .number(let value) where value.isFinite: target[position] = value
      case .number, .missing:
        target[position] = .nan
        if found.firstMissing == nil { found.firstMissing = Self.place(line: record.line, column: column) }
      case .text where layout.mayHaveDecimalComma(in: cell): found.needsDecimalComma = true
      case .text: throw notANumber(cell, line: record.line, column: column)
      }
      position += 1
    }
  }

  private static func place(line: Int, column: Int) -> String { "line \(line), column \(column + 1)" }

  private func notANumber(_ cell: UnsafeBufferPointer<UInt8>, line: Int, column: Int) -> FileError {
    let text = ForeignText.printable(cell.prefix(200), limit: 40)
    let advice =
      NumberLikeness.isLike(cell, parser: layout.parser)
      ? "write all numbers with the same decimal mark, “-” for minus and no thousands separators"
      : "correct or remove it"
    return .invalid(source, reason: "\(Self.place(line: line, column: column)): “\(text)” is not a number; \(advice)")
  }

  /// Refuses a text whose first `count` records are no rows of one length: it is told before it stands in a list.
  func requireEvenRows(amongFirst count: Int, control: WorkControl) throws(FileError) {
    let reader = RecordReader(bytes, from: start, terminator: terminator, delimiter: layout.delimiter)
    for index in 0..<count {
      guard let record = try reader.next(control: control) else { return }
      let cells = layout.delimiter.count(in: record.bytes)
      guard index < layout.headerRecords || cells == layout.cells else { throw ragged(cells, line: record.line) }
    }
  }

  /// The error for a row of another length.
  private func ragged(_ count: Int, line: Int) -> FileError {
    .invalid(
      source,
      reason: "line \(line) has \(count) \(count == 1 ? "cell" : "cells") and the others \(layout.cells) "
        + "(separated by \(layout.delimiter.name)); every row needs the same number")
  }

  /// The error for a text that is not what it was when it was opened.
  static func changed(_ source: String) -> FileError {
    .invalid(source, reason: "it changed while it was read; try again")
  }
}
