import LinearAlgebra

/// A table of decimal numbers in text: separated by commas, semicolons, tabs or white space, with or without a header.
struct DelimitedTextFormat: FileFormat {
  let name = "csv"
  let summary =
    "a text of numbers (.csv, .tsv, .txt): commas, semicolons, tabs or white space, with or without a header"

  /// Text has no control characters but tabs and line ends.
  func recognises(_ prefix: [UInt8]) -> Bool {
    prefix.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
  }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    let prefix = try bytes.bytes(at: 0, count: 1 << 16)
    let start = prefix.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let terminator: UInt8 = !prefix.contains(0x0A) && prefix.contains(0x0D) ? 0x0D : 0x0A
    let reader = { RecordReader(bytes, from: start, terminator: terminator) }
    let sample = try Self.sample(reader(), control: control)
    guard !sample.isEmpty else { throw .invalid(bytes.name, reason: "it is a text without any numbers") }
    let layout = TableLayout(sample: sample)
    guard layout.columns > 0 else {
      throw .invalid(bytes.name, reason: "it is a text that is no table of numbers; save the numbers as .csv or .npy")
    }
    let rows = try Self.countRows(reader(), layout: layout, source: bytes.name, control: control)
    return DelimitedTextFile(bytes: bytes, start: start, terminator: terminator, layout: layout, rows: rows)
  }

  /// The first records: a hundred, or fewer that fill 64 KiB, but three at least.
  private static func sample(_ reader: RecordReader, control: WorkControl) throws(FileError) -> [[UInt8]] {
    var records: [[UInt8]] = []
    var size = 0
    while records.count < 3 || records.count < 100 && size < 1 << 16, let record = try reader.next(control: control) {
      records.append(Array(record.bytes))
      size += record.bytes.count
    }
    return records
  }

  /// Counts the rows, which must all have the same number of cells.
  private static func countRows(
    _ reader: RecordReader, layout: TableLayout, source: String, control: WorkControl
  ) throws(FileError) -> Int {
    for _ in 0..<layout.headerRecords { _ = try reader.next(control: control) }
    var rows = 0
    while let record = try reader.next(control: control) {
      let count = layout.delimiter.count(in: record.bytes)
      guard count == layout.cells else { throw layout.ragged(count, line: record.line, source: source) }
      rows += 1
    }
    return rows
  }
}

extension TableLayout {
  /// The error for a row of another length.
  fileprivate func ragged(_ count: Int, line: Int, source: String) -> FileError {
    .invalid(
      source,
      reason: "line \(line) has \(count) \(count == 1 ? "cell" : "cells") and the others \(cells) "
        + "(separated by \(delimiter.name)); every row needs the same number")
  }
}

/// An opened text: its layout is known and its rows are counted.
private struct DelimitedTextFile: MatrixFile {
  let bytes: any ByteSource
  let start: Int
  let terminator: UInt8
  let layout: TableLayout
  let rows: Int

  var source: String { bytes.name }
  var format: String { layout.delimiter == .tab ? "tsv" : layout.delimiter == .blanks ? "text" : "csv" }
  var tensors: [TensorEntry] { [TensorEntry(name: nil, type: .f64, axes: [rows, layout.columns])] }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    try options.view.requireUsual(for: entry, source: source)
    // Rows follow one another in the text: they are the columns of the transpose.
    let stored = Shape(layout.columns, rows)
    try MemoryBudget.require(stored, scalarSize: 8, source: source)
    var firstMissing: String?
    let matrix = try Matrix<Double>(stored) { (target) throws(FileError) in
      try fill(target, firstMissing: &firstMissing, control: control)
    }
    return try LoadedMatrix(
      resolving: DenseMatrix(.double(matrix), isStoredTransposed: true), entry: entry, options: options,
      notes: layout.notes,
      firstMissing: firstMissing, source: source)
  }

  private func fill(
    _ target: UnsafeMutableBufferPointer<Double>, firstMissing: inout String?, control: WorkControl
  ) throws(FileError) {
    let reader = RecordReader(bytes, from: start, terminator: terminator)
    for _ in 0..<layout.headerRecords { _ = try reader.next(control: control) }
    var position = 0
    var row = 0
    while let record = try reader.next(control: control) {
      guard row < rows else { throw changed }
      let count = try layout.delimiter.forEachCell(in: record.bytes) { (column, cell) throws(FileError) in
        guard column < layout.cells else { throw changed }
        guard layout.isNumeric[column] else { return }
        switch layout.parser.value(of: cell) {
        case .number(let value) where value.isFinite: target[position] = value
        case .number, .missing:
          target[position] = .nan
          if firstMissing == nil { firstMissing = "line \(record.line), column \(column + 1)" }
        case .text:
          let text = printable(String(decoding: cell.prefix(200), as: UTF8.self), limit: 40)
          throw .invalid(
            source, reason: "line \(record.line), column \(column + 1): “\(text)” is not a number; correct or remove it"
          )
        }
        position += 1
      }
      guard count == layout.cells else { throw changed }
      row += 1
    }
    guard row == rows else { throw changed }
  }

  private var changed: FileError { .invalid(source, reason: "it changed while it was read; try again") }
}
