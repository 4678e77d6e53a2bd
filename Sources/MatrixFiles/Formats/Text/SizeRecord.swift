/// A first line that says how large the table below it is.
///
/// Those that scikit-learn brings along have the numbers of rows and of features, then the names of the classes, as in
/// `178,13,class_0,class_1,class_2`; their rows have the features, then the index of their class. Others, such as the
/// texts of word vectors, have the numbers of rows and columns alone.
struct SizeRecord {
  /// The classes that the last column counts from 0; empty where the line names none.
  let classNames: [String]
  /// The line's beginning: "178,13,…".
  let beginning: String
  /// What is to be said of it.
  let notes: [String]

  /// nil unless the first of `records`, of which `layout` was found, says how many cells the others have, and how many
  /// `rows` follow it. Where it names classes that the others have, it is one whatever it says of the rows.
  init?(_ records: [[UInt8]], layout: TableLayout, rows: Int) {
    let table = records.map { layout.values(of: $0) }
    guard table.count > 1, table[0].count >= 2 else { return nil }
    let first = table[0]
    let cells = table[1].count
    guard cells >= 2, table.dropFirst().allSatisfy({ $0.count == cells }), let said = Self.count(first[0]),
      let features = Self.count(first[1]), first.dropFirst(2).allSatisfy({ $0 == .text })
    else { return nil }
    if first.count == 2 {
      // Two numbers above rows of two are a row themselves.
      let hasRowNames = !(layout.isNumeric.first ?? true)
      guard cells > 2, said == rows, features == cells || hasRowNames && features == cells - 1 else { return nil }
    } else {
      guard features == cells - 1 else { return nil }
      for row in table.dropFirst() {
        guard let index = Self.count(row[cells - 1]), index < first.count - 2 else { return nil }
      }
    }
    classNames = Array(layout.texts(of: records[0]).dropFirst(2))
    let mark = if case .byte(let byte) = layout.delimiter { Character(UnicodeScalar(byte)) } else { Character(" ") }
    beginning = "\(said)\(mark)\(features)" + (first.count > 2 ? "\(mark)…" : "")
    notes = said == rows ? [] : ["it says \(said) rows, and \(rows) follow"]
  }

  /// A number of things.
  private static func count(_ value: CellValue) -> Int? {
    guard case .number(let number) = value, number >= 0 else { return nil }
    return Int(exactly: number)
  }
}
