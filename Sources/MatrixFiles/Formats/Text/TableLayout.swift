/// How a delimited text holds its matrix: what is found out from its first records.
struct TableLayout: Hashable, Sendable {
  /// What stands between cells.
  var delimiter: Delimiter
  /// How numbers are spelt.
  var parser: DecimalParser
  /// The records before the first row of numbers: 0 or 1.
  var headerRecords: Int
  /// The cells of a row, left-out columns included.
  var cells: Int
  /// Which cells of a row are entries of the matrix.
  var isNumeric: [Bool]
  /// The header's names, one a cell; empty without a header.
  var names: [String]
  /// What a user should be told.
  var notes: [String]

  /// The matrix's columns.
  var columns: Int { isNumeric.count { $0 } }

  /// Finds the layout from the first `records` of a text (at least one).
  init(sample records: [[UInt8]]) {
    let delimiter = Delimiter.detect(in: records)
    self.delimiter = delimiter
    parser = DecimalParser()
    headerRecords = 0
    names = []
    notes = []
    let table = records.map { Self.cells(of: $0, by: delimiter) }
    // A first record with words may be a header of another length.
    let hasWords = table[0].contains { cell in
      cell.withUnsafeBufferPointer { DecimalParser().value(of: $0) } == .text
    }
    let counts = table.dropFirst(hasWords && table.count > 1 ? 1 : 0).map(\.count)
    cells = mostFrequent(counts) ?? 0
    isNumeric = Array(repeating: true, count: cells)
    if delimiter == .semicolon || delimiter == .tab { findDecimalMark(table) }
    findHeader(table)
    findTextColumns(table)
  }

  private static func cells(of record: [UInt8], by delimiter: Delimiter) -> [[UInt8]] {
    var cells: [[UInt8]] = []
    record.withUnsafeBufferPointer { bytes in
      _ = delimiter.forEachCell(in: bytes) { _, cell in cells.append(Array(cell)) }
    }
    return cells
  }

  private func value(_ cell: [UInt8]) -> CellValue { cell.withUnsafeBufferPointer { parser.value(of: $0) } }

  /// A comma is the decimal mark if some cell needs it to be a number and none needs a point.
  private mutating func findDecimalMark(_ table: [[[UInt8]]]) {
    let comma = DecimalParser(decimalMark: UInt8(ascii: ","))
    var needComma = 0
    var needPoint = 0
    for cell in table.joined() {
      let withComma = cell.withUnsafeBufferPointer { comma.value(of: $0) }
      if value(cell) == .text, withComma != .text { needComma += 1 }
      if value(cell) != .text, withComma == .text { needPoint += 1 }
    }
    if needComma > 0, needPoint == 0 {
      parser = comma
      notes.append("decimal commas")
    }
  }

  /// The first record is a header if words fill half of it, or stand where the next record has a number first. A first
  /// record of another length with words in it is one as well.
  private mutating func findHeader(_ table: [[[UInt8]]]) {
    guard table.count > 1 else { return }
    let first = table[0].map(value)
    let second = table[1].map(value)
    let words = first.count { $0 == .text }
    if first.count != cells {
      guard words > 0 else { return }
      // R leaves the corner above its row names out.
      let isNamesWithoutCorner = first.count == cells - 1 && words == first.count
      names = isNamesWithoutCorner ? [""] + table[0].map(Self.text) : []
      notes.append(
        isNamesWithoutCorner ? "header skipped" : "first record skipped: it has \(first.count) cells, the rows \(cells)"
      )
    } else {
      let rowsAreNamed = second.first == .text
      let numbers = first.count { if case .number = $0 { true } else { false } }
      let wordsBesideNames = words - (rowsAreNamed && first[0] == .text ? 1 : 0)
      let startsWithWord = first[0] == .text && !rowsAreNamed
      let hasEmptyCorner = first[0] == .missing && rowsAreNamed
      guard wordsBesideNames > 0 && wordsBesideNames >= numbers || startsWithWord || hasEmptyCorner else { return }
      // A column of words only is no header: its first word would be lost.
      guard zip(first, second).contains(where: { $0 == .text && $1 != .text }) || hasEmptyCorner else { return }
      names = table[0].map(Self.text)
      notes.append("header skipped")
    }
    headerRecords = 1
  }

  /// Leaves out the columns that hold words, or nothing, wherever they were looked at; and a first column without a name
  /// where all others have one: the row numbers that pandas writes.
  private mutating func findTextColumns(_ table: [[[UInt8]]]) {
    let rows = table.dropFirst(headerRecords).filter { $0.count == cells }.map { $0.map(value) }
    guard !rows.isEmpty else { return }
    for column in 0..<cells {
      let values = rows.map { $0[column] }
      let name = column < names.count && !names[column].isEmpty ? " “\(printable(names[column], limit: 40))”" : ""
      let isWords = values.contains(.text) && values.allSatisfy { $0 == .text || $0 == .missing }
      if isWords {
        isNumeric[column] = false
        notes.append(column == 0 ? "row names\(name) left out" : "text column \(column + 1)\(name) left out")
      } else if column == cells - 1, column > 0, rows.count > 1, name.isEmpty, values.allSatisfy({ $0 == .missing }) {
        isNumeric[column] = false
        notes.append("empty last column left out")
      } else if column == 0, cells > 1, names.count == cells, names[0].isEmpty,
        names.dropFirst().allSatisfy({ !$0.isEmpty })
      {
        isNumeric[column] = false
        notes.append("nameless first column left out")
      }
    }
  }

  private static func text(_ cell: [UInt8]) -> String {
    String(decoding: cell.drop(while: \.isBlank), as: UTF8.self)
  }
}
