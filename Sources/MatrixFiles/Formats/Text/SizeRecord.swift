/// The first line of the tables that scikit-learn brings along: the numbers of rows and of features, then the names of
/// the classes, as in `178,13,class_0,class_1,class_2`. The rows below have the features, then the index of their class.
struct SizeRecord {
  /// The classes that the last column counts from 0; empty where the line names none.
  let classNames: [String]
  /// The line's beginning: "178,13,…".
  let beginning: String

  /// nil unless the first of `records`, which `delimiter` cuts, says how many `rows` follow it and how many cells they have.
  init?(_ records: [[UInt8]], delimiter: Delimiter, rows: Int) {
    let table = records.map { TableLayout.cells(of: $0, by: delimiter) }
    guard table.count > 1, table[0].count >= 2, case .byte(let mark) = delimiter else { return nil }
    let cells = table[1].count
    let first = table[0].map(Self.value)
    guard cells >= 2, table.dropFirst().allSatisfy({ $0.count == cells }), first[0] == .number(Double(rows)),
      first[1] == .number(Double(cells - 1)), first.dropFirst(2).allSatisfy({ $0 == .text })
    else { return nil }
    // Two numbers above rows of two are a row themselves.
    if first.count == 2, cells == 2 { return nil }
    classNames = table[0].dropFirst(2).map { $0.withUnsafeBufferPointer(RowLabels.text) }
    if !classNames.isEmpty {
      for row in table.dropFirst() {
        guard case .number(let value) = Self.value(row[cells - 1]), let index = Int(exactly: value),
          classNames.indices.contains(index)
        else { return nil }
      }
    }
    beginning = "\(rows)\(Character(UnicodeScalar(mark)))\(cells - 1)" + (first.count > 2 ? ",…" : "")
  }

  private static func value(_ cell: [UInt8]) -> CellValue {
    cell.withUnsafeBufferPointer { DecimalParser().value(of: $0) }
  }
}
