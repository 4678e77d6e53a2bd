/// A value of a GGUF header.
struct GGUFValue: Hashable, Sendable {
  /// For people: a scalar as it is, a string of up to 200 bytes, "array of 151936".
  let text: String
  /// What it is when it is a whole number of 64 bits.
  let integer: Int?
  /// Its type, as the header numbers them.
  let kind: Kind

  /// The types of values: https://github.com/ggml-org/ggml, docs/gguf.md.
  enum Kind: Int, Sendable {
    case u8, i8, u16, i16, u32, i32, f32, bool, string, array, u64, i64, f64

    /// Its bytes; nil where they vary.
    var size: Int? {
      switch self {
      case .u8, .i8, .bool: 1
      case .u16, .i16: 2
      case .u32, .i32, .f32: 4
      case .u64, .i64, .f64: 8
      case .string, .array: nil
      }
    }
  }

  /// The longest string that is kept, in bytes.
  private static let textLimit = 200
  /// The most items of an array, as the reference reader has it.
  private static let arrayLimit = 1 << 30

  /// Reads the type and the value of `key`.
  init(from cursor: inout GGUFCursor, key: String) throws(FileError) {
    kind = try Self.kind(from: &cursor, of: key)
    switch kind {
    case .string:
      let (string, length) = try cursor.string(of: "“\(printable(key))”", limit: Self.textLimit)
      (text, integer) = (string ?? "text of \(length) bytes", nil)
    case .array:
      (text, integer) = ("array of \(try Self.skipArray(from: &cursor, key: key))", nil)
    default:
      (text, integer) = Self.scalar(try cursor.bits(kind.size ?? 0), kind)
    }
  }

  private static func kind(from cursor: inout GGUFCursor, of key: String) throws(FileError) -> Kind {
    let number = try cursor.word()
    guard let kind = Kind(rawValue: number) else {
      throw cursor.damaged("the value of “\(printable(key))” has type \(number), which does not exist")
    }
    return kind
  }

  /// Passes over an array; returns how many items it has.
  private static func skipArray(from cursor: inout GGUFCursor, key: String) throws(FileError) -> Int {
    let kind = try kind(from: &cursor, of: key)
    guard kind != .array else {
      throw cursor.damaged("“\(printable(key))” is an array of arrays, which no reader takes")
    }
    let count = try cursor.count(of: "items of “\(printable(key))”", size: kind.size ?? 8)
    guard count <= arrayLimit else { throw cursor.damaged("“\(printable(key))” has \(count) items, more than 2³⁰") }
    if let size = kind.size { try cursor.skip(count * size) } else { try cursor.skipStrings(count) }
    return count
  }

  private static func scalar(_ bits: UInt64, _ kind: Kind) -> (text: String, integer: Int?) {
    func whole<Number: FixedWidthInteger>(_ number: Number) -> (String, Int?) { ("\(number)", Int(exactly: number)) }
    return switch kind {
    case .i8: whole(Int8(truncatingIfNeeded: bits))
    case .i16: whole(Int16(truncatingIfNeeded: bits))
    case .i32: whole(Int32(truncatingIfNeeded: bits))
    case .i64: whole(Int64(truncatingIfNeeded: bits))
    case .f32: ("\(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))", nil)
    case .f64: ("\(Double(bitPattern: bits))", nil)
    case .bool: (bits == 0 ? "false" : "true", nil)
    default: whole(bits)
    }
  }
}
