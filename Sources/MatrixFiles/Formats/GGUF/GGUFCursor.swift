/// Reads a GGUF header in order, through a window of its bytes: a vocabulary of 150,000 strings costs a few reads.
struct GGUFCursor {
  let source: any ByteSource
  /// Whether the most significant byte of a number comes first.
  var isBigEndian = false
  /// How far it has come, in bytes from the start of the file.
  private(set) var position: Int

  private var window: [UInt8] = []
  private var windowStart = 0

  private static let windowSize = 1 << 18

  /// A cursor over `source` that stands at `position`.
  init(_ source: any ByteSource, at position: Int) {
    self.source = source
    self.position = position
  }

  /// The bytes from here to the end of the file.
  var left: Int { source.count - position }

  /// The error for a header of which `reason` is said.
  func damaged(_ reason: String) -> FileError {
    .invalid(source.name, reason: "its GGUF header is damaged: \(reason); copy or download it again")
  }

  /// The next `size` bytes as an unsigned number, `size` at most 8.
  mutating func bits(_ size: Int) throws(FileError) -> UInt64 {
    try require(size)
    var value: UInt64 = 0
    for index in 0..<size {
      let byte = window[position - windowStart + (isBigEndian ? index : size - 1 - index)]
      value = value << 8 | UInt64(byte)
    }
    position += size
    return value
  }

  /// The next 32 bits.
  mutating func word() throws(FileError) -> Int { Int(try bits(4)) }

  /// The next 64 bits as a count of things that take at least `size` bytes each, and of which the file has room for as
  /// many; `what` they are is told when it has not.
  mutating func count(of what: String, size: Int) throws(FileError) -> Int {
    let claimed = try bits(8)
    guard claimed <= UInt64(left / size) else {
      throw damaged("it claims \(claimed) \(what), and \(left) bytes are left")
    }
    return Int(claimed)
  }

  /// A string of at most `limit` bytes, with every longer one passed over and nil; and its length.
  mutating func string(of what: String, limit: Int) throws(FileError) -> (text: String?, count: Int) {
    let length = try count(of: "bytes of \(what)", size: 1)
    guard length <= limit else {
      position += length
      return (nil, length)
    }
    try require(length)
    let start = position - windowStart
    position += length
    return (String(decoding: window[start..<start + length], as: UTF8.self), length)
  }

  /// Passes over `count` bytes, which the file has.
  mutating func skip(_ count: Int) throws(FileError) {
    guard count <= left else { throw damaged("it ends inside its header") }
    position += count
  }

  /// Passes over `count` strings.
  mutating func skipStrings(_ count: Int) throws(FileError) {
    var remaining = count
    while remaining > 0 {
      remaining -= skipStringsInWindow(remaining)
      if remaining > 0 {
        try skip(try self.count(of: "bytes of a string", size: 1))
        remaining -= 1
      }
    }
  }

  /// Passes over strings that end inside the window, `limit` at most; returns how many.
  private mutating func skipStringsInWindow(_ limit: Int) -> Int {
    guard position >= windowStart else { return 0 }
    var offset = position - windowStart
    var passed = 0
    window.withUnsafeBytes { bytes in
      while passed < limit, offset <= bytes.count - 8 {
        let stored = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let length = isBigEndian ? UInt64(bigEndian: stored) : UInt64(littleEndian: stored)
        guard length <= UInt64(bytes.count - 8 - offset) else { break }
        offset += 8 + Int(length)
        passed += 1
      }
    }
    position = windowStart + offset
    return passed
  }

  /// Sees to it that the next `count` bytes are in the window.
  private mutating func require(_ count: Int) throws(FileError) {
    guard count <= left else { throw damaged("it ends inside its header, at byte \(source.count)") }
    if position >= windowStart, position + count <= windowStart + window.count { return }
    window = try source.bytes(at: position, count: max(count, Self.windowSize))
    windowStart = position
  }
}
