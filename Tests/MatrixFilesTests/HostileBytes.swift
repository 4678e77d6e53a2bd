import CZlib

@testable import MatrixFiles

/// Files made by hand to mislead a reader.
enum HostileBytes {
  /// A .npy file that claims what `header` says and holds `data`.
  static func npy(_ header: String, _ data: [UInt8] = [], version: UInt8 = 1) -> [UInt8] {
    let text = Array(header.utf8)
    let length = [UInt8(text.count & 255), UInt8(text.count >> 8)] + (version == 1 ? [] : [0, 0])
    return NPYHeader.magic + [version, 0] + length + text + data
  }

  /// The header that NumPy would write.
  static func header(_ descr: String, _ shape: String, isFortranOrder: Bool = false) -> String {
    "{'descr': \(descr), 'fortran_order': \(isFortranOrder ? "True" : "False"), 'shape': \(shape), }"
  }

  /// A .npy file of unsigned bytes.
  static func npy(shape: String, isFortranOrder: Bool = false, _ data: [UInt8] = []) -> [UInt8] {
    npy(header("'|u1'", shape, isFortranOrder: isFortranOrder), data)
  }

  /// A member of an archive: what it holds, and what is said of it.
  struct Member {
    var name: String
    var data: [UInt8]
    var isDeflated = false
    /// The size that is claimed instead of the true one.
    var claimedSize: Int?
  }

  /// A ZIP archive without checksums.
  static func zip(_ members: [Member]) -> [UInt8] {
    var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
    for member in members {
      let packed = member.isDeflated ? deflated(member.data, windowBits: -15) : member.data
      let name = Array(member.name.utf8)
      let sizes = little(packed.count, 4) + little(member.claimedSize ?? member.data.count, 4)
      let common = [20, 0, 0, 8, member.isDeflated ? 8 : 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sizes + little(name.count, 2)
      directory +=
        [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 12) + little(bytes.count, 4) + name
      bytes += [0x50, 0x4B, 3, 4] + common + [0, 0] + name + packed
    }
    let count = little(members.count, 2)
    return bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + little(directory.count, 4)
      + little(bytes.count, 4) + [0, 0]
  }

  /// A PNG of these chunks, each with its checksum.
  static func png(_ chunks: (type: String, data: [UInt8])...) -> [UInt8] {
    chunks.reduce(PNGHeader.signature) { bytes, chunk in
      let body = Array(chunk.type.utf8) + chunk.data
      return bytes + big(chunk.data.count) + body + big(Int(body.withUnsafeBytes { crc32(0, $0) }))
    }
  }

  /// The first chunk of a PNG.
  static func pngHeader(_ width: Int, _ height: Int, depth: UInt8 = 8, colour: UInt8 = 0) -> (String, [UInt8]) {
    ("IHDR", big(width) + big(height) + [depth, colour, 0, 0, 0])
  }

  /// `bytes` as zlib packs them: 15 window bits for zlib's own format, 31 for gzip's, −15 for neither.
  static func deflated(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, windowBits, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    return input.withUnsafeMutableBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: bytes.count + bytes.count / 100 + 100) { output, count in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        deflate(&stream, Z_FINISH)
        count = Int(stream.total_out)
      }
    }
  }

  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func big(_ value: Int) -> [UInt8] { little(value, 4).reversed() }
}

extension HostileBytes {
  /// The bytes of f32.
  static func floats(_ values: Float...) -> [UInt8] { values.flatMap { little(Int($0.bitPattern), 4) } }
}
