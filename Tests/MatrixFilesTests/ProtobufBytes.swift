@testable import MatrixFiles

/// Protobuf messages made by hand, field by field.
enum Protobuf {
  /// `value` in as many bytes of seven bits as it needs.
  static func varint(_ value: UInt64) -> [UInt8] {
    var (bytes, rest): ([UInt8], UInt64) = ([], value)
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  /// A number.
  static func field(_ number: Int, _ value: Int) -> [UInt8] {
    varint(UInt64(number << 3)) + varint(UInt64(bitPattern: Int64(value)))
  }

  /// Bytes: a string, a message, packed numbers. `claiming` is the length that is said instead of the true one.
  static func field(_ number: Int, _ bytes: [UInt8], claiming length: UInt64? = nil) -> [UInt8] {
    varint(UInt64(number << 3 | 2)) + varint(length ?? UInt64(bytes.count)) + bytes
  }

  /// Text.
  static func field(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

  /// Four bytes.
  static func field(_ number: Int, _ value: Float) -> [UInt8] {
    varint(UInt64(number << 3 | 5)) + HostileBytes.little(Int(value.bitPattern), 4)
  }

  /// Eight bytes.
  static func field(_ number: Int, _ value: Double) -> [UInt8] {
    varint(UInt64(number << 3 | 1)) + HostileBytes.little(Int(bitPattern: UInt(value.bitPattern)), 8)
  }
}

/// ONNX models made by hand: field numbers of onnx.proto.
enum Model {
  /// A model of one graph with `fields`.
  static func model(_ fields: [UInt8]...) -> [UInt8] {
    Protobuf.field(1, 8) + Protobuf.field(2, "test") + Protobuf.field(7, fields.flatMap { $0 })
  }

  /// An initializer.
  static func initializer(_ fields: [UInt8]...) -> [UInt8] { Protobuf.field(5, fields.flatMap { $0 }) }

  /// Name, type and axes of a tensor.
  static func tensor(_ name: String = "w", type: Int = 1, axes: Int...) -> [UInt8] {
    Protobuf.field(1, axes.flatMap { Protobuf.varint(UInt64(bitPattern: Int64($0))) }) + Protobuf.field(2, type)
      + Protobuf.field(8, name)
  }

  /// `raw_data` of f32.
  static func raw(_ values: Float...) -> [UInt8] {
    Protobuf.field(9, values.flatMap { HostileBytes.little(Int($0.bitPattern), 4) })
  }

  /// Data in another file.
  static func external(_ entries: (key: String, value: String)...) -> [UInt8] {
    Protobuf.field(14, 1)
      + entries.flatMap { Protobuf.field(13, Protobuf.field(1, $0.key) + Protobuf.field(2, $0.value)) }
  }

  /// A node with one attribute, whose `fields` come after its name.
  static func node(_ operation: String, output: String = "y", _ fields: [UInt8]...) -> [UInt8] {
    let attribute = Protobuf.field(1, "value") + fields.flatMap { $0 }
    return Protobuf.field(
      1, Protobuf.field(2, output) + Protobuf.field(4, operation) + Protobuf.field(5, attribute))
  }
}
