/// 32 numbers of four bits: d·(q − 8). The low halves of the bytes come first, then the high halves.
struct Q4_0Blocks: BlockDecoder {
  let type = ElementType.q4_0

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let scale = block.half(0)
    for index in 0..<16 {
      let pair = block.byte(2 &+ index)
      entries[index] = scale * Float((pair & 15) &- 8)
      entries[16 &+ index] = scale * Float((pair &>> 4) &- 8)
    }
  }
}

/// 32 numbers of four bits above a minimum: d·q + m.
struct Q4_1Blocks: BlockDecoder {
  let type = ElementType.q4_1

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let scale = block.half(0)
    let least = block.half(2)
    for index in 0..<16 {
      let pair = block.byte(4 &+ index)
      entries[index] = scale * Float(pair & 15) + least
      entries[16 &+ index] = scale * Float(pair &>> 4) + least
    }
  }
}

/// 32 numbers of five bits: d·(q − 16); the fifth bits stand in a 32-bit word.
struct Q5_0Blocks: BlockDecoder {
  let type = ElementType.q5_0

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let scale = block.half(0)
    let fifths = block.longWord(2)
    for index in 0..<16 {
      let pair = block.byte(6 &+ index)
      let (low, high) = fifthBits(fifths, index)
      entries[index] = scale * Float((pair & 15 | low) &- 16)
      entries[16 &+ index] = scale * Float((pair &>> 4 | high) &- 16)
    }
  }
}

/// 32 numbers of five bits above a minimum: d·q + m.
struct Q5_1Blocks: BlockDecoder {
  let type = ElementType.q5_1

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let scale = block.half(0)
    let least = block.half(2)
    let fifths = block.longWord(4)
    for index in 0..<16 {
      let pair = block.byte(8 &+ index)
      let (low, high) = fifthBits(fifths, index)
      entries[index] = scale * Float(pair & 15 | low) + least
      entries[16 &+ index] = scale * Float(pair &>> 4 | high) + least
    }
  }
}

/// 32 numbers of eight bits: d·q.
struct Q8_0Blocks: BlockDecoder {
  let type = ElementType.q8_0

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let scale = block.half(0)
    for index in 0..<32 { entries[index] = scale * Float(block.signed(2 &+ index)) }
  }
}

/// The fifth bits, in their place, of elements `index` and `index` + 16.
@inline(__always)
private func fifthBits(_ word: UInt32, _ index: Int) -> (low: Int32, high: Int32) {
  let shifted = word &>> UInt32(truncatingIfNeeded: index)
  return (Int32(truncatingIfNeeded: (shifted & 1) &<< 4), Int32(truncatingIfNeeded: (shifted &>> 12) & 16))
}
