import CKernels

/// The range and Σ a² of entries, in eight lanes: entry i counts in lane i mod 8.
package struct EntryLanes {
  let lows: SIMD8<Double>
  let highs: SIMD8<Double>
  let sums: SIMD8<Double>

  /// What `add` adds to empty lanes.
  fileprivate init(_ add: (UnsafeMutablePointer<lowrank_lanes>) -> Void) {
    var lanes = lowrank_lanes()
    withUnsafeMutableBytes(of: &lanes.lowest) { $0.bindMemory(to: Double.self).update(repeating: .infinity) }
    withUnsafeMutableBytes(of: &lanes.highest) { $0.bindMemory(to: Double.self).update(repeating: -.infinity) }
    add(&lanes)
    func vector(_ bytes: UnsafeRawBufferPointer) -> SIMD8<Double> { SIMD8(bytes.bindMemory(to: Double.self)) }
    lows = withUnsafeBytes(of: &lanes.lowest, vector)
    highs = withUnsafeBytes(of: &lanes.highest, vector)
    sums = withUnsafeBytes(of: &lanes.sum_of_squares, vector)
  }
}

extension Float {
  package static func lanes(of entries: UnsafeBufferPointer<Float>) -> EntryLanes {
    EntryLanes { lowrank_add_floats(entries.baseAddress, entries.count, $0) }
  }

  package static func widen(
    _ entries: UnsafeBufferPointer<Float>, scale: Double, into target: UnsafeMutablePointer<Double>
  ) {
    lowrank_widen_floats(entries.baseAddress, entries.count, scale, target)
  }
}

extension Double {
  package static func lanes(of entries: UnsafeBufferPointer<Double>) -> EntryLanes {
    EntryLanes { lowrank_add_doubles(entries.baseAddress, entries.count, $0) }
  }

  package static func widen(
    _ entries: UnsafeBufferPointer<Double>, scale: Double, into target: UnsafeMutablePointer<Double>
  ) {
    for index in entries.indices { target[index] = entries[index] * scale }
  }
}
