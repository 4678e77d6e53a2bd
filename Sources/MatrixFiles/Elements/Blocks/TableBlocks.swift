/// 32 numbers of four bits that choose from a table of unequal steps: d·T[q].
struct IQ4_NLBlocks: ElementDecoder {
  let type = ElementType.iq4_nl

  func decode(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>) {
    FourBitTable.unequalSteps.decode(bytes, of: type, into: target) { block, table, entries in
      table.choose(block + 2, scale: block.half(0), into: entries)
    }
  }
}

/// 256 numbers as ``IQ4_NLBlocks`` has them, in 8 groups with scales of six bits: (d·(s − 32))·T[q].
struct IQ4_XSBlocks: ElementDecoder {
  let type = ElementType.iq4_xs

  func decode(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>) {
    FourBitTable.unequalSteps.decode(bytes, of: type, into: target) { block, table, entries in
      let d = block.half(0)
      let highs = Int32(block.word(2))
      for group in 0..<8 {
        let low = (block.byte(4 &+ group / 2) &>> Int32(truncatingIfNeeded: 4 &* (group & 1))) & 15
        let high = (highs &>> Int32(truncatingIfNeeded: 2 &* group)) & 3
        table.choose(
          block + (8 &+ 16 &* group), scale: d * Float((low | high &<< 4) &- 32), into: entries + 32 &* group)
      }
    }
  }
}

/// 32 floats of four bits that share an exponent of eight: Open Compute Project, Microscaling Formats (2023).
struct MXFP4Blocks: ElementDecoder {
  let type = ElementType.mxfp4

  func decode(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>) {
    FourBitTable.doubledFloats.decode(bytes, of: type, into: target) { block, table, entries in
      table.choose(block + 1, scale: Self.halfPower(block[0]), into: entries)
    }
  }

  /// 2^(exponent − 128), which is subnormal for 0 and 1: half the shared scale, because the table holds doubled values.
  @inline(__always)
  private static func halfPower(_ exponent: UInt8) -> Float {
    exponent < 2
      ? Float(bitPattern: 0x20_0000 &<< UInt32(exponent)) : Float(bitPattern: (UInt32(exponent) &- 1) &<< 23)
  }
}

/// What four bits stand for.
struct FourBitTable: Sendable {
  private let values: [Float]

  /// The steps of IQ4: closer together near zero.
  static let unequalSteps = FourBitTable(
    values: [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113])
  /// e2m1, doubled: sign, two bits of exponent, one of mantissa.
  static let doubledFloats = FourBitTable(values: [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12])

  /// Decodes block after block.
  @inline(__always)
  func decode(
    _ bytes: UnsafeRawBufferPointer, of type: ElementType, into target: UnsafeMutableBufferPointer<Float>,
    _ decodeBlock: (UnsafePointer<UInt8>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let (elements, size) = type.block
    guard var entries = target.baseAddress, let base = bytes.baseAddress else { return }
    var block = base.assumingMemoryBound(to: UInt8.self)
    values.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return }
      for _ in 0..<min(bytes.count / size, target.count / elements) {
        decodeBlock(block, table, entries)
        block += size
        entries += elements
      }
    }
  }
}

extension UnsafePointer<Float> {
  /// The 32 entries that 16 bytes choose from this table of 16: low halves first, then high halves.
  @inline(__always)
  fileprivate func choose(
    _ bytes: UnsafePointer<UInt8>, scale: Float, into entries: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<16 {
      let pair = Int(bytes[index])
      entries[index] = scale * self[pair & 15]
      entries[16 &+ index] = scale * self[pair &>> 4]
    }
  }
}
