/// A format that is known by sight but not read: what to call it, and what to do with it.
struct ForeignFormat: Sendable {
  /// With its article: "a MATLAB file".
  let title: String
  /// What to do, as an imperative.
  let advice: String

  private static let toNPY = "convert it to .npy: in Python, numpy.save(\"matrix.npy\", array)"
  private static let toPNG = "convert it to PNG, for example with: magick PICTURE picture.png"

  /// Where a signature lies, what it is, and what it means.
  private static let signatures: [(offset: Int, bytes: [UInt8], format: ForeignFormat)] = [
    (0, [0x1F, 0x8B], .init(title: "gzip-compressed twice or more", advice: "unpack it first: gunzip -k FILE")),
    (0, [0x28, 0xB5, 0x2F, 0xFD], .init(title: "Zstandard-compressed", advice: "unpack it first: unzstd FILE")),
    (0, Array("BZh".utf8), .init(title: "bzip2-compressed", advice: "unpack it first: bunzip2 -k FILE")),
    (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .init(title: "xz-compressed", advice: "unpack it first: unxz -k FILE")),
    (0, Array("GIF8".utf8), .init(title: "a GIF picture", advice: toPNG)),
    (0, Array("II*\0".utf8), .init(title: "a TIFF picture", advice: toPNG)),
    (0, Array("MM\0*".utf8), .init(title: "a TIFF picture", advice: toPNG)),
    (8, Array("WEBP".utf8), .init(title: "a WebP picture", advice: toPNG)),
    (4, Array("ftyp".utf8), .init(title: "a picture or film of the MP4 family (HEIC, AVIF, …)", advice: toPNG)),
    (0, Array("%PDF-".utf8), .init(title: "a PDF document", advice: "export its table as .csv or its picture as PNG")),
    (0, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], .init(title: "an HDF5 file", advice: toNPY)),
    (512, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], .init(title: "a MATLAB 7.3 (HDF5) file", advice: toNPY)),
    (
      0, Array("MATLAB 5.0 MAT-file".utf8),
      .init(title: "a MATLAB file", advice: "save the matrix from MATLAB with writematrix(A, \"matrix.csv\")")
    ),
    (0, Array("PAR1".utf8), .init(title: "a Parquet table", advice: "save it as .csv or .npy")),
    (0, Array("ARROW1".utf8), .init(title: "an Arrow table", advice: "save it as .csv or .npy")),
    (0, Array("SQLite format 3".utf8), .init(title: "an SQLite database", advice: "export the table as .csv")),
    (0, [0xD0, 0xCF, 0x11, 0xE0], .init(title: "an old Office document", advice: "export the table as .csv")),
    (0, [0x7F, 0x45, 0x4C, 0x46], .init(title: "an executable program", advice: "name a file of numbers")),
    (
      0, Array("sys_info\0".utf8),
      .init(title: "a PyTorch checkpoint in its oldest form (a tar archive)", advice: "save it again with torch.save")
    ),
    (257, Array("ustar".utf8), .init(title: "a tar archive", advice: "unpack it first: tar -xf FILE")),
    (0, [0xFF, 0xFE], utf16), (0, [0xFE, 0xFF], utf16),
  ]

  private static let utf16 = ForeignFormat(
    title: "text in UTF-16", advice: "save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > matrix.csv")

  /// What a file that begins with `prefix` is, when that is known and not read.
  static func recognised(_ prefix: [UInt8]) -> ForeignFormat? {
    // The first bytes of such a file are a length, and could be anything.
    if SafetensorsFormat().recognises(prefix) || ShardIndexFormat().recognises(prefix) { return nil }
    if let known = signatures.first(where: { prefix.dropFirst($0.offset).starts(with: $0.bytes) }) {
      return known.format
    }
    if let picture = netpbm(prefix) { return picture }
    // Pickle protocols 2 to 5, as torch's older checkpoints are, which are read.
    if prefix.count > 2, prefix[0] == 0x80, (2...5).contains(prefix[1]), !PyTorchLegacyFormat().recognises(prefix) {
      return .init(
        title: "a Python pickle",
        advice: "pickles can run code, and only PyTorch's checkpoints are read of them, without running any; \(toNPY)")
    }
    switch prefix.first(where: { !$0.isBlank && $0 != 0x0A && $0 != 0x0D }) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return .init(title: "JSON", advice: "save the numbers as .csv or .npy")
    case UInt8(ascii: "<"):
      return .init(title: "HTML or XML", advice: "save the table as .csv, or download the file itself")
    default: break
    }
    if FileFormatCatalog.formats.contains(where: { $0.recognises(prefix) }) { return nil }
    if prefix.contains(0) { return .init(title: "binary data of no known format", advice: toNPY) }
    return nil
  }

  private static func netpbm(_ prefix: [UInt8]) -> ForeignFormat? {
    guard prefix.count > 3, prefix[0] == UInt8(ascii: "P"), [0x31, 0x34, 0x37].contains(prefix[1]),
      prefix[2].isBlank || prefix[2] == 0x0A
    else { return nil }
    return .init(title: "a PBM or PAM picture", advice: toPNG)
  }
}

extension UInt8 {
  /// A space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
}
