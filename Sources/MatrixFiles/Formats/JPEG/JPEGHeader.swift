/// What the segments before the first scan of a JPEG say: size, depth, components, orientation.
///
/// Source: ITU-T T.81, annex B; for the orientation, Exif 2.3 (JEITA CP-3451C), 4.6.4.
struct JPEGHeader: Hashable, Sendable {
  /// Pixels.
  let height: Int, width: Int
  /// 1 for grey, 3 for colour, 4 for CMYK and its kin.
  let components: Int
  /// How a camera was held, 1 … 8 as Exif counts; 1 is upright.
  let orientation: Int

  /// Start of image, and the first byte of any segment.
  static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

  /// Walks the segments of `bytes` up to the frame header.
  init(_ bytes: any ByteSource) throws(FileError) {
    let damaged = FileError.invalid(bytes.name, reason: "its JPEG header is damaged or cut short; save it again")
    var offset = 2
    var orientation = 1
    while true {
      let start = try bytes.bytes(at: offset, count: 4)
      guard start.count == 4, start[0] == 0xFF else { throw damaged }
      // Any number of 0xFF may fill up before a marker.
      if start[1] == 0xFF {
        offset += 1
        continue
      }
      let length = Int(start[2]) << 8 | Int(start[3])
      guard length >= 2 else { throw damaged }
      switch start[1] {
      case 0xC4, 0xC8, 0xCC: break
      case 0xC0...0xCF:
        let frame = try bytes.bytes(at: offset + 4, count: 6)
        guard frame.count == 6 else { throw damaged }
        height = Int(frame[1]) << 8 | Int(frame[2])
        width = Int(frame[3]) << 8 | Int(frame[4])
        components = Int(frame[5])
        self.orientation = orientation
        try check(process: start[1], precision: frame[0], source: bytes.name)
        return
      // Markers without a length, and scans before a frame.
      case 0, 1, 0xD0...0xDA: throw damaged
      case 0xE1: orientation = Self.orientation(in: try bytes.bytes(at: offset + 4, count: length - 2)) ?? orientation
      default: break
      }
      offset += 2 + length
    }
  }

  private func check(process: UInt8, precision: UInt8, source: String) throws(FileError) {
    guard height > 0, width > 0 else { throw .invalid(source, reason: "it is a JPEG without pixels") }
    try PictureLayout.requirePixels(height: height, width: width, source: source)
    // Baseline, extended and progressive, coded by Huffman or by arithmetic.
    guard [0xC0, 0xC1, 0xC2, 0xC9, 0xCA].contains(process) else {
      throw .invalid(
        source, reason: "it is a JPEG of a lossless or hierarchical kind, which is not read; save it as PNG")
    }
    guard precision == 8 else {
      throw .invalid(source, reason: "it is a JPEG of \(precision) bits a sample, which is not read; save it as PNG")
    }
    guard components != 4 else {
      throw .invalid(source, reason: "it is a JPEG in CMYK, the colours of print; save it in RGB or grey")
    }
    guard components == 1 || components == 3 else {
      throw .invalid(source, reason: "it is a JPEG of \(components) components; save it in RGB or grey")
    }
  }

  /// The orientation in an Exif segment, if it is one and has it.
  private static func orientation(in segment: [UInt8]) -> Int? {
    guard segment.starts(with: Array("Exif\0\0".utf8)), segment.count >= 14 else { return nil }
    let tiff = Array(segment[6...])
    let isBigEndian = tiff[0] == UInt8(ascii: "M")
    func number(_ offset: Int, size: Int) -> Int? {
      guard offset >= 0, offset + size <= tiff.count else { return nil }
      let bytes = tiff[offset..<offset + size]
      return (isBigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(4, size: 4), let count = number(directory, size: 2) else { return nil }
    for entry in 0..<count {
      let place = directory + 2 + 12 * entry
      guard let tag = number(place, size: 2) else { return nil }
      if tag == 0x0112 { return number(place + 8, size: 2).flatMap { (1...8).contains($0) ? $0 : nil } }
    }
    return nil
  }
}
