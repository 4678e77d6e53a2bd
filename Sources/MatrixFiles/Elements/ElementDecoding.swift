import LinearAlgebra

extension Float {
  /// The value of an IEEE 754 half, exactly; by integer arithmetic, because conversions through `Float16` are slow.
  @inline(__always)
  init(half bits: UInt16) {
    let magnitude = UInt32(bits & 0x7FFF)
    let sign = UInt32(bits & 0x8000) << 16
    if magnitude >= 0x7C00 {
      // Infinity and NaN: the exponent is all ones in either format.
      self.init(bitPattern: sign | 0x7F80_0000 | (magnitude & 0x3FF) << 13)
    } else {
      // Moved to the place of f32's fields the exponent is 2¹¹² too small; the product also normalises subnormals.
      let scaled = Float(bitPattern: magnitude << 13) * 0x1p112
      self.init(bitPattern: sign | scaled.bitPattern)
    }
  }
}

/// Turns stored elements into the working precision.
enum ElementDecoding {
  /// Moves elements that are stored as entries are to `target`, unless that is where they lie.
  static func move<Scalar: RealScalar>(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Scalar>)
  {
    if bytes.baseAddress != UnsafeRawPointer(target.baseAddress) {
      UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
    }
  }

  /// Decodes 16-bit halves to `target`, which sets how many.
  static func halves(
    _ bytes: UnsafeRawBufferPointer, isBigEndian: Bool, into target: UnsafeMutableBufferPointer<Float>
  ) {
    for index in target.indices {
      let stored = bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
      target[index] = Float(half: isBigEndian ? stored.byteSwapped : stored)
    }
  }

  /// Decodes bfloat16 – the upper half of an f32 – to `target`, which sets how many.
  static func brainFloats(
    _ bytes: UnsafeRawBufferPointer, isBigEndian: Bool, into target: UnsafeMutableBufferPointer<Float>
  ) {
    for index in target.indices {
      let stored = bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
      target[index] = Float(bitPattern: UInt32(isBigEndian ? stored.byteSwapped : stored) << 16)
    }
  }

  /// Decodes integers and booleans to `target`, which sets how many; returns how many of them f64 had to round.
  static func integers(
    _ bytes: UnsafeRawBufferPointer, type: ElementType, isBigEndian: Bool,
    into target: UnsafeMutableBufferPointer<Double>
  ) -> Int {
    switch type {
    case .bool:
      for index in target.indices { target[index] = bytes[index] == 0 ? 0 : 1 }
      return 0
    case .u8: return convert(UInt8.self, bytes, isBigEndian, target)
    case .i8: return convert(Int8.self, bytes, isBigEndian, target)
    case .u16: return convert(UInt16.self, bytes, isBigEndian, target)
    case .i16: return convert(Int16.self, bytes, isBigEndian, target)
    case .u32: return convert(UInt32.self, bytes, isBigEndian, target)
    case .i32: return convert(Int32.self, bytes, isBigEndian, target)
    case .u64: return convert(UInt64.self, bytes, isBigEndian, target)
    case .i64: return convert(Int64.self, bytes, isBigEndian, target)
    default: preconditionFailure("not an integer type")
    }
  }

  @inline(__always)
  private static func convert<Stored: FixedWidthInteger>(
    _: Stored.Type, _ bytes: UnsafeRawBufferPointer, _ isBigEndian: Bool, _ target: UnsafeMutableBufferPointer<Double>
  ) -> Int {
    let size = MemoryLayout<Stored>.size
    var rounded = 0
    for index in target.indices {
      let raw = bytes.loadUnaligned(fromByteOffset: size * index, as: Stored.self)
      let value = isBigEndian ? raw.byteSwapped : raw
      target[index] = Double(value)
      if size == 8, value.magnitude > 1 << 53, Stored(exactly: target[index]) != value { rounded += 1 }
    }
    return rounded
  }
}
