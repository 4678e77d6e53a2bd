import Testing

@testable import MatrixFiles

/// A file and what must become of it.
struct HostileFile: Sendable, CustomTestStringConvertible {
  enum Verdict: Sendable {
    case refused(String)
    case values([[Double]])
  }

  let testDescription: String
  let bytes: [UInt8]
  let verdict: Verdict

  /// The file `what`, which is refused by `sentence`.
  init(_ what: String, _ bytes: [UInt8], refused sentence: String) {
    (testDescription, self.bytes, verdict) = (what, bytes, .refused(sentence))
  }

  /// The file `what`, which holds `values`.
  init(_ what: String, _ bytes: [UInt8], values: [[Double]]) {
    (testDescription, self.bytes, verdict) = (what, bytes, .values(values))
  }
}

/// The table: files made by hand, and what each must come to.
enum HostileFiles {
  private typealias Make = HostileBytes
  private typealias Case = HostileFile

  /// All of them.
  static let all = arrays + archives + pictures + texts

  static let arrays: [HostileFile] = [
    Case(
      "a shape whose product overflows", Make.npy(shape: "(4611686018427387904, 4)"),
      refused: "it claims a shape that no memory could hold"),
    Case(
      "an axis of 2^63", Make.npy(shape: "(9223372036854775808, 1)"),
      refused: "it has a damaged header: an axis that is no whole number of 64 bits, near byte 70 of it"),
    Case(
      "a negative axis", Make.npy(shape: "(-1, 4)"),
      refused: "it has a damaged header: a negative axis, near byte 51 of it"),
    Case(
      "an empty axis hides a huge one", Make.npy(shape: "(0, 4611686018427387904, 4)"),
      refused: "it has an axis of more than 2³¹ − 1"),
    Case(
      "more entries than bytes", Make.npy(shape: "(3, 3)", [1, 2, 3]),
      refused: "it claims 9 bytes of entries and has 3: it is cut short or its shape is wrong"),
    Case(
      "forty axes in Fortran order",
      Make.npy(shape: "(" + String(repeating: "1, ", count: 39) + "2)", isFortranOrder: true, [7, 9]),
      values: [[7, 9]]),
    Case(
      "forty axes of two", Make.npy(shape: "(" + String(repeating: "2, ", count: 40) + ")", isFortranOrder: true, [7]),
      refused: "it claims 1099511627776 bytes of entries and has 1: it is cut short or its shape is wrong"),
    Case(
      "sixty-five axes", Make.npy(shape: "(" + String(repeating: "1, ", count: 65) + ")", [7]),
      refused: "it has 65 axes, more than NumPy allows"),
    Case(
      "Python objects", Make.npy(Make.header("'|O'", "(1, 1)"), [0x80, 4]),
      refused: "it holds Python objects (a pickle), which are never read; save plain numbers: a.astype(float)"),
    Case(
      "records", Make.npy(Make.header("[('a', '<f8')]", "(1,)"), [UInt8](repeating: 0, count: 8)),
      refused: "it is a structured array; save one field of it: numpy.save(\"matrix.npy\", a[\"field\"])"),
    Case(
      "an unknown type with a command", Make.npy(Make.header("'\u{1b}[2J'", "(1, 1)"), [0]),
      refused: "it has the unknown element type “\\u{1b}[2J”; save it as f64: a.astype(float)"),
    Case(
      "a header longer than the file", NPYHeader.magic + [1, 0, 0xFF, 0x1F] + Array("{'descr'".utf8),
      refused: "it is cut short inside its header"),
    Case(
      "a header without end", Make.npy("{'descr': '<f8"),
      refused: "it has a damaged header: a string without end, near byte 10 of it"),
    Case(
      "code for a header", Make.npy("__import__('os').system('id')"),
      refused: "it has a damaged header: no “{”, near byte 0 of it"),
    Case(
      "a version to come", Make.npy(Make.header("'|u1'", "(1, 1)"), [7], version: 9),
      refused: "it has the unknown NumPy format version 9.0; save it again with a current NumPy"),
    Case("bfloat16", Make.npy(Make.header("'bfloat16'", "(1, 2)"), [0x80, 0x3F, 0x40, 0xC0]), values: [[1, -3]]),
    Case(
      "bfloat16 cut within an element", Make.npy(Make.header("'<V2'", "(1, 2)"), [0x80, 0x3F, 0x40]),
      refused: "it claims 4 bytes of entries and has 3: it is cut short or its shape is wrong"),
    Case(
      "bfloat16 that is no number", Make.npy(Make.header("'<V2'", "(1, 2)"), [0x80, 0x3F, 0xC0, 0x7F]),
      refused:
        "it has 1 cell that is missing, NaN or infinite, in 1 of 1 rows, the first at row 1, column 2; choose --missing drop-rows, column-mean or zero"
    ),
  ]

  static let two = Make.npy(shape: "(1, 2)", [4, 5])

