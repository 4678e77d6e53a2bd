/// Reads rows of plain cells straight from a block of text; whatever is not plain it leaves to the general way.
struct RowScanner {
  /// The byte between cells; nil for white space.
  let delimiter: UInt8?
  /// The byte that ends a line.
  let terminator: UInt8
  /// Which cells of a row are entries of the matrix.
  let isNumeric: UnsafeBufferPointer<Bool>
  /// How numbers are spelt.
  let numbers: NumberScanner
  /// The general way to read a cell.
  let parser: DecimalParser
  /// The row, within the last block, and the column of the first missing cell.
  private(set) var firstMissing: (row: Int, column: Int)?

  /// The names of the rows so far.
  var labels: RowLabels

  init(
    layout: TableLayout, terminator: UInt8, isNumeric: UnsafeBufferPointer<Bool>, powers: UnsafePointer<PowerOfTen>,
    labels: RowLabels
  ) {
    self.labels = labels
    if case .byte(let byte) = layout.delimiter { delimiter = byte } else { delimiter = nil }
    self.terminator = terminator
    self.isNumeric = isNumeric
    numbers = NumberScanner(decimalMark: layout.parser.decimalMark, powers: powers)
    parser = layout.parser
  }

  /// Reads rows from `window` – whole lines; eight bytes behind them are readable – to `target` until one is not plain:
  /// blank, a comment, with quotes within cells, a word for a number, of another length.
  ///
  /// - Parameter columns: the entries of a row.
  /// - Returns: how many rows were read, and from how many bytes.
  mutating func rows(
    in window: UnsafeBufferPointer<UInt8>, columns: Int, into target: Slice<UnsafeMutableBufferPointer<Double>>
  ) -> (rows: Int, bytes: Int) {
    firstMissing = nil
    guard let start = window.baseAddress, let first = UnsafeMutableBufferPointer(rebasing: target).baseAddress else {
      return (0, 0)
    }
    let end = start + window.count
    let limit = target.count / columns
    var cursor = start
    var rows = 0
    while rows < limit, cursor < end {
      let entries = first + rows * columns
      let next =
        delimiter == nil
        ? row(at: cursor, number: rows, byBlanks: true, into: entries)
        : row(at: cursor, number: rows, byBlanks: false, into: entries)
      guard let next else { break }
      cursor = next
      rows += 1
    }
    return (rows, cursor - start)
  }

  /// Reads the row at `start`; returns where the next one begins, or nil if it is not plain.
  @inline(__always)
  private mutating func row(
    at start: UnsafePointer<UInt8>, number: Int, byBlanks: Bool, into target: UnsafeMutablePointer<Double>
  ) -> UnsafePointer<UInt8>? {
    let separator = delimiter ?? 0x20
    var cursor = start
    var entry = target
    let before = firstMissing?.row
    let named = labels.names.count
    skipLeading(&cursor, byBlanks: byBlanks)
    if cursor.pointee == UInt8(ascii: "#") || cursor.pointee == UInt8(ascii: "%") { return nil }
    if cursor.pointee == terminator || cursor.pointee == 0x0D { return nil }
    let last = isNumeric.count - 1
    for column in 0...last {
      if column > 0 { skipLeading(&cursor, byBlanks: byBlanks) }
      let cell = cursor
      if isNumeric[column] {
        if let value = numbers.number(at: &cursor), isEnd(&cursor, byBlanks: byBlanks, separator) {
          entry.pointee = value
        } else {
          cursor = cell
          guard let value = unusual(&cursor, byBlanks: byBlanks, separator) else {
            return discard(number, before, named)
          }
          if !value.isFinite, firstMissing == nil { firstMissing = (number, column) }
          entry.pointee = value.isFinite ? value : .nan
        }
        entry += 1
      } else {
        guard skipCell(&cursor, byBlanks: byBlanks, separator) else { return discard(number, before, named) }
        if column == labels.column { labels.append(UnsafeBufferPointer(start: cell, count: cursor - cell)) }
      }
      if column == last { break }
      // A line that ends here has too few cells, as has one of blanks.
      guard cursor.pointee != terminator, byBlanks || cursor.pointee == separator else {
        return discard(number, before, named)
      }
      if !byBlanks { cursor += 1 }
    }
    guard cursor.pointee == terminator else { return discard(number, before, named) }
    return cursor + 1
  }

  /// Forgets what `row` had missing, and its name beyond the first `named`.
  private mutating func discard(_ row: Int, _ before: Int?, _ named: Int) -> UnsafePointer<UInt8>? {
    labels.keep(named)
    if before == nil, firstMissing?.row == row { firstMissing = nil }
    return nil
  }

  /// Moves to the first byte of a cell. Before a quote only spaces may stand.
  @inline(__always)
  private func skipLeading(_ cursor: inout UnsafePointer<UInt8>, byBlanks: Bool) {
    while cursor.pointee == 0x20 || byBlanks && cursor.pointee == 0x09 { cursor += 1 }
  }

  @inline(__always)
  private func skipBlanks(_ cursor: inout UnsafePointer<UInt8>, butNot stop: UInt8) {
    while cursor.pointee.isBlank, cursor.pointee != stop { cursor += 1 }
  }

  /// Whether a cell ends at `cursor`, which moves over blanks to the delimiter, the line end or – if blanks delimit –
  /// the next cell.
  @inline(__always)
  private func isEnd(_ cursor: inout UnsafePointer<UInt8>, byBlanks: Bool, _ separator: UInt8) -> Bool {
    if cursor.pointee == terminator { return true }
    if !byBlanks, cursor.pointee == separator { return true }
    if !cursor.pointee.isBlank, cursor.pointee != 0x0D { return false }
    let start = cursor
    skipBlanks(&cursor, butNot: byBlanks ? terminator : separator)
    let isBehindBlanks = cursor > start
    while cursor.pointee == 0x0D, cursor.pointee != terminator { cursor += 1 }
    return cursor.pointee == terminator || (byBlanks ? isBehindBlanks : cursor.pointee == separator)
  }

  /// The value of a cell that is no plain number; nil when it is a word or has quotes.
  private func unusual(_ cursor: inout UnsafePointer<UInt8>, byBlanks: Bool, _ separator: UInt8) -> Double? {
    let start = cursor
    guard skipCell(&cursor, byBlanks: byBlanks, separator), start.pointee != UInt8(ascii: "\"") else { return nil }
    switch parser.value(of: UnsafeBufferPointer(start: start, count: cursor - start)) {
    case .number(let value): return value
    case .missing: return .nan
    case .text: return nil
    }
  }

  /// Moves over a cell and the blanks around it; false when it has quotes other than a pair around it.
  @inline(__always)
  private func skipCell(_ cursor: inout UnsafePointer<UInt8>, byBlanks: Bool, _ separator: UInt8) -> Bool {
    if cursor.pointee == UInt8(ascii: "\"") {
      repeat {
        cursor += 1
        if cursor.pointee == terminator { return false }
      } while cursor.pointee != UInt8(ascii: "\"")
      cursor += 1
      return isEnd(&cursor, byBlanks: byBlanks, separator)
    }
    while cursor.pointee != terminator, byBlanks ? !cursor.pointee.isBlank : cursor.pointee != separator {
      if cursor.pointee == UInt8(ascii: "\"") { return false }
      cursor += 1
    }
    if byBlanks { skipBlanks(&cursor, butNot: terminator) }
    return true
  }
}
