/// The first chunk of a PNG: size, depth and colours.
///
/// Source: W3C, Portable Network Graphics (PNG) Specification, 11.2.1 (IHDR).
struct PNGHeader: Hashable, Sendable {
  /// What the numbers of a pixel mean.
  enum Colour: UInt8 {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgbAlpha = 6

    /// The numbers of one pixel.
    var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgbAlpha: 4
      }
    }

    var depths: Set<UInt8> {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .rgb, .greyAlpha, .rgbAlpha: [8, 16]
      }
    }
  }

  let width: Int
  let height: Int
  let depth: Int
  let colour: Colour

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Reads the signature and the first chunk of `bytes`.
  init(_ bytes: any ByteSource) throws(FileError) {
    let start = try bytes.bytes(at: 0, count: 33)
    guard start.count == 33, start.starts(with: Self.signature), start[8...].starts(with: [0, 0, 0, 13]),
      start[12...].starts(with: Array("IHDR".utf8)), let colour = Colour(rawValue: start[25]),
      colour.depths.contains(start[24]), start[26] == 0, start[27] == 0, start[28] < 2
    else { throw .invalid(bytes.name, reason: "its PNG header is damaged or cut short") }
    width = start.bigEndianU32(16)
    height = start.bigEndianU32(20)
    depth = Int(start[24])
    self.colour = colour
    guard width > 0, height > 0 else { throw .invalid(bytes.name, reason: "it is a PNG without pixels") }
    try PictureLayout.requirePixels(height: height, width: width, source: bytes.name)
  }

  /// The bytes of the unpacked scan lines, without interlacing.
  var unpackedBytes: Int { height * (1 + (width * colour.channels * depth + 7) / 8) }
}
