/// How a delimited text holds its matrix: what is found out from its first records.
struct TableLayout: Hashable, Sendable {
  /// What stands between cells.
  var delimiter: Delimiter
  /// How numbers are spelt.
  var parser = DecimalParser()
  /// Whether some cell tells which decimal mark the text has; a text that is cut by commas has points.
  var isDecimalMarkKnown = true
  /// The records before the first row of numbers: 0 or 1.
  var headerRecords = 0
  /// The cells of a row, left-out columns included.
  var cells = 0
  /// Which cells of a row are entries of the matrix.
  var isNumeric: [Bool] = []
  /// The header's names, one a cell, safe to draw; empty without a header.
  var names: [String] = []
  /// The column that names the rows: the first of words, or one of row numbers.
  var labelColumn: Int?
  /// What the numbers in that column, from 0, stand for; empty where it holds the names themselves.
  var classNames: [String] = []
  /// What a user should be told.
  var notes: [String] = []

  /// The matrix's columns.
  var columns: Int { isNumeric.count { $0 } }

  /// The names of the matrix's columns; empty where they have none.
  var columnLabels: [String] {
    guard names.count == cells else { return [] }
    let labels = zip(names, isNumeric).filter(\.1).map(\.0)
    return labels.allSatisfy(\.isEmpty) ? [] : labels
  }

  /// Finds the layout from the first `records` of a text (at least one); of `delimiter` only where that is known.
  init(sample records: [[UInt8]], delimiter known: Delimiter? = nil) {
    delimiter = known ?? Delimiter.detect(in: records)
    if delimiter != .comma { findDecimalMark(records) }
    let table = records.map { values(of: $0) }
    // A first record with words may be a header of another length.
    let hasHeader = table.count > 1 && table[0].contains(.text)
    cells = mostFrequent(table.dropFirst(hasHeader ? 1 : 0).map(\.count)) ?? 0
    isNumeric = Array(repeating: true, count: cells)
    findHeader(table, text: records[0])
    findTextColumns(records, table)
  }

  /// Finds the layout of the `records` below `size`, which is the text's first.
  init(sample records: [[UInt8]], delimiter: Delimiter, below size: SizeRecord) {
    self.init(sample: records, delimiter: delimiter)
    notes = ["size record “\(size.beginning)” skipped"] + size.notes + notes
    headerRecords += 1
    guard !size.classNames.isEmpty else { return }
    labelColumn = cells - 1
    isNumeric[cells - 1] = false
    classNames = size.classNames
    notes.append("class column \(cells) left out")
  }

  /// Whether `cell`, which is no number, is the first of the text that tells its decimal mark.
  func mayHaveDecimalComma(in cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !isDecimalMarkKnown, case .number = DecimalParser(decimalMark: UInt8(ascii: ",")).value(of: cell) else {
      return false
    }
    return true
  }

  /// Reads numbers with decimal commas from now on.
  mutating func useDecimalComma() {
    parser = DecimalParser(decimalMark: UInt8(ascii: ","))
    isDecimalMarkKnown = true
    notes.append("decimal commas")
  }

  /// The values of a record's cells.
  func values(of record: [UInt8]) -> [CellValue] {
    record.withUnsafeBufferPointer { bytes in
      var values: [CellValue] = []
      values.reserveCapacity(cells)
      _ = delimiter.forEachCell(in: bytes) { _, cell in values.append(parser.value(of: cell)) }
      return values
    }
  }

  /// What a record's cells say, safe to draw.
  func texts(of record: [UInt8]) -> [String] {
    record.withUnsafeBufferPointer { bytes in
      var texts: [String] = []
      _ = delimiter.forEachCell(in: bytes) { _, cell in texts.append(RowLabels.text(cell)) }
      return texts
    }
  }

  /// A comma is the decimal mark if some cell needs it to be a number and none needs a point.
  private mutating func findDecimalMark(_ records: [[UInt8]]) {
    let comma = DecimalParser(decimalMark: UInt8(ascii: ","))
    var needComma = false
    var needPoint = false
    for record in records {
      record.withUnsafeBufferPointer { bytes in
        _ = delimiter.forEachCell(in: bytes) { _, cell in
          let withPoint = parser.value(of: cell)
          let withComma = comma.value(of: cell)
          if withPoint == .text, withComma != .text { needComma = true }
          if withPoint != .text, withComma == .text { needPoint = true }
        }
      }
    }
    isDecimalMarkKnown = needComma || needPoint
    if needComma, !needPoint { useDecimalComma() }
  }

