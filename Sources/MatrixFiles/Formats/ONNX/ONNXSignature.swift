/// How the first bytes of a model look.
///
/// Field numbers of ModelProto: ir_version 1, producer_name 2, producer_version 3, domain 4, model_version 5, doc_string 6,
/// graph 7; writers put them in this order.
enum ONNXSignature {
  /// Whether `prefix` begins with a small version, strings that are text, and a graph whose first field is one of a graph's;
  /// or has the version and strings that fill it.
  static func matches(_ prefix: [UInt8]) -> Bool {
    // 08: field 1, a number. No text begins with this byte, and no other format that is read.
    guard prefix.count > 4, prefix[0] == 0x08, (1...99).contains(prefix[1]) else { return false }
    var position = 2
    var last: UInt8 = 1
    while position < prefix.count {
      let key = prefix[position]
      let number = key >> 3
      guard number >= last, number <= 8, key & 7 == (number == 5 ? 0 : 2) else { return false }
      last = number
      position += 1
      guard let value = varint(prefix, &position) else { return false }
      switch number {
      case 5: continue
      case 7: return value > 0 && (position >= prefix.count || isGraphField(prefix[position]))
      case 8: return false
      default:
        guard value < UInt64(1 << 31) else { return false }
        let end = min(prefix.count, position + Int(value))
        guard !prefix[position..<end].contains(where: { $0 < 0x09 }) else { return false }
        // A description longer than what is looked at.
        if position + Int(value) >= prefix.count { return prefix.count == 4096 }
        position = end
      }
    }
    return false
  }

  /// Whether `key` is that of a field of GraphProto: node 1, name 2, initializer 5, doc_string 10, input 11, output 12,
  /// value_info 13, quantization_annotation 14, sparse_initializer 15.
  private static func isGraphField(_ key: UInt8) -> Bool {
    key & 7 == 2 && [1, 2, 5, 10, 11, 12, 13, 14, 15].contains(key >> 3)
  }

  private static func varint(_ bytes: [UInt8], _ position: inout Int) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
