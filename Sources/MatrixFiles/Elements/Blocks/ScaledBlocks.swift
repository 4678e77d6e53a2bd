/// 256 numbers of two bits in 16 groups, each with a scale and a minimum of four bits: (d·s)·q − (dmin·m).
struct Q2_KBlocks: BlockDecoder {
  let type = ElementType.q2_k

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let (d, dmin) = (block.half(80), block.half(82))
    for group in 0..<16 {
      let scale = d * Float(block.byte(group) & 15)
      let least = dmin * Float(block.byte(group) &>> 4)
      let (bytes, shift) = quarters(block + 16, group)
      let part = entries + 16 &* group
      for index in 0..<16 { part[index] = scale * Float((bytes.byte(index) &>> shift) & 3) - least }
    }
  }
}

/// 256 numbers of three bits in 16 groups with scales of six bits: (d·s)·q; the third bits stand apart, inverted.
struct Q3_KBlocks: BlockDecoder {
  let type = ElementType.q3_k

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let d = block.half(108)
    let packed = block + 96
    for group in 0..<16 {
      let low = group < 8 ? packed.byte(group) & 15 : packed.byte(group &- 8) &>> 4
      let high = (packed.byte(8 &+ (group & 3)) &>> Int32(truncatingIfNeeded: 2 &* (group / 4))) & 3
      let scale = d * Float((low | high &<< 4) &- 32)
      let (bytes, shift) = quarters(block + 32, group)
      let thirds = block + 16 &* (group & 1)
      let third = Int32(truncatingIfNeeded: group / 2)
      let part = entries + 16 &* group
      for index in 0..<16 {
        let top = (thirds.byte(index) &>> third & 1) &<< 2
        part[index] = scale * Float(((bytes.byte(index) &>> shift) & 3) &+ top &- 4)
      }
    }
  }
}

/// 256 numbers of four bits in 8 groups, each with a scale and a minimum of six bits: (d·s)·q − (dmin·m).
struct Q4_KBlocks: BlockDecoder {
  let type = ElementType.q4_k

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let (d, dmin) = (block.half(0), block.half(2))
    for group in 0..<8 {
      let (s, m) = sixBitPair(block + 4, group)
      let (scale, least) = (d * Float(s), dmin * Float(m))
      let bytes = block + (16 &+ 32 &* (group / 2))
      let shift = Int32(truncatingIfNeeded: 4 &* (group & 1))
      let part = entries + 32 &* group
      for index in 0..<32 { part[index] = scale * Float((bytes.byte(index) &>> shift) & 15) - least }
    }
  }
}

/// As ``Q4_KBlocks`` with a fifth bit, which stands apart.
struct Q5_KBlocks: BlockDecoder {
  let type = ElementType.q5_k

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let (d, dmin) = (block.half(0), block.half(2))
    let fifths = block + 16
    for group in 0..<8 {
      let (s, m) = sixBitPair(block + 4, group)
      let (scale, least) = (d * Float(s), dmin * Float(m))
      let bytes = block + (48 &+ 32 &* (group / 2))
      let shift = Int32(truncatingIfNeeded: 4 &* (group & 1))
      let fifth = Int32(truncatingIfNeeded: group)
      let part = entries + 32 &* group
      for index in 0..<32 {
        let top = (fifths.byte(index) &>> fifth & 1) &<< 4
        part[index] = scale * Float((bytes.byte(index) &>> shift) & 15 | top) - least
      }
    }
  }
}

/// 256 numbers of six bits in 16 groups with scales of eight bits: (d·s)·(q − 32).
struct Q6_KBlocks: BlockDecoder {
  let type = ElementType.q6_k

  @inline(__always)
  static func decode(block: UnsafePointer<UInt8>, into entries: UnsafeMutablePointer<Float>) {
    let d = block.half(208)
    for group in 0..<16 {
      let scale = d * Float(block.signed(192 &+ group))
      // Two groups share a stretch of 32 elements, four stretches a half of the block.
      let (half, stretch, start) = (group / 8, group / 2 & 3, 16 &* (group & 1))
      let lows = block + (64 &* half &+ 32 &* (stretch & 1) &+ start)
      let highs = block + (128 &+ 32 &* half &+ start)
      let lowShift = Int32(truncatingIfNeeded: 4 &* (stretch / 2))
      let highShift = Int32(truncatingIfNeeded: 2 &* stretch)
      let part = entries + 16 &* group
      for index in 0..<16 {
        let low = (lows.byte(index) &>> lowShift) & 15
        let high = ((highs.byte(index) &>> highShift) & 3) &<< 4
        part[index] = scale * Float((low | high) &- 32)
      }
    }
  }
}

/// Where the two-bit numbers of a group of 16 lie: 32 bytes hold four stretches of 32 elements, one in each pair of bits.
@inline(__always)
private func quarters(_ bytes: UnsafePointer<UInt8>, _ group: Int) -> (UnsafePointer<UInt8>, shift: Int32) {
  (bytes + (32 &* (group / 8) &+ 16 &* (group & 1)), Int32(truncatingIfNeeded: 2 &* (group / 2 & 3)))
}

/// The scale and the minimum of a group, six bits each: 8 pairs in 12 bytes.
@inline(__always)
private func sixBitPair(_ packed: UnsafePointer<UInt8>, _ group: Int) -> (scale: Int32, least: Int32) {
  if group < 4 { return (packed.byte(group) & 63, packed.byte(group &+ 4) & 63) }
  let low = packed.byte(group &+ 4)
  return (
    low & 15 | (packed.byte(group &- 4) &>> 6) &<< 4,
    low &>> 4 | (packed.byte(group) &>> 6) &<< 4
  )
}
