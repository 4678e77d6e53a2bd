/// The same numbers in every run.
struct Noise {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// 1 … `limit`.
  mutating func next(through limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit + 1
  }

  /// Bytes.
  func bytes(count: Int) -> [UInt8] {
    var copy = self
    return (0..<count).map { _ in UInt8(copy.next(through: 256) - 1) }
  }
}
