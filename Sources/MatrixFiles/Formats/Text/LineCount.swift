import Glibc

/// Counts lines at memory speed.
struct LineCount: Hashable {
  /// All lines.
  private(set) var lines = 0
  /// Those that are neither blank nor comments.
  private(set) var records = 0

  /// The blank beside the space: a tab, unless it separates cells.
  private let blank: UInt8

  /// Counts `text`: whole lines, with a readable byte behind them. A line of nothing but `blanks` is none.
  init(_ text: UnsafeBufferPointer<UInt8>, terminator: UInt8, blanks: BlankBytes = .spacesAndTabs) {
    blank = blanks == .spaces ? 0x20 : 0x09
    guard let base = text.baseAddress, text.count > 0 else { return }
    addLine(at: base, terminator)
    // A line begins behind every line end but the last.
    let last = text.count - 1
    var position = 0
    while position < last {
      // So many words that a byte holds the count of any lane; what is less than a word goes the slow way.
      let count = min(8 * 255, last - position >= 8 ? (last - position) & ~7 : last - position)
      let bytes = base + position
      if count < 8 || !addPlainLines(in: bytes, count: count, terminator) {
        addLines(in: bytes, count: count, terminator)
      }
      position += count
    }
  }

  /// Adds the lines behind the line ends in `count` bytes, a multiple of 8; false, and nothing added, if one of those
  /// lines may be blank or a comment.
  private mutating func addPlainLines(in bytes: UnsafePointer<UInt8>, count: Int, _ terminator: UInt8) -> Bool {
    // Eight bytes at a time: a byte's top bit tells what is true of it.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    let ends = ones &* UInt64(terminator)
    // Blanks, line ends, “#” and “%” lie below “&”, and no number begins with what else does.
    let toTop = ones &* UInt64(0x80 - UInt8(ascii: "&"))
    var counts: UInt64 = 0
    var unusual: UInt64 = 0
    let raw = UnsafeRawPointer(bytes)
    var offset = 0
    while offset < count {
      let here = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ ends
      let next = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset &+ 1, as: UInt64.self))
      let isEnd = ~((here & ~tops) &+ ~tops | here) & tops
      counts &+= isEnd &>> 7
      unusual |= isEnd & ~((next & ~tops) &+ toTop | next)
      offset &+= 8
    }
    if unusual != 0 { return false }
    var total = 0
    for lane in 0..<8 { total += Int(counts >> UInt64(8 * lane) & 0xFF) }
    lines += total
    records += total
    return true
  }

  /// Adds the lines behind the line ends in `count` bytes.
  private mutating func addLines(in bytes: UnsafePointer<UInt8>, count: Int, _ terminator: UInt8) {
    var cursor = bytes
    let end = bytes + count
    while cursor < end, let found = memchr(cursor, Int32(terminator), end - cursor) {
      cursor = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + 1
      addLine(at: cursor, terminator)
    }
  }

  private mutating func addLine(at start: UnsafePointer<UInt8>, _ terminator: UInt8) {
    var cursor = start
    while cursor.pointee != terminator, cursor.pointee == 0x20 || cursor.pointee == blank || cursor.pointee == 0x0D {
      cursor += 1
    }
    lines += 1
    switch cursor.pointee {
    case terminator, UInt8(ascii: "#"), UInt8(ascii: "%"): break
    default: records += 1
    }
  }
}

/// What a blank line is made of.
enum BlankBytes: Hashable {
  case spacesAndTabs
  /// Where tabs separate cells, a line of tabs is a row without numbers.
  case spaces

  /// Whether `byte` means nothing where a line has nothing else.
  func contains(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0D || byte == 0x09 && self == .spacesAndTabs }
}
