/// What stands between the cells of a record.
enum Delimiter: Hashable, Sendable {
  /// This byte; cells may be quoted as RFC 4180 says.
  case byte(UInt8)
  /// Any run of spaces and tabs.
  case blanks

  static let tab = Delimiter.byte(0x09)
  static let semicolon = Delimiter.byte(UInt8(ascii: ";"))
  static let comma = Delimiter.byte(UInt8(ascii: ","))

  /// "comma", "tab", …, for notes.
  var name: String {
    switch self {
    case .tab: "tab"
    case .semicolon: "semicolon"
    case .byte: "comma"
    case .blanks: "white space"
    }
  }

  /// Hands each cell of `record` to `body` – its index, and its bytes without quotes around them – until `body` throws; returns how
  /// many there are. Doubled quotes inside a quoted cell are left as they are: no number has one.
  @inline(__always)
  func forEachCell<Failure: Error>(
    in record: UnsafeBufferPointer<UInt8>, _ body: (Int, UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    var index = 0
    var position = 0
    let count = record.count
    while true {
      if case .blanks = self {
        while position < count, record[position].isBlank { position += 1 }
        if position == count { return index }
      }
      var start = position
      var end = position
      while start < count, record[start] == 0x20 { start += 1 }
      if start < count, record[start] == UInt8(ascii: "\"") {
        start += 1
        end = start
        while end < count {
          if record[end] == UInt8(ascii: "\"") {
            guard end + 1 < count, record[end + 1] == UInt8(ascii: "\"") else { break }
            end += 1
          }
          end += 1
        }
        position = min(end + 1, count)
        var isClean = true
        while position < count, !isDelimiter(record[position]) {
          if !record[position].isBlank, record[position] != 0x0D { isClean = false }
          position += 1
        }
        // What follows a quoted cell belongs to it, as do its quotes then.
        if !isClean { (start, end) = (start - 1, position) }
      } else {
        while position < count, !isDelimiter(record[position]) { position += 1 }
        start = min(start, position)
        end = position
      }
      try body(index, UnsafeBufferPointer(rebasing: record[start..<min(end, count)]))
      index += 1
      if position >= count {
        return index
      }
      position += 1
    }
  }

  /// The number of cells in `record`.
  func count(in record: UnsafeBufferPointer<UInt8>) -> Int {
    forEachCell(in: record) { _, _ in }
  }

  @inline(__always)
  private func isDelimiter(_ byte: UInt8) -> Bool {
    switch self {
    case .byte(let delimiter): byte == delimiter
    case .blanks: byte.isBlank
    }
  }

  /// The delimiter that cuts most of `records` into equally many cells, two at least, and most of those into numbers;
  /// white space when none does.
  static func detect(in records: [[UInt8]]) -> Delimiter {
    var best = Delimiter.blanks
    var bestScore = 0.0
    for candidate in [Delimiter.tab, .semicolon, .comma, .blanks] {
      let counts = records.map { record in record.withUnsafeBufferPointer { candidate.count(in: $0) } }
      guard let usual = mostFrequent(counts), usual > 1 else { continue }
      let share = Double(counts.count { $0 == usual }) / Double(counts.count)
      guard share >= 0.5 else { continue }
      let even = zip(records, counts).filter { $1 == usual }.prefix(32).map(\.0)
      // Between texts without numbers the share alone decides.
      let score = share * (0.125 + candidate.shareOfNumbers(in: even))
      if score > bestScore { (best, bestScore) = (candidate, score) }
    }
    return best
  }

  /// The share of cells that are, or look like, numbers among the first of `records`.
  private func shareOfNumbers(in records: [[UInt8]]) -> Double {
    let point = DecimalParser()
    let comma = DecimalParser(decimalMark: UInt8(ascii: ","))
    var numbers = 0
    var cells = 0
    for record in records {
      record.prefix(4096).withUnsafeBufferPointer { bytes in
        _ = forEachCell(in: bytes) { _, cell in
          cells += 1
          if point.value(of: cell) != .text || self != .comma && comma.value(of: cell) != .text
            || NumberLikeness.isLike(cell, parser: point)
          {
            numbers += 1
          }
        }
      }
    }
    return Double(numbers) / Double(max(1, cells))
  }
}

/// The value that occurs most often, the earliest of several; nil of nothing.
func mostFrequent(_ values: [Int]) -> Int? {
  var counts: [Int: Int] = [:]
  for value in values { counts[value, default: 0] += 1 }
  let most = counts.values.max()
  return values.first { counts[$0] == most }
}
