import LinearAlgebra

/// What a field of a protobuf message holds.
enum ProtobufValue: Hashable, Sendable {
  /// Wire type 0.
  case varint(UInt64)
  /// Wire types 1 and 5: where their 8 or 4 bytes lie in the file.
  case fixed64(at: Int), fixed32(at: Int)
  /// Wire type 2, a string, a message or packed numbers: where its bytes lie in the file.
  case bytes(Range<Int>)
}

/// The fields of one protobuf message, in their order, read as they are asked for: long strings of bytes are passed over.
///
/// Source: https://protobuf.dev/programming-guides/encoding. Groups, which ONNX has none of, are refused.
struct ProtobufMessage {
  private let window: ByteWindow
  private let end: Int
  /// Where the next field begins.
  private var position: Int

  /// The message in `range` of the file, which must lie inside.
  init(_ window: ByteWindow, _ range: Range<Int>) {
    self.window = window
    (position, end) = (range.lowerBound, range.upperBound)
  }

  /// The next field: its number and what it holds; nil at the end.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when the bytes are no field, or it is longer than its message.
  mutating func next() throws(FileError) -> (number: Int, value: ProtobufValue)? {
    guard position < end else { return nil }
    let start = position
    let key = try varint()
    let number = Int(key >> 3)
    guard (1..<1 << 29).contains(number) else { throw window.damage("a field without a number", at: start) }
    switch key & 7 {
    case 0: return (number, .varint(try varint()))
    case 1: return (number, .fixed64(at: try pass(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(end - position) else {
        throw window.damage("a field of \(length) bytes where \(end - position) are left", at: start)
      }
      let from = try pass(Int(length))
      return (number, .bytes(from..<from + Int(length)))
    case 5: return (number, .fixed32(at: try pass(4)))
    case 3, 4: throw window.damage("a group, which ONNX has none of", at: start)
    default: throw window.damage("a field of the unknown wire type \(key & 7)", at: start)
    }
  }

  /// The next of the numbers that are packed here; nil at the end.
  mutating func nextVarint() throws(FileError) -> UInt64? { position < end ? try varint() : nil }

  private mutating func varint() throws(FileError) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      guard position < end else { throw window.damage("a number cut short", at: start) }
      let byte = try window.byte(at: position)
      position += 1
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw window.damage("a number of more than ten bytes", at: start)
  }

  private mutating func pass(_ count: Int) throws(FileError) -> Int {
    guard count <= end - position else { throw window.damage("a number cut short", at: position) }
    defer { position += count }
    return position
  }
}