  /// The first record is a header if words fill half of it, or stand where the next record has a number first. A first
  /// record of another length with words in it is one as well. None has what a person would take for a number.
  private mutating func findHeader(_ table: [[CellValue]], text: [UInt8]) {
    guard table.count > 1, !hasNumberLike(text) else { return }
    let first = table[0]
    let second = table[1]
    let words = first.count { $0 == .text }
    if first.count != cells {
      guard words > 0 else { return }
      if first.count == cells - 1, words == first.count {
        // R leaves the corner above its row names out.
        names = [""] + texts(of: text)
      } else if first.count > cells, first[cells...].allSatisfy({ $0 == .missing }) {
        names = Array(texts(of: text)[..<cells])
      }
      notes.append(
        names.isEmpty ? "first record skipped: it has \(first.count) cells, the rows \(cells)" : "header skipped")
    } else {
      let rowsAreNamed = second.first == .text
      let numbers = first.count { if case .number = $0 { true } else { false } }
      let wordsBesideNames = words - (rowsAreNamed && first[0] == .text ? 1 : 0)
      let startsWithWord = first[0] == .text && !rowsAreNamed
      let hasEmptyCorner = first[0] == .missing && rowsAreNamed
      guard wordsBesideNames > 0 && wordsBesideNames >= numbers || startsWithWord || hasEmptyCorner else { return }
      // A column of words only is no header: its first word would be lost.
      guard zip(first, second).contains(where: { $0 == .text && $1 != .text }) || hasEmptyCorner else { return }
      names = texts(of: text)
      notes.append("header skipped")
    }
    headerRecords = 1
    noteRepeatedName()
  }

  /// Whether some cell of `record` is no number but looks like one.
  private func hasNumberLike(_ record: [UInt8]) -> Bool {
    var found = false
    record.withUnsafeBufferPointer { bytes in
      _ = delimiter.forEachCell(in: bytes) { _, cell in
        if !found, parser.value(of: cell) == .text { found = NumberLikeness.isLike(cell, parser: parser) }
      }
    }
    return found
  }

  private mutating func noteRepeatedName() {
    var seen: Set<String> = []
    if let repeated = names.first(where: { !$0.isEmpty && !seen.insert($0).inserted }) {
      notes.append("\(names.count { $0 == repeated }) columns are called “\(repeated)”")
    }
  }

  /// Leaves out the columns that hold words, or nothing, wherever they were looked at; and a first column without a name
  /// where all others have one: the row numbers that pandas writes.
  private mutating func findTextColumns(_ records: [[UInt8]], _ table: [[CellValue]]) {
    let indices = table.indices.dropFirst(headerRecords).filter { table[$0].count == cells }
    guard !indices.isEmpty, cells > 0 else { return }
    var left: [(column: Int, note: String)] = []
    var firstOfWords: Int?
    // What is mostly meant for numbers is not left out but refused, cell by cell.
    let numberLike = excessOfNumberLike(records, rows: indices)
    for column in 0..<cells {
      var missing = 0
      let texts = indices.count { row in
        if table[row][column] == .missing { missing += 1 }
        return table[row][column] == .text
      }
      let title = column < names.count ? names[column] : ""
      let name = title.isEmpty ? "" : " “\(title)”"
      if texts > 0, texts + missing == indices.count {
        if numberLike[column] < 0 {
          let namesRows = firstOfWords == nil
          if namesRows { firstOfWords = column }
          left.append(
            (
              column,
              namesRows
                ? "rows named by" + (name.isEmpty ? " column \(column + 1)" : name)
                : "text column \(column + 1)\(name) left out"
            ))
        }
      } else if column == cells - 1, column > 0, indices.count > 1, name.isEmpty, missing == indices.count {
        left.append((column, "empty last column left out"))
      } else if column == 0, cells > 1, names.count == cells, names[0].isEmpty,
        names.dropFirst().allSatisfy({ !$0.isEmpty })
      {
        left.append((column, "nameless first column left out"))
        labelColumn = column
      }
    }
    for (column, _) in left { isNumeric[column] = false }
    labelColumn = firstOfWords ?? labelColumn
    // A long list says no more than its length.
    notes += left.prefix(left.count > 4 ? 1 : 4).map(\.note)
    if left.count > 4 { notes.append("\(left.count - 1) more text columns left out") }
  }

  /// For every column, by how many of the `rows`' cells those that a person would take for numbers outnumber the other
  /// words.
  private func excessOfNumberLike(_ records: [[UInt8]], rows: [Int]) -> [Int] {
    var excess = [Int](repeating: 0, count: cells)
    for row in rows {
      records[row].withUnsafeBufferPointer { bytes in
        _ = delimiter.forEachCell(in: bytes) { column, cell in
          guard column < cells, parser.value(of: cell) == .text else { return }
          excess[column] += NumberLikeness.isLike(cell, parser: parser) ? 1 : -1
        }
      }
    }
    return excess
  }
}
