extension Array where Element == UInt8 {
  /// The little-endian 16-bit number at `offset`, which must be inside.
  func u16(_ offset: Int) -> Int { Int(self[offset]) | Int(self[offset + 1]) << 8 }

  /// The little-endian 32-bit number at `offset`, which must be inside.
  func u32(_ offset: Int) -> Int { u16(offset) | u16(offset + 2) << 16 }

  /// The little-endian 64-bit number at `offset`, which must be inside; nil if it does not fit an `Int`.
  func u64(_ offset: Int) -> Int? {
    let high = u32(offset + 4)
    return high < 1 << 31 ? u32(offset) | high << 32 : nil
  }

  /// The big-endian 32-bit number at `offset`, which must be inside.
  func bigEndianU32(_ offset: Int) -> Int { self[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }

  /// Appends `value` as `size` little-endian bytes.
  mutating func appendLittleEndian(_ value: Int, size: Int) {
    for byte in 0..<size { append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
  }
}

/// The product of non-negative counts, or nil when it overflows.
package func checkedProduct(_ factors: [Int]) -> Int? {
  // A zero anywhere makes the product zero, whatever the others are.
  if factors.contains(0) { return 0 }
  var product = 1
  for factor in factors {
    let (next, overflow) = product.multipliedReportingOverflow(by: factor)
    if overflow { return nil }
    product = next
  }
  return product
}
