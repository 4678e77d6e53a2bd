import Glibc
import LinearAlgebra

/// One record of a delimited text: a line, or several when a quoted cell spans them.
struct TextRecord {
  /// Its bytes without the line end, which follows them whether the source has it or not; valid until the next record is
  /// read.
  let bytes: UnsafeBufferPointer<UInt8>
  /// The number of its first line, from 1.
  let line: Int
}

/// Reads a text record by record, in blocks; comment lines (`#`, `%`) and blank lines are passed over.
final class RecordReader {
  private let source: any ByteSource
  private let terminator: UInt8
  private let blanks: BlankBytes
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  /// The bytes that may be read, and mean nothing, behind those of the buffer.
  private static let padding = 64
  /// The bytes of the buffer that are read but not handed out.
  private var start = 0
  private var end = 0
  private var offset: Int
  private var line = 1
  /// A longer line is no line of numbers.
  private static let recordLimit = 1 << 28

  /// - Parameter delimiter: what separates cells, where that is known.
  init(_ source: any ByteSource, from offset: Int, terminator: UInt8, delimiter: Delimiter? = nil) {
    self.source = source
    blanks = delimiter == .tab ? .spaces : .spacesAndTabs
    self.offset = offset
    self.terminator = terminator
    buffer = Self.allocate(min(readBlock, max(1, source.count)))
  }

  deinit { buffer.deallocate() }

  /// `capacity` bytes and the padding behind them.
  private static func allocate(_ capacity: Int) -> UnsafeMutableBufferPointer<UInt8> {
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity + padding)
    buffer.initialize(repeating: 0)
    return UnsafeMutableBufferPointer(rebasing: buffer[..<capacity])
  }

  /// The fraction of the source that was handed out.
  var fraction: Double { Double(offset - (end - start)) / Double(max(1, source.count)) }

  /// The next record that is neither blank nor a comment; nil at the end.
  func next(control: WorkControl) throws(FileError) -> TextRecord? {
    while let record = try nextLine(control: control) {
      guard let first = record.bytes.first(where: { !blanks.contains($0) }) else { continue }
      if first == UInt8(ascii: "#") || first == UInt8(ascii: "%") { continue }
      return record
    }
    return nil
  }

  /// The whole lines at hand, the first of them the next; 64 bytes behind them are readable. Empty when there is none.
  var wholeLines: UnsafeBufferPointer<UInt8> {
    let bytes = UnsafeBufferPointer(rebasing: buffer[start..<end])
    return UnsafeBufferPointer(rebasing: bytes[..<Self.lineEnd(terminator, in: bytes)])
  }

  /// The number of the next line, from 1.
  var nextLineNumber: Int { line }

  /// Passes over `count` bytes of ``wholeLines`` that are `lines` lines.
  func skip(_ count: Int, lines: Int) {
    start += count
    line += lines
  }

  /// Counts the records to the end of the text.
  func countRecords(control: WorkControl) throws(FileError) -> Int {
    var records = 0
    while true {
      // Up to a quote every line is a record, unless it is blank or a comment.
      let lines = wholeLines
      let quote = Self.find(UInt8(ascii: "\""), in: lines) ?? lines.count
      let plain = UnsafeBufferPointer(
        rebasing: lines[..<Self.lineEnd(terminator, in: UnsafeBufferPointer(rebasing: lines[..<quote]))])
      let counted = LineCount(plain, terminator: terminator, blanks: blanks)
      skip(plain.count, lines: counted.lines)
      records += counted.records
      guard try next(control: control) != nil else { return records }
      records += 1
    }
  }

  /// Where the last whole line of `bytes` ends; 0 if there is none.
  private static func lineEnd(_ terminator: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    (bytes.lastIndex(of: terminator) ?? -1) + 1
  }

  private func nextLine(control: WorkControl) throws(FileError) -> TextRecord? {
    let firstLine = line
    var searched = 0
    var quotes = QuoteState()
    while true {
      let fresh = UnsafeBufferPointer(rebasing: buffer[start + searched..<end])
      if let newline = Self.find(terminator, in: fresh) {
        quotes.pass(UnsafeBufferPointer(rebasing: buffer[start..<start + searched + newline]), from: searched)
        searched += newline + 1
        line += 1
        // Within quotes a line end belongs to the cell. A comment's quotes mean nothing.
        if quotes.isOpen, !isComment { continue }
        defer { start += searched }
        return record(count: searched - 1, line: firstLine)
      }
      quotes.pass(UnsafeBufferPointer(rebasing: buffer[start..<end]), from: searched)
      searched += fresh.count
      if offset < source.count {
        try refill(control: control)
      } else if searched == 0 {
        return nil
      } else {
        if quotes.isOpen, !isComment {
          throw .invalid(source.name, reason: "a quote in the cells of line \(firstLine) is never closed")
        }
        defer { start = end }
        // The last line may lack its end, for which there is room at least in the padding.
        buffer.baseAddress?[end] = terminator
        return record(count: searched, line: firstLine)
      }
    }
  }

  /// Whether the record that begins at `start` is a comment.
  private var isComment: Bool {
    let first = buffer[start..<end].first { !$0.isBlank }
    return first == UInt8(ascii: "#") || first == UInt8(ascii: "%")
  }

  private func record(count: Int, line: Int) -> TextRecord {
    var count = count
    while count > 0, buffer[start + count - 1] == 0x0D { count -= 1 }
    return TextRecord(bytes: UnsafeBufferPointer(rebasing: buffer[start..<start + count]), line: line)
  }

  /// Moves what is left to the front and reads on; the buffer grows for a record that fills it.
  private func refill(control: WorkControl) throws(FileError) {
    try control.advance(fraction)
    let left = end - start
    if left == buffer.count {
      guard left < Self.recordLimit else {
        throw .invalid(
          source.name, reason: "line \(line) is longer than \(Self.recordLimit >> 20) MiB; save it as .npy")
      }
      let larger = Self.allocate(2 * left)
      _ = larger.initialize(from: buffer[start..<end])
      buffer.deallocate()
      buffer = larger
    } else if start > 0, let base = buffer.baseAddress {
      memmove(base, base + start, left)
    }
    start = 0
    let count = min(buffer.count - left, source.count - offset)
    end = left + count
    try source.read(
      at: offset, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[left..<end])))
    offset += count
  }

  fileprivate static func find(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}

/// Whether a place in a record is inside quotes. A quote opens a cell only where one may begin: 5" is five inches.
private struct QuoteState {
  private(set) var isOpen = false
  /// Where the last quote closed: another one there, doubled, is part of the cell.
  private var closed = -2

  /// Passes over the bytes of `record` from `start` on.
  mutating func pass(_ record: UnsafeBufferPointer<UInt8>, from start: Int) {
    var position = start
    while position < record.count {
      let rest = UnsafeBufferPointer(rebasing: record[position...])
      guard let found = RecordReader.find(UInt8(ascii: "\""), in: rest) else { return }
      position += found
      if isOpen {
        isOpen = false
        closed = position
      } else if closed == position - 1 || position == 0 || Self.mayPrecedeCell(record[position - 1]) {
        isOpen = true
      }
      position += 1
    }
  }

  private static func mayPrecedeCell(_ byte: UInt8) -> Bool {
    byte.isBlank || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
  }
}
