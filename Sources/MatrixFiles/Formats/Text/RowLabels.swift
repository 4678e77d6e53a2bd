/// Gathers the names of the rows from the cells of one column.
struct RowLabels: Hashable, Sendable {
  /// The column that names the rows; nil where none does.
  let column: Int?
  /// What the column's numbers, from 0, stand for; empty where it holds the names themselves.
  let classNames: [String]
  /// One a row so far, safe to draw.
  private(set) var names: [String] = []

  /// More rows than these have no names.
  static let limit = 200_000

  /// Those of a text of `rows` rows.
  init(layout: TableLayout, rows: Int) {
    column = rows <= Self.limit ? layout.labelColumn : nil
    classNames = layout.classNames
  }

  /// Adds the name in `cell`, with or without quotes around it.
  mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
    let text = Self.text(cell)
    if !classNames.isEmpty, let index = Int(text), classNames.indices.contains(index) {
      names.append(classNames[index])
    } else {
      names.append(text)
    }
  }

  /// Forgets all but the first `count` names.
  mutating func keep(_ count: Int) { names.removeLast(max(0, names.count - count)) }

  /// What a cell says, without blanks and quotes around it, at most 60 characters, safe to draw.
  static func text(_ cell: UnsafeBufferPointer<UInt8>) -> String {
    var bytes = cell[...]
    func trim() {
      while let first = bytes.first, first.isBlank { bytes = bytes.dropFirst() }
      while let last = bytes.last, last.isBlank || last == 0x0D { bytes = bytes.dropLast() }
    }
    trim()
    let quote = UInt8(ascii: "\"")
    if bytes.count > 1, bytes.first == quote, bytes.last == quote { bytes = bytes.dropFirst().dropLast() }
    // What is drawn as it is needs no look at its characters.
    if bytes.count <= 60, bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != quote }) {
      return String(decoding: bytes, as: UTF8.self)
    }
    var unquoted: [UInt8] = []
    var isDoubled = false
    for byte in bytes {
      isDoubled = byte == quote && unquoted.last == quote && !isDoubled
      if !isDoubled { unquoted.append(byte) }
    }
    return ForeignText.printable(unquoted.prefix(1000), limit: 60)
  }
}
