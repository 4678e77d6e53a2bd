/// A decoder of blocks: so many numbers that share their scales, as GGUF models store them.
///
/// Layouts: ggml's block structures and their dequantisation in f32, https://github.com/ggml-org/ggml
/// (src/ggml-common.h, src/ggml-quants.c); the products are taken in the same order, so that the values are equal to the
/// last bit.
protocol BlockDecoder: ElementDecoder {
  /// Decodes one block to as many entries as it has elements.
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>)
}

extension BlockDecoder {
  func decode(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>) {
    let (elements, size) = type.block
    guard var entries = target.baseAddress, let base = bytes.baseAddress else { return }
    var block = base.assumingMemoryBound(to: UInt8.self)
    for _ in 0..<min(bytes.count / size, target.count / elements) {
      Self.decode(block: block, into: entries)
      block += size
      entries += elements
    }
  }
}

extension UnsafePointer<UInt8> {
  /// The little-endian half at `offset`.
  @inline(__always)
  func half(_ offset: Int) -> Float { Float(half: word(offset)) }

  /// The little-endian 16 bits at `offset`.
  @inline(__always)
  func word(_ offset: Int) -> UInt16 {
    UInt16(littleEndian: UnsafeRawPointer(self + offset).loadUnaligned(as: UInt16.self))
  }

  /// The little-endian 32 bits at `offset`.
  @inline(__always)
  func longWord(_ offset: Int) -> UInt32 {
    UInt32(littleEndian: UnsafeRawPointer(self + offset).loadUnaligned(as: UInt32.self))
  }

  /// The byte at `offset` with its sign.
  @inline(__always)
  func signed(_ offset: Int) -> Int32 { Int32(Int8(bitPattern: self[offset])) }

  /// The byte at `offset`, for arithmetic.
  @inline(__always)
  func byte(_ offset: Int) -> Int32 { Int32(self[offset]) }
}