  static let archives: [HostileFile] = [
    Case(
      "a member that claims four gigabytes",
      Make.zip([.init(name: "a.npy", data: two, isDeflated: true, claimedSize: 0xFFFF_FFFE)]),
      refused: "it is a damaged or unusual ZIP archive: “a.npy” claims a size that its bytes cannot have"),
    Case(
      "eight megabytes of zeros behind a small array",
      Make.zip([.init(name: "a.npy", data: two + [UInt8](repeating: 0, count: 8_000_000), isDeflated: true)]),
      values: [[4, 5]]),
    Case(
      "a stored member larger than its bytes", Make.zip([.init(name: "a.npy", data: two, claimedSize: 5000)]),
      refused: "it is a damaged or unusual ZIP archive: “a.npy” claims a size that its bytes cannot have"),
    Case(
      "a deflated member shorter than it claims",
      Make.zip([.init(name: "a.npy", data: Make.npy(shape: "(1, 9)", [4, 5]), isDeflated: true, claimedSize: 99)]),
      refused: "it is a damaged or unusual ZIP archive: its compressed data are damaged or cut short"),
    Case(
      "two arrays of one name", Make.zip([.init(name: "a.npy", data: two), .init(name: "a.npy", data: two)]),
      refused: "it is a damaged or unusual ZIP archive: it has two arrays called “a”"),
    Case("a path for a name", Make.zip([.init(name: "../../etc/passwd.npy", data: two)]), values: [[4, 5]]),
    Case(
      "commands for names",
      Make.zip([.init(name: "\u{1b}[2J\u{202e}a.npy", data: two), .init(name: "b\u{7}\n.npy", data: two)]),
      refused: "test holds 2 tensors; name one of: \\u{1b}[2J\\u{202e}a, b\\u{7}\\u{a}"
    ),
    Case(
      "objects beside an array",
      Make.zip([
        .init(name: "o.npy", data: Make.npy(Make.header("'|O'", "(1, 1)"), [0])), .init(name: "a.npy", data: two),
      ]),
      values: [[4, 5]]),
    Case("no member at all", Make.zip([]), refused: "it is an empty ZIP archive"),
    Case(
      "gzip with a wrong checksum",
      Array(Make.deflated(two, windowBits: 31).dropLast(8)) + [UInt8](repeating: 9, count: 8),
      refused: "its gzip data are damaged or cut short; copy or pack it again"),
    Case(
      "gzip cut short", Array(Make.deflated(two, windowBits: 31).dropLast(9)),
      refused: "its gzip data are damaged or cut short; copy or pack it again"),
    Case(
      "gzip in gzip", Make.deflated(Make.deflated(two, windowBits: 31), windowBits: 31),
      refused: "it is gzip-compressed twice or more, which is not read; unpack it first: gunzip -k FILE"),
    Case("gzip around an array", Make.deflated(two, windowBits: 31), values: [[4, 5]]),
    Case(
      "gzip around four megabytes of nothing", Make.deflated([UInt8](repeating: 0, count: 1 << 22), windowBits: 31),
      refused:
        "it is binary data of no known format, which is not read; convert it to .npy: in Python, numpy.save(\"matrix.npy\", array)"
    ),
  ]

  private static let grey = Make.pngHeader(2, 1)
  private static let end: (String, [UInt8]) = ("IEND", [])

