/// Text from a file, made safe to draw.
enum ForeignText {
  /// `bytes` as UTF-8, or, where they are none, as Windows-1252; at most `limit` characters, escaped.
  static func printable(_ bytes: some Collection<UInt8>, limit: Int) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return MatrixFiles.printable(text, limit: limit) }
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(Self.scalar(byte)) }
    return MatrixFiles.printable(String(scalars), limit: limit)
  }

  /// What Windows-1252 means by `byte`.
  private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
    return middle[Int(byte) - 0x80]
  }

  /// 0x80 … 0x9F, where Windows-1252 is not Latin-1.
  private static let middle = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
}
