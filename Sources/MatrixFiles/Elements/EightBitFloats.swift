/// Floats of eight bits, by a table of their 256 values.
///
/// Source: Open Compute Project, OFP8 1.0 (2023) for e4m3 and e5m2; Noune et al., arXiv:2206.02915 for "fnuz"; OCP
/// Microscaling Formats 1.0 (2023) for e8m0.
struct EightBitFloatDecoder: ElementDecoder {
  let type: ElementType
  /// The value of every byte.
  private let values: [Float]

  /// Both signs, four bits of exponent, bias 7; no infinity, NaN where all other bits are set: up to 448.
  static let e4m3 = EightBitFloatDecoder(.f8_e4m3) { bits in
    bits & 0x7F == 0x7F ? .nan : value(bits, mantissaBits: 3, bias: 7)
  }
  /// Both signs, five bits of exponent, bias 15; infinities and NaN as in IEEE 754: up to 57,344.
  static let e5m2 = EightBitFloatDecoder(.f8_e5m2) { bits in
    switch bits & 0x7F {
    case 0x7C: bits < 0x80 ? .infinity : -.infinity
    case 0x7D...0x7F: .nan
    default: value(bits, mantissaBits: 2, bias: 15)
    }
  }
  /// e4m3 with bias 8, neither infinity nor −0, whose bits are the only NaN: up to 240.
  static let e4m3fnuz = EightBitFloatDecoder(.f8_e4m3fnuz) { bits in
    bits == 0x80 ? .nan : value(bits, mantissaBits: 3, bias: 8)
  }
  /// e5m2 with bias 16, neither infinity nor −0, whose bits are the only NaN: up to 57,344.
  static let e5m2fnuz = EightBitFloatDecoder(.f8_e5m2fnuz) { bits in
    bits == 0x80 ? .nan : value(bits, mantissaBits: 2, bias: 16)
  }
  /// Powers of two from 2⁻¹²⁷ to 2¹²⁷, for scales; 255 is NaN.
  static let e8m0 = EightBitFloatDecoder(.f8_e8m0) { bits in
    bits == 0xFF ? .nan : bits == 0 ? 0x1p-127 : Float(bitPattern: UInt32(bits) << 23)
  }

  private init(_ type: ElementType, value: (UInt8) -> Float) {
    self.type = type
    values = (0...255).map { value(UInt8($0)) }
  }

  /// The value of sign, exponent and mantissa, in which an exponent of zero means a subnormal.
  private static func value(_ bits: UInt8, mantissaBits: Int, bias: Int) -> Float {
    let magnitude = Int(bits & 0x7F)
    let exponent = magnitude >> mantissaBits
    let fraction = magnitude & (1 << mantissaBits - 1)
    let significand = exponent == 0 ? fraction : fraction | 1 << mantissaBits
    let absolute = Float(sign: .plus, exponent: max(exponent, 1) - bias - mantissaBits, significand: Float(significand))
    return bits < 0x80 ? absolute : -absolute
  }

  func decode(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>) {
    values.withUnsafeBufferPointer { values in
      for index in target.indices { target[index] = values[Int(bytes[index])] }
    }
  }
}