  static let pictures: [HostileFile] = [
    Case(
      "2^31 × 2^31 pixels", Make.png(Make.pngHeader(1 << 31, 1 << 31), end),
      refused: "it has 2147483648 × 2147483648 pixels, more than 64 million; scale it down"),
    Case(
      "2^32 − 1 pixels a side", Make.png(Make.pngHeader(0xFFFF_FFFF, 0xFFFF_FFFF), end),
      refused: "it has 4294967295 × 4294967295 pixels, more than 64 million; scale it down"),
    Case("no pixels", Make.png(Make.pngHeader(0, 5), end), refused: "it is a PNG without pixels"),
    Case(
      "three bits a pixel", Make.png(Make.pngHeader(2, 1, depth: 3), end),
      refused: "its PNG header is damaged or cut short"),
    Case("a picture", Make.png(grey, ("IDAT", Make.deflated([0, 4, 5], windowBits: 15)), end), values: [[4, 5]]),
    Case(
      "four megabytes of zeros behind two pixels",
      Make.png(grey, ("IDAT", Make.deflated([0, 4, 5] + [UInt8](repeating: 0, count: 1 << 22), windowBits: 15)), end),
      values: [[4, 5]]),
    Case(
      "a profile that unpacks to four megabytes",
      Make.png(
        grey, ("iCCP", [0x61, 0, 0] + Make.deflated([UInt8](repeating: 0, count: 1 << 22), windowBits: 15)),
        ("IDAT", Make.deflated([0, 4, 5], windowBits: 15)), end), values: [[4, 5]]),
    Case(
      "pixels cut short", Make.png(grey, ("IDAT", Make.deflated([0, 4], windowBits: 15)), end),
      refused: "it is a damaged PNG (Not enough image data); save it again"),
    Case(
      "a chunk of four gigabytes", Make.png(grey) + [0xFF, 0xFF, 0xFF, 0xFF] + Array("IDAT".utf8) + [0, 0, 0, 0, 0],
      refused: "it is a PNG cut short at byte 46; copy or save it again"),
    Case(
      "a maximum of nothing", Array("P5 1 1 0\n\0".utf8),
      refused: "its Netpbm header is damaged: width, height and a maximum from 1 to 65535 are needed"),
    Case(
      "a maximum beyond 16 bits", Array("P5 1 1 65536\n\0\0\0".utf8),
      refused: "its Netpbm header is damaged: width, height and a maximum from 1 to 65535 are needed"),
    Case(
      "2^31 columns of grey", Array("P5 2147483648 1 255\n\0".utf8),
      refused: "its Netpbm header is damaged: width, height and a maximum from 1 to 65535 are needed"),
    Case(
      "a sample beyond the maximum", Array("P2 2 1 9\n9 10\n".utf8), refused: "a sample is 10, beyond the maximum of 9"),
    Case(
      "a JPEG of 65535 × 65535", JPEGTests.header(height: 65535, width: 65535),
      refused: "it has 65535 × 65535 pixels, more than 64 million; scale it down"),
    Case(
      "a JPEG in CMYK", JPEGTests.header(components: 4),
      refused: "it is a JPEG in CMYK, the colours of print; save it in RGB or grey"),
    Case(
      "a JPEG without its scan", JPEGTests.header(),
      refused: "it is a damaged JPEG (Invalid JPEG file structure: missing SOS marker); save it again"),
    Case(
      "a lossless arithmetic JPEG", JPEGTests.header(process: 0xCB),
      refused: "it is a JPEG of a lossless or hierarchical kind, which is not read; save it as PNG"),
  ]

  private static func market(_ rest: String, _ kind: String = "general") -> [UInt8] {
    Array("%%MatrixMarket matrix coordinate real \(kind)\n\(rest)\n".utf8)
  }

  static let texts: [HostileFile] = [
    Case(
      "10^12 × 10^12 with one entry", market("1000000000000 1000000000000 1\n1 1 1"),
      refused: "line 2 says 1000000000000 × 1000000000000, and rows, columns and entries may each be 2³¹ − 1 at most"),
    Case(
      "30000 × 30000 with one entry", market("30000 30000 1\n1 1 1"),
      refused: "it lists 1 entry of 30000 × 30000, which take 7.20 GB in full; keep the rows and columns that matter"),
    Case("row 0", market("2 2 2\n1 1 1\n0 2 1"), refused: "line 4 names row 0, and there are rows 1 to 2"),
    Case(
      "column 3 of 2", market("2 2 2\n1 1 1\n2 3 1"), refused: "line 4 names column 3, and there are columns 1 to 2"),
    Case(
      "row 2^63", market("2 2 1\n9223372036854775808 1 1"),
      refused: "line 3 names row 9.223372036854776e+18, and there are rows 1 to 2"),
    Case(
      "an index with a fraction", market("2 2 1\n1.5 1 1"), refused: "line 3 names row 1.5, and there are rows 1 to 2"),
    Case("repeated entries add up", market("2 2 4\n1 1 1\n1 1 2.5\n2 1 4\n1 1 -0.5"), values: [[3, 0], [4, 0]]),
    Case(
      "repeated entries of a symmetric matrix", market("2 2 2\n2 1 1\n2 1 2", "symmetric"), values: [[0, 3], [3, 0]]),
    Case(
      "repeated entries that overflow", market("1 1 2\n1 1 1e308\n1 1 1e308"),
      refused:
        "it has 1 cell that is missing, NaN or infinite, in 1 of 1 rows, the first at row 1, column 1; choose --missing drop-rows, column-mean or zero"
    ),
    Case(
      "a diagonal in a skew-symmetric matrix", market("2 2 1\n2 2 5", "skew-symmetric"),
      refused: "line 3 lists a diagonal entry, and a skew-symmetric matrix has none"),
    Case(
      "an entry beyond f64", market("1 1 1\n1 1 1e400"),
      refused: "line 3: “1e400” is not a finite number; correct or remove it"),
    Case(
      "more entries than promised", market("1 1 1\n1 1 1\n1 1 1"),
      refused: "line 4 is one entry more than the 1 of the size line"),
    Case(
      "fewer entries than promised", market("2 2 2\n1 1 1"),
      refused: "it ends after 1 of 2 entries; copy or save it again"),
    Case(
      "a command in a table", Array("1,2\n3,\u{9b}31m\n4,5\n".utf8),
      refused: "line 2, column 2: “\\u{9b}31m” is not a number; correct or remove it"),
    Case(
      "a row of another length", Array("1,2\n3,4\n5\n".utf8),
      refused: "line 3 has 1 cell and the others 2 (separated by comma); every row needs the same number"),
  ]
}
