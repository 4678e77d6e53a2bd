import Glibc

/// Lines that carry their checksum: "CHECKSUM TEXT", sixteen hexadecimal digits and a blank before the text.
enum CacheLine {
  /// The FNV-1a hash of `bytes`, 64 bits: it tells accidents from what was written, not forgeries.
  ///
  /// Source: Fowler, Noll & Vo, http://www.isthe.com/chongo/tech/comp/fnv/.
  static func hash(_ bytes: some Sequence<UInt8>) -> String {
    let value = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The hash of `text`.
  static func hash(_ text: String) -> String { hash(text.utf8) }

  /// `text`, which must be one line, with its checksum.
  static func sealed(_ text: String) -> String { hash(text) + " " + text }

  /// The text of a sealed line; nil when it does not fit its checksum.
  static func unsealed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let body = line.dropFirst(17)
    guard line.count > 17, line[line.startIndex + 16] == UInt8(ascii: " "),
      line.prefix(16).elementsEqual(hash(body).utf8)
    else { return nil }
    return body
  }

  /// The bytes of the regular file at `path`; nil when it cannot be read or is longer than `limit`.
  static func contents(of path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let wanted = bytes.count - filled
      let count = bytes.withUnsafeMutableBytes { raw in
        raw.baseAddress.map { read(file, $0 + filled, wanted) } ?? 0
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }
}
