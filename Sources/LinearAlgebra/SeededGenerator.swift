/// A pseudo-random generator with the same bits on every machine: xoshiro256**, its state filled by SplitMix64.
///
/// Deviates use only + − × ÷ and √, which IEEE 754 rounds correctly everywhere, so that a seed names the same matrix on
/// every processor. Not for cryptography.
///
/// Source: Blackman & Vigna, ACM Trans. Math. Softw. 47 (2021), 36; Steele, Lea & Flood, OOPSLA 2014.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// A generator whose whole sequence is decided by `seed`.
  package init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    let result = rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, by: 45)
    return result
  }

  /// A uniform deviate in the open interval (0, 1): one of the 2⁵² midpoints (i + ½)·2⁻⁵².
  package mutating func uniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// A uniform deviate between the ends of `range`.
  package mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A whole number in 0 ..< `limit`, which must be positive and below 2³²; the bias is below 2⁻³².
  package mutating func index(below limit: Int) -> Int {
    precondition(limit > 0 && limit < 1 << 32, "no number to draw")
    return Int(((next() >> 32) &* UInt64(limit)) >> 32)
  }

  /// A standard normal deviate, by inversion of the distribution function: one uniform deviate each.
  package mutating func gaussian() -> Double { normalQuantile(uniform()) }

  private func rotated(_ x: UInt64, by count: UInt64) -> UInt64 { x << count | x >> (64 - count) }
}

private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
