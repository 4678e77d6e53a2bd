/// The bytes of a pickle, read on through a window.
struct PickleBytes {
  private let source: any ByteSource
  /// What the pickle is called in messages: "its data.pkl".
  private let title: String
  /// Where offsets in messages count from.
  private let origin: Int
  private let end: Int
  private var window: [UInt8] = []
  private var windowStart: Int

  private static let windowSize = 1 << 16

  /// The bytes of `source` in `range`, which lies inside.
  init(_ source: any ByteSource, in range: Range<Int>, title: String, origin: Int) {
    self.source = source
    self.title = title
    self.origin = origin
    end = range.upperBound
    position = range.lowerBound
    windowStart = range.lowerBound
  }

  /// The offset of the next byte in the source.
  private(set) var position: Int

  /// Why the pickle cannot be read, with the place.
  func failure(_ reason: String, at offset: Int? = nil) -> FileError {
    .invalid(
      source.name, reason: "\(title) is damaged or no checkpoint: \(reason) at byte \((offset ?? position) - origin)")
  }

  /// The next byte.
  mutating func byte() throws(FileError) -> UInt8 {
    if position - windowStart >= window.count {
      guard position < end else { throw failure("it is cut short") }
      window = try source.bytes(at: position, count: min(Self.windowSize, end - position))
      windowStart = position
    }
    defer { position += 1 }
    return window[position - windowStart]
  }

  /// The next `count` bytes, which are few.
  mutating func next(_ count: Int) throws(FileError) -> [UInt8] {
    try require(count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for _ in 0..<count { bytes.append(try byte()) }
    return bytes
  }

  /// Passes over `count` bytes.
  mutating func skip(_ count: Int) throws(FileError) {
    try require(count)
    position += count
    if position - windowStart > window.count {
      window = []
      windowStart = position
    }
  }

  /// The bytes up to the next line feed, which is passed over.
  mutating func line(limit: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let next = try byte()
      if next == 0x0A { return bytes }
      guard bytes.count < limit else { throw failure("a name of more than \(limit) bytes") }
      bytes.append(next)
    }
  }

  /// A little-endian unsigned number of `size` bytes, at most 8.
  mutating func unsigned(_ size: Int) throws(FileError) -> Int {
    let start = position
    var value: UInt64 = 0
    for shift in 0..<size { value |= UInt64(try byte()) << (8 * UInt64(shift)) }
    guard let number = Int(exactly: value) else { throw failure("a length beyond 63 bits", at: start) }
    return number
  }

  private func require(_ count: Int) throws(FileError) {
    guard count >= 0, count <= end - position else { throw failure("it is cut short") }
  }
}
