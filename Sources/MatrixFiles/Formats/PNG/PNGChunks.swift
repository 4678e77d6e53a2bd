import LinearAlgebra

/// The chunks of a PNG that make its stored pixels, and no others.
///
/// libpng's simplified interface applies what the ancillary chunks say of gamma, colour space and transparency. Without
/// them it has nothing to convert and hands out the numbers as they are stored.
struct PNGChunks {
  /// A PNG of the critical chunks alone.
  private(set) var bytes = PNGHeader.signature
  /// Whether the picture makes some colours transparent.
  private(set) var hasTransparency = false
  /// The bytes of compressed pixels.
  private(set) var dataBytes = 0

  /// Walks the chunks of `source` and checks those that are kept.
  init(_ source: any ByteSource, control: WorkControl) throws(FileError) {
    try MemoryBudget.require(Shape(source.count, 1), scalarSize: 1, source: source.name)
    bytes.reserveCapacity(source.count)
    let damaged = FileError.invalid(source.name, reason: "it is a damaged PNG; save it again")
    var offset = PNGHeader.signature.count
    while true {
      let head = try source.bytes(at: offset, count: 8)
      guard head.count == 8, head.bigEndianU32(0) <= source.count - offset - 12 else {
        throw .invalid(source.name, reason: "it is a PNG cut short at byte \(source.count); copy or save it again")
      }
      let length = head.bigEndianU32(0)
      let type = Array(head[4...])
      switch String(decoding: type, as: UTF8.self) {
      case "IHDR", "PLTE", "IDAT", "IEND":
        try control.advance(Double(offset) / Double(source.count) / 2)
        let chunk = try source.bytes(at: offset, count: 12 + length)
        let checksum = chunk[4..<8 + length].withUnsafeBytes { crc32(0, $0) }
        guard Int(checksum) == chunk.bigEndianU32(8 + length) else { throw damaged }
        bytes += chunk
        if type[1] == UInt8(ascii: "D") { dataBytes += length }
        if type[1] == UInt8(ascii: "E") { return }
      case "tRNS": hasTransparency = true
      default:
        // A capital first letter says that a reader cannot do without.
        if type[0] & 0x20 == 0 { throw damaged }
      }
      offset += 12 + length
    }
  }
}
