/// Turns elements of a type that no processor computes with – floats of eight bits, quantised blocks – into f32.
///
/// One file each type or family, registered in ``ElementDecoderCatalog``.
protocol ElementDecoder: Sendable {
  /// The type it decodes; its ``ElementType/block`` says how many elements are stored together.
  var type: ElementType { get }

  /// Decodes whole blocks: `target` holds as many elements as `bytes` do.
  func decode(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>)
}

/// The decoders: one line each.
enum ElementDecoderCatalog {
  static let all: [any ElementDecoder] = [
    Q4_0Blocks(), Q4_1Blocks(), Q5_0Blocks(), Q5_1Blocks(), Q8_0Blocks(),
    Q2_KBlocks(), Q3_KBlocks(), Q4_KBlocks(), Q5_KBlocks(), Q6_KBlocks(),
    IQ4_NLBlocks(), IQ4_XSBlocks(), MXFP4Blocks(),
    EightBitFloatDecoder.e4m3,
    EightBitFloatDecoder.e5m2,
    EightBitFloatDecoder.e4m3fnuz,
    EightBitFloatDecoder.e5m2fnuz,
    EightBitFloatDecoder.e8m0,
  ]

  private static let byType = Dictionary(all.map { ($0.type, $0) }) { first, _ in first }

  /// What decodes `type`; nil for types that are read as they are.
  static func decoder(for type: ElementType) -> (any ElementDecoder)? { byType[type] }
}

/// The elements of a stream as the bytes of f32, decoded block by block.
final class DecodedStream: ByteStream {
  private let base: any ByteStream
  private let decoder: any ElementDecoder
  /// Decoded blocks that were not asked for yet, from ``next`` on.
  private var decoded: [Float]
  private var next: Int
  /// The bytes of as many blocks.
  private var stored: [UInt8]

  /// Blocks decoded at a time.
  private static let batch = 256

  init(_ base: any ByteStream, _ decoder: any ElementDecoder) {
    self.base = base
    self.decoder = decoder
    let (elements, bytes) = decoder.type.block
    decoded = [Float](repeating: 0, count: Self.batch * elements)
    stored = [UInt8](repeating: 0, count: Self.batch * bytes)
    next = decoded.count
  }

  /// Fills `target`, which holds whole f32.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when the blocks end before that.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    let size = MemoryLayout<Float>.size
    let wanted = target.count / size
    var done = 0
    while done < wanted {
      if next == decoded.count { try refill(atMost: wanted - done) }
      let count = min(wanted - done, decoded.count - next)
      decoded.withUnsafeBytes { bytes in
        UnsafeMutableRawBufferPointer(rebasing: target[done * size..<(done + count) * size])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[next * size..<(next + count) * size]))
      }
      next += count
      done += count
    }
  }

  /// Passes over `count` bytes of f32: whole blocks are not decoded.
  func skip(_ count: Int) throws(FileError) {
    var left = count / MemoryLayout<Float>.size
    let ready = min(left, decoded.count - next)
    next += ready
    left -= ready
    let (elements, bytes) = decoder.type.block
    try base.skip(left / elements * bytes)
    left %= elements
    guard left > 0 else { return }
    try refill(atMost: left)
    next += left
  }

  /// Decodes the blocks that hold the next `count` elements, or a batch of them; they lie at the end of ``decoded``.
  private func refill(atMost count: Int) throws(FileError) {
    let (elements, bytes) = decoder.type.block
    let blocks = min(Self.batch, (count + elements - 1) / elements)
    var failure: FileError?
    stored.withUnsafeMutableBytes { buffer in
      do throws(FileError) {
        try base.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[0..<blocks * bytes]))
      } catch { failure = error }
    }
    if let failure { throw failure }
    next = decoded.count - blocks * elements
    stored.withUnsafeBytes { buffer in
      decoded.withUnsafeMutableBufferPointer { target in
        decoder.decode(
          UnsafeRawBufferPointer(rebasing: buffer[0..<blocks * bytes]),
          into: UnsafeMutableBufferPointer(rebasing: target[next...]))
      }
    }
  }
}
